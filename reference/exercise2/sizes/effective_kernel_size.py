"""effective_kernel_size."""

from autograder.author import case, cases, check, mistakes, reference


@reference(points=2)
def effective_kernel_size(kernel_size, dilation=1):
    """Draw a kernel of three values with one gap between two neighbours. From the first to the last value, how many
    squares of your drawing does it cover?

    k values have k − 1 steps from one to the next, and each step is as long as the dilation. The first value itself
    counts as well.

    In the documentation: torch.nn.Conv2d, Shape, where dilation · (kernel_size − 1) stands in the formula.
    """
    return dilation * (kernel_size - 1) + 1


@check(effective_kernel_size, points=0.5)
def kernel_without_gaps(draw):
    """Without dilation the kernel spans as many values as it has"""
    yield from cases(effective_kernel_size, (3, 3), (1, 1), ((4, 1), 4))
    yield case(draw.integer(5, 12))


@check(effective_kernel_size, points=1)
def kernel_with_gaps(draw):
    """Dilation widens the gaps between the values of the kernel"""
    yield from cases(effective_kernel_size, ((3, 2), 5), ((5, 3), 13), ((2, 4), 5), ((4, 2), 7))
    yield case(draw.integer(3, 8), dilation=draw.integer(2, 5))


@check(effective_kernel_size, points=0.5)
def kernel_of_one(draw):
    """One value has no gap to widen, two values have one gap"""
    yield from cases(effective_kernel_size, ((1, 2), 1), ((1, 3), 1))
    yield from cases(effective_kernel_size, ((2, 2), 3))


wrong = mistakes(
    effective_kernel_size,
    """
    gaps_left_out: Dilation leaves gaps between the kernel's values, and these gaps belong to what the kernel spans.
        dilation * (kernel_size - 1) + 1 -> kernel_size
    size_times_dilation: A kernel of k values has k − 1 steps from one value to the next, and only these steps grow with
        the dilation.
        dilation * (kernel_size - 1) + 1 -> dilation * kernel_size
    first_value_forgotten: The steps lead from the first value to the last one. The first value counts as well.
        dilation * (kernel_size - 1) + 1 -> dilation * (kernel_size - 1)
    dilation_as_gap: Dilation 1 is a kernel without gaps: the dilation is the step from one value to the next, not the
        number of values between them.
        dilation * (kernel_size - 1) + 1 -> (dilation + 1) * (kernel_size - 1) + 1
    dilation_added_once: Every step of the kernel is as long as the dilation, not only one of them.
        dilation * (kernel_size - 1) + 1 -> kernel_size + dilation - 1
    """,
)
