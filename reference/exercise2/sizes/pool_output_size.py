"""pool_output_size."""

from autograder.author import case, cases, check, mistakes, reference


@reference(points=2)
def pool_output_size(input_size, kernel_size, stride=None, padding=0):
    """How many windows of 2 lie side by side in a row of 7? And how many if each begins one value after the other?

    A pooling slides like a convolution, so it has the same formula. Only the default of the stride is another one: the
    size of the window.

    In the documentation: torch.nn.MaxPool2d, Shape.
    """
    step = kernel_size if stride is None else stride
    return (input_size + 2 * padding - kernel_size) // step + 1


@check(pool_output_size, points=0.5)
def pooled_side_by_side(draw):
    """Without a stride the windows lie side by side"""
    yield from cases(pool_output_size, ((28, 2), 14), ((27, 3), 9), ((28, 4), 7), ((5, 5), 1), ((6, 1), 6), ((7, 2), 3))
    yield case(3 * draw.integer(3, 9), 3)


@check(pool_output_size, points=0.5)
def pooled_without_a_remainder(draw):
    """A window that does not fit is left out"""
    yield from cases(
        pool_output_size, ((7, 2, 2), 3), ((11, 4, 4), 2), ((11, 3, 3), 3), ((10, 2, 3), 3), ((9, 3, 4), 2)
    )
    yield case(2 * draw.integer(5, 20) + 1, 2, 2)


@check(pool_output_size, points=0.5)
def pooled_with_a_stride(draw):
    """A stride that is given decides"""
    yield from cases(pool_output_size, ((7, 3, 2), 3), ((6, 2, 1), 5), ((11, 2, 3), 4), ((9, 5, 1), 5), ((9, 1, 2), 5))
    yield case(draw.integer(10, 30), 4, stride=1)


@check(pool_output_size, points=0.5)
def pooled_with_padding(draw):
    """Padding counts at both ends"""
    yield from cases(pool_output_size, ((112, 3, 2, 1), 56), ((7, 3, 2, 1), 4), ((8, 4, 1, 2), 9), ((9, 5, 3, 2), 3))
    yield case(6, 2, padding=1)
    yield case(draw.integer(10, 30), 3, stride=1, padding=1)


wrong = mistakes(
    pool_output_size,
    """
    pooling_stride_one: The stride of a pooling is the size of its window unless it is given, unlike in a
        convolution.
        kernel_size if stride is None else stride -> 1 if stride is None else stride
    given_stride_ignored: The window's size is only the default of the stride; a stride that is given decides.
        kernel_size if stride is None else stride -> kernel_size
    pooling_padding_once: Padding is added at both ends, so it counts twice.
        2 * padding -> padding
    pooling_without_padding: Padding makes the input longer before the window slides over it.
        input_size + 2 * padding -> input_size
    pooling_rounded_up: A window that reaches beyond the input is left out, so the division rounds down.
        (input_size + 2 * padding - kernel_size) // step -> -(-(input_size + 2 * padding - kernel_size) // step)
    input_over_stride: input // stride is right where the stride is the window's size. In general the last window needs
        room for its whole length.
        (input_size + 2 * padding - kernel_size) // step + 1 -> (input_size + 2 * padding) // step
    first_window_forgotten: The division counts the steps; there is one window before the first step.
        (input_size + 2 * padding - kernel_size) // step + 1 -> (input_size + 2 * padding - kernel_size) // step
    one_added_too_early: The stride divides the steps only: the first window comes on top, after the division.
        (input_size + 2 * padding - kernel_size) // step + 1 -> (input_size + 2 * padding - kernel_size + 1) // step
    always_halved: A pooling halves the size only if its stride is 2; its window and stride can have other sizes.
        (input_size + 2 * padding - kernel_size) // step + 1 -> input_size // 2
    size_as_float: A size is a whole number: // rounds down and gives an int.
        (input_size + 2 * padding - kernel_size) // step -> (input_size + 2 * padding - kernel_size) / step
    """,
)
