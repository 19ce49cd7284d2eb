"""true_convolution2d."""

import numpy as np

from autograder.author import alternative, case, changed, check, mistakes, numpy_array, reference, unchanged

from ..shared import ANY_VALUES, CONVOLUTIONS, array, odd, rows, symmetric
from .convolve2d import convolve2d


@reference(points=1.5, forbids=CONVOLUTIONS)
def true_convolution2d(image, kernel):
    """What does a turn by 180° do to the first value of the kernel? And to its first row?

    Turn the kernel, that is, reverse its rows and its columns, and convolve with the turned one as before.

    In the chapter: convolution and cross-correlation. In the documentation: numpy.flip, and slices with step −1.
    """
    turned = kernel[::-1, ::-1]
    return convolve2d(image, turned)


@alternative(true_convolution2d)
def turned_and_with_all_arguments(image, kernel):
    """Students name the defaults, or turn the image and the output."""
    convolve2d(image[::-1, ::-1], kernel)
    return convolve2d(image, np.flip(kernel), 1, 0)


@check(true_convolution2d, points=0.25)
def kernel_with_every_symmetry(draw):
    """Each output is the sum of the products of a window with the kernel"""
    yield case(array(odd(draw, 4, 4)), array(symmetric(draw)))
    yield case(array(odd(draw, 6, 6)), array(symmetric(draw)))


@check(true_convolution2d, points=0.25)
def kernel_of_one_row_or_column(draw):
    """A kernel of one row is reversed, and so is one of one column"""
    yield case(array(rows([1, 2, 3], [4, 5, 6], [7, 8, 9])), array(rows([10, 1])))
    yield case(array(odd(draw, 4, 3)), array(rows([1], [10], [100])))
    yield case(array(odd(draw, 3, 5)), array(odd(draw, 1, 3)))


@check(true_convolution2d, points=0.5)
def kernel_turned(draw):
    """A kernel is turned by 180°: its rows and its columns are reversed"""
    yield case(array(rows([1, 2, 3], [4, 5, 6], [7, 8, 9], [0, 1, 2])), array(rows([1, 0], [0, -1])))
    yield case(array(odd(draw, 5, 4)), array(odd(draw, 2, 2)))
    yield case(array(odd(draw, 5, 6)), array(odd(draw, 3, 2)))
    yield case(array(odd(draw, 4, 5)), array(odd(draw, 3, 3)))
    yield case(array(draw.normal(4, 5)), array(draw.normal(2, 3)))
    yield from (
        case(array(odd(draw, 3, 5)), array(odd(draw, 3, 2))),
        case(array(odd(draw, 5, 3)), array(odd(draw, 2, 3))),
    )


@check(true_convolution2d, points=0.25, ask=numpy_array, compare=ANY_VALUES, counts_with=kernel_turned)
def turned_convolution_is_an_array(draw):
    """The result is a numpy array"""
    yield case(array(odd(draw, 4, 4)), array(odd(draw, 2, 2)))


@check(true_convolution2d, points=0.25, ask=changed, compare=unchanged(), needs=kernel_turned)
def turned_kernel_stays(draw):
    """image and kernel stay as they are"""
    yield case(array(odd(draw, 4, 5)), array(odd(draw, 2, 3)))


wrong = mistakes(
    true_convolution2d,
    """
    cross_correlated: This is what deep learning calls a convolution. The one of mathematics turns the kernel first.
        kernel[::-1, ::-1] -> kernel
    only_rows_reversed: A turn by 180° reverses the columns as well as the rows; otherwise the kernel is mirrored.
        kernel[::-1, ::-1] -> kernel[::-1]
    only_columns_reversed: A turn by 180° reverses the rows as well as the columns; otherwise the kernel is mirrored.
        kernel[::-1, ::-1] -> kernel[:, ::-1]
    kernel_transposed: A transposition mirrors the kernel at its diagonal; a turn by 180° reverses rows and columns.
        kernel[::-1, ::-1] -> kernel.T
    quarter_turn: This turns the kernel by 90° only: twice that is 180°.
        kernel[::-1, ::-1] -> np.rot90(kernel)
    image_turned: The kernel is turned, not the image: turning the image also turns the result.
        return convolve2d(image, turned) -> return convolve2d(image[::-1, ::-1], kernel)
    padded_to_the_same_size: There is no padding, so only windows inside of the image count.
        return convolve2d(image, turned) -> return convolve2d(np.pad(image, [(0, n - 1) for n in kernel.shape]), turned)
    kernel_reversed_in_place: kernel[:] = … changes the kernel of the caller; kernel[::-1, ::-1] is another view of it.
        turned = kernel[::-1, ::-1] -> turned = kernel; turned[:] = kernel[::-1, ::-1].copy()
    """,
)
