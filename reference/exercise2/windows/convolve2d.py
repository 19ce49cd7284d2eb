"""convolve2d."""

import numpy as np
import torch
import torch.nn.functional as F

from autograder.author import alternative, case, changed, check, mistakes, numpy_array, reference, unchanged

from ..shared import ANY_VALUES, CONVOLUTIONS, array, odd, rows, symmetric
from .pad2d import pad2d
from .window_positions import window_positions

MAPS = "H W, h w -> P Q"


@reference(points=2.5, forbids=CONVOLUTIONS)
def convolve2d(image, kernel, stride=1, padding=0):
    """How many windows are there along each axis? Which values of the image belong to the first of them?

    Pad the image first. For each position cut out a window as large as the kernel, multiply both value by value, and
    write the sum into the output. Do not flip the kernel.

    In the chapter: the loop that convolves an image with numpy. In the documentation: numpy.pad and numpy.zeros.
    """
    padded = np.pad(np.asarray(image), padding)
    height, width = kernel.shape
    tops = range(0, padded.shape[0] - height + 1, stride)
    lefts = range(0, padded.shape[1] - width + 1, stride)
    output = np.zeros((len(tops), len(lefts)))
    for i, top in enumerate(tops):
        for j, left in enumerate(lefts):
            window = padded[top : top + height, left : left + width]
            output[i, j] = (window * kernel).sum()
    return output


@alternative(convolve2d)
def convolved_by_positions(image, kernel, stride=1, padding=0):
    """Students ask their window_positions, with or without defaults, and their pad2d."""
    for kernel_size, size in zip(kernel.shape, image.shape, strict=True):
        window_positions(size, kernel_size, stride, padding)
        window_positions(size + 2 * padding, kernel_size, stride)
    padded = pad2d(torch.from_numpy(image)[None, None], padding).float()
    return F.conv2d(padded, torch.from_numpy(kernel.copy())[None, None], stride=stride)[0, 0].numpy()


@check(convolve2d, points=0.5, picture=MAPS)
def products_summed(draw):
    """Each output is the sum of the products of one window with the kernel"""
    yield case(array(rows([1, 2, 3], [4, 5, 6], [7, 8, 9], [0, 1, 2])), array(rows([1, 0], [0, -1])))
    yield case(array(odd(draw, 4, 5)), array(odd(draw, 3, 3)))
    yield case(array(odd(draw, 6, 4)), array(odd(draw, 2, 2)))


@check(convolve2d, points=0.5, picture=MAPS)
def kernels_of_any_shape(draw):
    """The kernel has a height and a width of its own, and may hold fractions"""
    yield case(array(odd(draw, 5, 6)), array(odd(draw, 2, 3)))
    yield case(array(odd(draw, 6, 5)), array(odd(draw, 3, 1)))
    yield case(array(odd(draw, 3, 4)), array(odd(draw, 3, 4)))
    yield case(array(draw.normal(5, 6)), array(draw.normal(1, 2)))
    yield case(array(np.arange(12).reshape(3, 4) ** 2), array(rows([0.5, 0.25])))  # a whole-number image


@check(convolve2d, points=0.5, picture=MAPS)
def window_by_strides(draw):
    """Windows begin one stride apart along both axes"""
    yield case(array(odd(draw, 7, 7)), array(symmetric(draw)), stride=2)
    yield case(array(odd(draw, 9, 9)), array(symmetric(draw)), stride=3)
    yield case(array(odd(draw, 8, 8)), array(symmetric(draw)), 2)


@check(convolve2d, points=0.25, picture=MAPS)
def zeros_around(draw):
    """Padding puts zeros on all four sides"""
    yield case(array(odd(draw, 3, 3)), array(symmetric(draw)), padding=1)
    yield case(array(odd(draw, 4, 4)), array(symmetric(draw)), padding=2)


@check(convolve2d, points=0.25, picture=MAPS)
def stride_and_zeros(draw):
    """Stride and padding work together"""
    yield case(array(odd(draw, 5, 8)), array(odd(draw, 3, 2)), 2, 1)
    yield case(array(odd(draw, 4, 6)), array(odd(draw, 2, 4)), stride=3, padding=2)


@check(convolve2d, points=0.25, ask=numpy_array, compare=ANY_VALUES, counts_with=products_summed)
def convolution_is_an_array(draw):
    """The result is a numpy array"""
    yield case(array(odd(draw, 3, 4)), array(odd(draw, 2, 2)))


@check(convolve2d, points=0.25, ask=changed, compare=unchanged(), needs=products_summed)
def image_and_kernel_stay(draw):
    """image and kernel stay as they are"""
    yield case(array(odd(draw, 4, 5)), array(odd(draw, 2, 3)))
    yield case(array(odd(draw, 4, 5)), array(odd(draw, 3, 3)), padding=1)


wrong = mistakes(
    convolve2d,
    """
    returned_as_a_tensor: The result is a numpy array, here a tensor of torch: .numpy() makes an array of it.
        return output -> return torch.from_numpy(output)
    flipped_kernel: Deep learning's convolution is a cross-correlation: the kernel stays as it is, without a flip.
        (window * kernel).sum() -> (window * kernel[::-1, ::-1]).sum()
    transposed_kernel: The rows of the kernel lie along the rows of the image.
        height, width = kernel.shape -> kernel = kernel.T; height, width = kernel.shape
    products_averaged: The products are summed, not averaged; the weights take care of the scale.
        (window * kernel).sum() -> (window * kernel).mean()
    kernel_taken_as_square: A kernel has a height and a width, and the two may differ.
        height, width = kernel.shape -> kernel = kernel[:, : len(kernel)]; height, width = kernel.shape
    last_windows_missing: The kernel also stops at the last row and column where it still fits.
        padded.shape[0] - height + 1 -> padded.shape[0] - height
        padded.shape[1] - width + 1 -> padded.shape[1] - width
    stride_ignored: With stride s the kernel stops at every s-th position only.
        range(0, padded.shape[0] - height + 1, stride) -> range(0, padded.shape[0] - height + 1)
        range(0, padded.shape[1] - width + 1, stride) -> range(0, padded.shape[1] - width + 1)
    stride_of_the_rows_only: The stride holds along the width as well as along the height.
        range(0, padded.shape[1] - width + 1, stride) -> range(0, padded.shape[1] - width + 1)
    windows_one_apart: The number of windows is right, but window i begins at i · stride, along both axes.
        padded[top : top + height, left : left + width] -> padded[i : i + height, j : j + width]
    zeros_left_out: Padding puts zeros around the image before the kernel slides over it.
        np.pad(np.asarray(image), padding) -> np.asarray(image)
    zeros_before_only: Zeros lie on all four sides: at the bottom and on the right too.
        np.pad(np.asarray(image), padding) -> np.pad(np.asarray(image), (padding, 0))
    border_copied: Padding consists of zeros, not of copies of the border.
        np.pad(np.asarray(image), padding) -> np.pad(np.asarray(image), padding, mode="edge")
    output_transposed: The rows of the output belong to the rows of the image.
        return output -> return output.T
    negative_outputs_cut_off: An output can be negative; the ReLU comes after the convolution. The lecture notes show a
        Sobel response without negative values, but an edge from bright to dark gives one.
        return output -> return output.clip(0)
    fractions_cut_off: An array of the type of the image, as np.zeros_like(image) makes it, has no room for fractions if
        the image is one of whole numbers. np.zeros(shape) has.
        np.zeros((len(tops), len(lefts))) -> np.zeros((len(tops), len(lefts)), dtype=image.dtype)
    image_multiplied: A slice of an array is a view: *= changes the image itself, and the neighbouring windows.
        padded = np.pad(np.asarray(image), padding) -> padded = np.pad(image, padding) if padding else image
        output[i, j] = (window * kernel).sum() -> window *= kernel; output[i, j] = window.sum()
    matrix_products: A window and the kernel are multiplied value by value with *; @ and np.dot multiply matrices.
        (window * kernel).sum() -> (window @ kernel.T).sum()
    """,
)
