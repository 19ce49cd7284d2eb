"""kept_by_pooling."""

from autograder.author import case, cases, check, mistakes, reference


@reference(points=1.5)
def kept_by_pooling(kernel_size, stride):
    """How many windows begin in a square of 12 × 12 values, with stride 2? Each of them leaves one value.

    A window begins at every stride-th row and at every stride-th column. How large the windows are does not matter for
    their number.

    In the chapter: pooling 2 × 2. It is said to halve the number of pixels there, but it halves both sides.
    """
    return 1 / stride**2


@check(kept_by_pooling, points=0.5)
def windows_side_by_side(draw):
    """A pooling 2 × 2 with stride 2 leaves a quarter, 3 × 3 a ninth"""
    yield from cases(kept_by_pooling, ((2, 2), 1 / 4), ((4, 4), 1 / 16), ((3, 3), 1 / 9))
    size = draw.integer(5, 10)
    yield case(size, size)


@check(kept_by_pooling, points=0.5)
def stride_decides(draw):
    """The stride decides, not the size of the windows"""
    yield from cases(kept_by_pooling, ((3, 2), 1 / 4), ((2, 3), 1 / 9), ((5, 4), 1 / 16))
    yield case(draw.integer(5, 9), draw.integer(2, 4))


@check(kept_by_pooling, points=0.5)
def stride_one_keeps_all(draw):
    """With stride 1 all values are left, with stride 2 a quarter"""
    yield from cases(kept_by_pooling, ((3, 1), 1.0), ((2, 1), 1.0), ((2, 2), 0.25))


wrong = mistakes(
    kept_by_pooling,
    """
    half_is_left: A stride of 2 halves both sides, so a quarter of the values is left. The lecture notes say a half.
        1 / stride**2 -> 1 / stride
    kernel_decides: The windows' size says what is compared; how many windows there are depends on the stride.
        1 / stride**2 -> 1 / kernel_size**2
    kernel_side_decides: The number of windows depends on the stride, along both axes.
        1 / stride**2 -> 1 / kernel_size
    kernel_times_stride: The size of the windows does not count: the stride says how far apart they are, along both
        axes.
        1 / stride**2 -> 1 / (kernel_size * stride)
    lost_share: This is the share that is lost; the share that is left is asked for.
        1 / stride**2 -> 1 - 1 / stride**2
    factor_for_share: The values become fewer: the share that is left is at most 1.
        1 / stride**2 -> stride**2
    percent_for_share: A share is a number from 0 to 1, not a percentage.
        1 / stride**2 -> 100 / stride**2
    stride_over_kernel: How far windows overlap is another question; their number depends on the stride alone.
        1 / stride**2 -> (stride / kernel_size) ** 2
    whole_division: // rounds down to a whole number, and a share of a quarter becomes 0: / keeps it.
        1 / stride**2 -> 1 // stride**2
    """,
)
