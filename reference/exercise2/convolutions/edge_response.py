"""edge_response."""

import numpy as np

from autograder.author import alternative, case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import array, odd, rows
from ..windows.convolve2d import convolve2d

SOBEL = rows([-1, 0, 1], [-2, 0, 2], [-1, 0, 1])
SQUARE = np.pad(np.ones((2, 2), np.float32), 2)


@reference(points=2)
def edge_response(image, kernel, row, column):
    """Which pixels meet the kernel for this one value?

    Cut out the window that begins at (row, column) and is as large as the kernel. Multiply value by value and sum up.

    In the chapter: Sobel's kernel on the bright square. The response is printed there without negative values, but its
    rows are 1 1 −1 −1 and 3 3 −3 −3.
    """
    height, width = kernel.shape
    window = image[row : row + height, column : column + width]
    return float((window * kernel).sum())


@alternative(edge_response)
def one_value_of_the_convolution(image, kernel, row, column):
    """Students call their convolve2d."""
    convolve2d(image, kernel, 1, 0)
    return float(convolve2d(image, kernel)[row, column])


@check(edge_response, points=0.75)
def edges_to_bright(draw):
    """An edge from dark to bright gives a positive response"""
    yield case(array(rows([0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1])), array(SOBEL), 0, 1)
    yield case(array(rows([0, 0, 1, 1], [0, 0, 1, 1], [0, 0, 1, 1])), array(SOBEL), 0, 0)
    yield case(array(rows(*[[1, 2, 4, 8, 16]] * 4)), array(SOBEL), 1, draw.integer(0, 2))


@check(edge_response, points=0.5)
def edges_to_dark(draw):
    """An edge from bright to dark gives a negative response"""
    yield case(array(SQUARE), array(SOBEL), 0, 2)
    yield case(array(SQUARE), array(SOBEL), 1, 3)
    yield case(array(rows(*[[8, 8, 3, 1]] * 3)), array(SOBEL), 0, draw.integer(0, 1))


@check(edge_response, points=0.5)
def window_of_the_place(draw):
    """The window begins at (row, column), whatever image and kernel"""
    yield case(array(odd(draw, 6, 5)), array(odd(draw, 2, 3)), 3, 1)
    yield case(array(odd(draw, 5, 7)), array(odd(draw, 3, 3)), 0, 4)
    yield case(array(odd(draw, 4, 4)), array(odd(draw, 3, 1)), 1, 3)
    yield case(array(draw.normal(5, 4)), array(draw.normal(2, 2)), 1, 2)
    steps = np.arange(20, dtype=np.float32).reshape(4, 5)
    yield case(array(steps), array(rows([0, -1, 0], [1, 0, -2])), 2, 1)  # the sign counts here with every seed


@check(edge_response, points=0.25, ask=changed, compare=unchanged(), needs=edges_to_bright)
def looked_at_image_stays(draw):
    """image and kernel stay as they are"""
    yield case(array(odd(draw, 5, 4)), array(odd(draw, 2, 3)), 1, 0)


wrong = mistakes(
    edge_response,
    """
    size_of_the_response: A response has a sign: bright to dark is the negative of dark to bright.
        (window * kernel).sum() -> abs((window * kernel).sum())
    dark_edges_cut_off: Responses can be negative. The lecture notes show Sobel-x of the bright square without negative
        values, but its rows are 1 1 −1 −1 and 3 3 −3 −3.
        (window * kernel).sum() -> max((window * kernel).sum(), 0)
    kernel_turned_around: The kernel is not flipped; that would turn the sign of an edge around.
        (window * kernel).sum() -> (window * kernel[::-1, ::-1]).sum()
    response_divided: The products are summed, not averaged.
        (window * kernel).sum() -> (window * kernel).mean()
    products_not_summed: The response is one number: the sum of all products of the window.
        float((window * kernel).sum()) -> window * kernel
    window_multiplied_in_place: A slice of an array is a view: *= changes the image of the caller.
        return float((window * kernel).sum()) -> window *= kernel; return float(window.sum())
    """,
)


def of_wider(image, kernel, row, column):
    """The response at a place that may lie outside of the image, with zeros around it."""
    return edge_response(np.pad(np.asarray(image), 9), np.asarray(kernel), row + 9, column + 9)


@misconception(edge_response)
def window_around_the_place(image, kernel, row, column):
    """The window of the output at (row, column) begins there: without padding, the first output belongs to the window
    in the upper left corner."""
    return of_wider(image, kernel, row - kernel.shape[0] // 2, column - kernel.shape[1] // 2)


@misconception(edge_response)
def column_before_row(image, kernel, row, column):
    """The row comes before the column, as in every index."""
    return of_wider(image, kernel, column, row)


@misconception(edge_response)
def size_of_three(image, kernel, row, column):
    """A kernel need not be 3 × 3: its shape says how large the window is."""
    return of_wider(image, np.resize(kernel, (3, 3)), row, column)
