"""full_padding."""

from autograder.author import alternative, case, cases, check, misconception, mistakes, reference

from .effective_kernel_size import effective_kernel_size


@reference(points=2)
def full_padding(kernel_size, dilation=1):
    """The first window ends on the first value of the input. How many of its values lie before the input?

    All of them but one: the span of the kernel, less the last value.

    In the chapter: the three kinds of padding. In the documentation: scipy.signal.convolve2d, mode "full".
    """
    return effective_kernel_size(kernel_size, dilation) - 1


@alternative(full_padding)
def full_by_formula(kernel_size, dilation=1):
    """Students write the formula again."""
    return dilation * (kernel_size - 1)


@check(full_padding, points=1)
def full_without_dilation(draw):
    """All values of the first window but one lie in the padding"""
    yield from cases(full_padding, (3, 2), (4, 3), (2, 1), (1, 0))
    yield case(draw.integer(5, 12))


@check(full_padding, points=1)
def full_with_dilation(draw):
    """A dilated kernel needs dilation · (kernel − 1) zeros"""
    yield from cases(full_padding, ((3, 2), 4), ((5, 3), 12), ((2, 4), 4), ((1, 3), 0))
    yield case(draw.integer(4, 8), dilation=draw.integer(2, 5))


wrong = mistakes(
    full_padding,
    """
    same_for_full: This padding keeps the size. Full padding goes on until only one value of the window meets the input.
        effective_kernel_size(kernel_size, dilation) - 1 -> (effective_kernel_size(kernel_size, dilation) - 1) // 2
    whole_kernel: With as many zeros as the kernel spans, the first window would not meet the input at all.
        effective_kernel_size(kernel_size, dilation) - 1 -> effective_kernel_size(kernel_size, dilation)
    full_without_gaps: A dilated kernel spans dilation · (kernel − 1) + 1 values, so more zeros lie before the input.
        effective_kernel_size(kernel_size, dilation) - 1 -> kernel_size - 1
    both_ends_counted: The padding is what each end gets; both ends together are twice as much.
        effective_kernel_size(kernel_size, dilation) - 1 -> 2 * (effective_kernel_size(kernel_size, dilation) - 1)
    """,
)


@misconception(full_padding)
def dilated_size_less_one(kernel_size, dilation=1):
    """A kernel of k values has k − 1 steps as long as the dilation: subtract 1 from k first, then multiply."""
    return dilation * kernel_size - 1
