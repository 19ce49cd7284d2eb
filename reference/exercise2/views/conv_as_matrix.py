"""conv_as_matrix."""

import torch
import torch.nn.functional as F

from autograder.author import alternative, case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import odd, rows
from ..windows.window_positions import window_positions


@reference(points=2.25)
def conv_as_matrix(kernel, input_shape):
    """Write the first output as a sum over all pixels. With which weight does each pixel count, and which have 0?

    Each output is a row of M. Lay the kernel into an image of zeros, at the place of that output's window, and flatten
    this image. Begin with the first window and go on row by row.

    In the chapter: parameter sharing. A row of M shows it: the same few weights, at another place.
    """
    height, width = input_shape
    images = torch.eye(height * width).reshape(-1, 1, height, width)  # one pixel at a time
    outputs = F.conv2d(images, kernel[None, None])  # (H · W, 1, H_out, W_out)
    return outputs.flatten(1).T


@alternative(conv_as_matrix)
def rows_by_positions(kernel, input_shape):
    """Students ask their window_positions."""
    for size, kernel_size in zip(input_shape, kernel.shape, strict=True):
        window_positions(size, kernel_size)
    return conv_as_matrix(kernel, input_shape)


@check(conv_as_matrix, points=0.5)
def one_row_for_each_output(draw):
    """M has a row for each output value and a column for each pixel"""
    yield case(rows([1, 2, 1]), (1, 5))
    yield case(rows([3]), (1, 4))
    yield case(rows([2], [5], [2]), (4, 1))


@check(conv_as_matrix, points=1)
def rows_of_small_images(draw):
    """M @ image.flatten() is the flattened convolution of the image"""
    yield case(rows([1, 2], [3, 4]), (3, 3))
    yield case(rows([3]), (2, 2))
    yield case(odd(draw, 3, 3), (4, 4))
    yield case(odd(draw, 2, 2), (5, 5))


@check(conv_as_matrix, points=0.5)
def matrix_of_rectangles(draw):
    """Height and width differ, those of the image and those of the kernel"""
    yield case(rows([1, 2]), (2, 3))
    yield case(odd(draw, 2, 3), (4, 5))
    yield case(odd(draw, 2, 3), (2, 3))
    yield case(odd(draw, 3, 2), (3, 6))
    yield case(odd(draw, 2, 2), (6, 3))
    yield case(draw.normal(2, 3), (3, 5))


@check(conv_as_matrix, points=0.25, ask=changed, compare=unchanged(), needs=one_row_for_each_output)
def kernel_of_the_matrix_stays(draw):
    """The kernel stays as it is"""
    yield case(odd(draw, 2, 3), (3, 4))


wrong = mistakes(
    conv_as_matrix,
    """
    matrix_transposed: M has a row for each output and a column for each pixel; this is its transpose, which a
        transposed convolution uses.
        outputs.flatten(1).T -> outputs.flatten(1)
    matrix_of_the_flipped_kernel: Deep learning's convolution is a cross-correlation: the kernel is not flipped.
        kernel[None, None] -> kernel.flip(0, 1)[None, None]
    outputs_column_by_column: The outputs are flattened row by row, as the image is.
        outputs.flatten(1).T -> outputs.transpose(2, 3).flatten(1).T
    kernel_mirrored_at_its_diagonal: The rows of the kernel lie along the rows of the image.
        kernel[None, None] -> kernel.T[None, None]
    sides_of_the_image_swapped: input_shape is (H, W): the height comes first.
        height, width = input_shape -> width, height = input_shape
    four_axes_kept: M is a matrix: flatten the outputs and the pixels.
        outputs.flatten(1).T -> outputs
    kernel_scaled: kernel *= … and kernel /= … change the kernel of the caller.
        height, width = input_shape -> height, width = input_shape; kernel = kernel.clone() + 0 * kernel.mul_(2)
    """,
)


@misconception(conv_as_matrix)
def kernel_in_one_piece(kernel, input_shape):
    """The rows of the kernel lie W pixels apart in the flattened image; in between come the pixels beside the
    window."""
    matrix = torch.zeros_like(conv_as_matrix(kernel, input_shape))
    width = input_shape[1] - kernel.shape[1] + 1
    for row in range(len(matrix)):
        start = row // width * input_shape[1] + row % width
        piece = matrix[row, start : start + kernel.numel()]
        piece[:] = kernel.flatten()[: len(piece)]
    return matrix


@misconception(conv_as_matrix)
def wrapped_around_the_edge(kernel, input_shape):
    """Each row moves on by one pixel, but not over the right edge: after the last window of a row, the next begins at
    the left again."""
    matrix = torch.zeros_like(conv_as_matrix(kernel, input_shape))
    first = conv_as_matrix(kernel, input_shape)[0]
    for row in range(len(matrix)):
        matrix[row] = torch.roll(first, row)
    return matrix


@misconception(conv_as_matrix)
def outputs_of_same_size(kernel, input_shape):
    """Without padding there are fewer outputs than pixels, so M has fewer rows than columns."""
    height, width = input_shape
    images = torch.eye(height * width).reshape(-1, 1, height, width)
    frame = 0, kernel.shape[1] - 1, 0, kernel.shape[0] - 1
    return F.conv2d(F.pad(images, frame), kernel[None, None]).flatten(1).T


@misconception(conv_as_matrix)
def pixels_column_by_column(kernel, input_shape):
    """flatten reads the image row by row: pixel (i, j) has the number i · W + j."""
    return conv_as_matrix(kernel, input_shape).unflatten(1, input_shape).transpose(1, 2).flatten(1)
