"""cross_response."""

import numpy as np
import torch  # noqa: F401 - in the words of a mistake

from autograder.author import alternative, case, check, misconception, mistakes, numpy_array, reference

from ..judging import same_values
from ..windows.convolve2d import convolve2d


@reference(points=1)
def cross_response():
    """Lay the X onto the upper left corner of the board. How many ones meet? And one step further to the right?

    Make both arrays and convolve them, with your own convolve2d or with two loops.

    In the chapter: the X kernel on the checkerboard. The response is printed there as 4 3 4 / 3 4 3 / 4 3 4, but the
    ones meet all or not at all.
    """
    board = (np.indices((5, 5)).sum(0) % 2 == 0).astype(np.float64)
    kernel = np.array([[1.0, 0, 1], [0, 1, 0], [1, 0, 1]])
    return convolve2d(board, kernel)


@alternative(cross_response)
def responses_with_all_arguments():
    """Students make arrays of ints."""
    board, kernel = np.indices((5, 5)).sum(0) % 2 == 0, np.array([[1, 0, 1], [0, 1, 0], [1, 0, 1]])
    return convolve2d(board.astype(np.int64), kernel)


@check(cross_response, points=0.75, compare=same_values)
def ones_that_meet(draw):
    """Each value is the number of ones that meet"""
    yield case()


@check(cross_response, points=0.25, ask=numpy_array, compare=same_values, counts_with=ones_that_meet)
def response_is_an_array(draw):
    """The result is a numpy array"""
    yield case()


wrong = mistakes(
    cross_response,
    """
    response_as_a_tensor: The result is a numpy array, here a tensor of torch: .numpy() makes an array of it.
        return convolve2d(board, kernel) -> return torch.from_numpy(convolve2d(board, kernel))
    board_begins_with_zero: The board has a 1 in the upper left corner.
        np.indices((5, 5)).sum(0) % 2 == 0 -> np.indices((5, 5)).sum(0) % 2 == 1
    plus_for_x: The X has its ones on both diagonals; this one is a plus.
        [[1.0, 0, 1], [0, 1, 0], [1, 0, 1]] -> [[0.0, 1, 0], [1, 1, 1], [0, 1, 0]]
    middle_of_the_x_forgotten: The X has a 1 in its middle, too, where the diagonals cross.
        [[1.0, 0, 1], [0, 1, 0], [1, 0, 1]] -> [[1.0, 0, 1], [0, 0, 0], [1, 0, 1]]
    response_averaged: The products are summed, not averaged: five ones meet, and that makes 5.
        convolve2d(board, kernel) -> convolve2d(board, kernel) / kernel.size
    board_padded: Without padding the response is 3 × 3: the X lies inside of the board everywhere.
        convolve2d(board, kernel) -> convolve2d(np.pad(board, 1), kernel)
    """,
)


@misconception(cross_response)
def response_of_the_notes():
    """This is what the lecture notes print. Counting the ones that meet gives all five or none."""
    return np.array([[4.0, 3, 4], [3, 4, 3], [4, 3, 4]])
