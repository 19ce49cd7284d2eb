"""window_positions."""

from autograder.author import alternative, case, cases, check, misconception, mistakes, reference

from ..sizes.pool_output_size import pool_output_size


@reference(points=2)
def window_positions(size, kernel_size, stride=1, padding=0):
    """Draw six squares and a window of three. At which squares does the window begin, for stride 1 and for stride 2?

    The first window begins as far before the image as the padding is wide. Go on by the stride, as long as the window
    ends inside of the padded image.

    In the chapter: the sliding window. In the documentation: Python's range, which stops before its end.
    """
    last = size + padding - kernel_size
    return list(range(-padding, last + 1, stride))


@alternative(window_positions)
def counted_windows(size, kernel_size, stride=1, padding=0):
    """Students ask their pool_output_size for the number of windows."""
    count = pool_output_size(size, kernel_size, stride, padding)
    return [index * stride - padding for index in range(count)]


@check(window_positions, points=0.5, picture="windows")
def next_to_each_other(draw):
    """With stride 1 a window begins at every value where it fits"""
    yield from cases(
        window_positions, ((6, 3), [0, 1, 2, 3]), ((5, 1), [0, 1, 2, 3, 4]), ((5, 4), [0, 1]), ((4, 4), [0])
    )
    yield case(draw.integer(7, 12), draw.integer(2, 5))


@check(window_positions, points=0.75, picture="windows")
def one_stride_apart(draw):
    """Windows begin one stride apart; one that does not fit is left out"""
    rows = ((6, 3, 2), [0, 2]), ((8, 3, 2), [0, 2, 4]), ((11, 2, 4), [0, 4, 8]), ((10, 3, 3), [0, 3, 6])
    yield from cases(window_positions, *rows, ((9, 4, 3), [0, 3]), ((9, 1, 3), [0, 3, 6]))
    kernel_size, stride = draw.integer(2, 5), draw.integer(2, 4)
    yield case(kernel_size + 3 * stride + draw.integer(1, stride - 1), kernel_size, stride=stride)  # with a remainder


@check(window_positions, points=0.75, picture="windows")
def before_the_image(draw):
    """With padding the first window begins that far before the image"""
    yield from cases(
        window_positions, ((6, 3, 2, 1), [-1, 1, 3]), ((4, 3, 1, 1), [-1, 0, 1, 2]), ((3, 3, 1, 2), [-2, -1, 0, 1, 2])
    )
    yield from cases(window_positions, ((7, 3, 2, 1), [-1, 1, 3, 5]), ((5, 4, 3, 2), [-2, 1]), ((2, 5, 1, 2), [-2, -1]))
    yield case(draw.integer(8, 12), 4, stride=draw.integer(1, 3), padding=draw.integer(1, 3))


wrong = mistakes(
    window_positions,
    """
    last_window_missing: range stops before its end, so the last position at which the window fits needs an end one
        further.
        last + 1 -> last
    beyond_the_end: A window has to end inside of the padded image, not only to begin there.
        last + 1 -> size + padding
    windows_numbered: These are the numbers of the windows; window i begins at i · stride.
        list(range(-padding, last + 1, stride)) -> [index - padding for index in range((last + padding) // stride + 1)]
    stride_not_used: With stride s a window begins at every s-th position only.
        range(-padding, last + 1, stride) -> range(-padding, last + 1)
    counted_in_the_padded_image: Indexes count from the first value of the image; a window that begins in the padding
        has a negative one.
        range(-padding, last + 1, stride) -> range(0, last + padding + 1, stride)
    padding_at_the_start_only: Padding lies behind the image as well, so windows go on until the padded end.
        size + padding - kernel_size -> size - kernel_size
    padding_at_the_end_only: Padding lies before the image as well, so the first window begins there.
        range(-padding, last + 1, stride) -> range(0, last + 1, stride)
    positions_without_padding: With padding, windows begin before the image and end behind it.
        size + padding - kernel_size -> size - kernel_size
        range(-padding, last + 1, stride) -> range(0, last + 1, stride)
    padding_two_times: The padding lies once at each end; the position counts from the image, so it is added once.
        size + padding - kernel_size -> size + 2 * padding - kernel_size
    middle_of_each_window: The index of a window's first value is asked for, not that of its middle.
        range(-padding, last + 1, stride) -> middles(kernel_size, range(-padding, last + 1, stride))
    windows_side_by_side_always: The stride says how far apart windows begin; with a stride below their size they
        overlap.
        range(-padding, last + 1, stride) -> range(-padding, last + 1, kernel_size)
    """,
)


def middles(kernel_size, positions):
    """The middle of each window."""
    return [position + kernel_size // 2 for position in positions]


@misconception(window_positions)
def number_of_windows(size, kernel_size, stride=1, padding=0):
    """This is the number of windows; the list of their first indexes is asked for."""
    return (size + 2 * padding - kernel_size) // stride + 1
