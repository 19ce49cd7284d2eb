"""same_padding."""

from autograder.author import alternative, case, cases, check, mistakes, reference

from .effective_kernel_size import effective_kernel_size
from .full_padding import full_padding


@reference(points=2)
def same_padding(kernel_size, dilation=1):
    """How many values does a convolution without padding cost? Where must they come from?

    A kernel that spans K values costs K − 1 of them. The padding is the same at both ends, so each end gives half. Ask
    whether that half is a whole number; it depends on the kernel and on the dilation.

    In the chapter: padding = kernel_size // 2. It is said to keep the size in general, but it does so only for an odd
    kernel with stride 1 and dilation 1.
    """
    missing = effective_kernel_size(kernel_size, dilation) - 1
    if missing % 2:
        raise ValueError(f"{missing} zeros cannot be split into two equal halves")
    return missing // 2


@alternative(same_padding)
def half_of_full_padding(kernel_size, dilation=1):
    """Students see that it is half of the full padding."""
    if full_padding(kernel_size, dilation) % 2:
        raise ValueError
    return full_padding(kernel_size, dilation) // 2


@check(same_padding, points=0.75)
def odd_kernels(draw):
    """An odd kernel needs (kernel − 1) / 2 zeros at each end"""
    yield from cases(same_padding, (3, 1), (5, 2), (7, 3), (1, 0))
    yield case(2 * draw.integer(4, 9) + 1)


@check(same_padding, points=0.75)
def dilated_kernels(draw):
    """A dilated kernel needs half of dilation · (kernel − 1)"""
    yield from cases(same_padding, ((3, 2), 2), ((3, 3), 3), ((5, 2), 4), ((2, 2), 1), ((4, 2), 3), ((2, 4), 2))
    yield case(3, dilation=draw.integer(4, 9))


@check(same_padding, points=0.5)
def no_equal_halves(draw):
    """Where no padding keeps the size, it raises ValueError"""
    yield from (case(2), case(4), case(2, 3), case(4, dilation=5))
    yield case(2 * draw.integer(3, 6), 2 * draw.integer(0, 3) + 1)


wrong = mistakes(
    same_padding,
    """
    half_the_kernel: kernel // 2 keeps the size only for odd kernels without dilation. The lecture notes say it in
        general, but an even kernel gives one value more, and a dilated kernel spans more values.
        effective_kernel_size(kernel_size, dilation) - 1 -> kernel_size
        missing % 2 -> False
    half_the_span: The span of a dilated kernel is odd or even as well. Half of it, rounded down, keeps the size only
        where it is odd; elsewhere a ValueError says that there is no such padding.
        effective_kernel_size(kernel_size, dilation) - 1 -> effective_kernel_size(kernel_size, dilation)
        missing % 2 -> False
    same_without_dilation: A dilated kernel spans dilation · (kernel − 1) + 1 values, so it needs more zeros.
        effective_kernel_size(kernel_size, dilation) - 1 -> kernel_size - 1
    even_kernels_refused: An even kernel with an even dilation spans an odd number of values, so a whole padding keeps
        the size.
        missing % 2 -> kernel_size % 2 == 0
    odd_halves_rounded_down: Where the missing values are an odd number, no two equal paddings make up for them, so
        there is nothing to round: a ValueError says so.
        missing % 2 -> False
    half_as_float: A padding is an int, since nn.Conv2d accepts nothing else: // divides to an int.
        missing // 2 -> missing / 2
    odd_halves_are_a_float: Half a zero cannot be added. Where the half is no whole number, a ValueError says so; else
        the padding is an int.
        missing % 2 -> False
        missing // 2 -> missing / 2
    both_ends_together: The padding is what each end gets, so it is half of the missing values.
        missing // 2 -> missing
    """,
)
