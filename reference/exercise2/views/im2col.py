"""im2col."""

import numpy as np
import torch.nn.functional as F

from autograder.author import alternative, case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import odd
from ..sizes.pool_output_size import pool_output_size
from ..windows.pad2d import pad2d
from ..windows.window_positions import window_positions


@reference(points=2.25, forbids=("im2col", "nn.functional.unfold", "nn.Unfold"))
def im2col(x, kernel_size, stride=1, padding=0):
    """How long is a column, and how many columns are there? Write down the first column of a small image by hand.

    Cut out the windows as for pooling. Flatten each one: channel by channel, in each channel row by row. Put the
    results next to each other as the last axis.

    In the documentation: torch.nn.Unfold, and torch.stack.
    """
    framed = F.pad(x, (padding,) * 4)
    return F.unfold(framed, kernel_size, stride=stride)


@alternative(im2col)
def columns_by_positions(x, kernel_size, stride=1, padding=0):
    """Students ask their pad2d, their window_positions and their pool_output_size."""
    pad2d(x, padding)
    for size in x.shape[2:]:
        window_positions(size, kernel_size, stride, padding)
        window_positions(size + 2 * padding, kernel_size, stride)
        pool_output_size(size, kernel_size, stride, padding)
        pool_output_size(size + 2 * padding, kernel_size, stride)
    return F.unfold(x, kernel_size, stride=stride, padding=padding)


@check(im2col, points=0.75)
def windows_as_columns(draw):
    """Each window is a column, row by row, in the order of the windows"""
    yield case(np.arange(9, dtype=np.float32).reshape(1, 1, 3, 3), 2)
    yield case(odd(draw, 1, 1, 4, 5), 3)
    yield case(odd(draw, 1, 1, 5, 3), 2)


@check(im2col, points=0.5)
def channels_below_each_other(draw):
    """A column holds the window of each channel, one after the other"""
    yield case(odd(draw, 1, 3, 3, 4), 2)
    yield case(odd(draw, 2, 3, 5, 4), 3)
    yield case(odd(draw, 3, 2, 3, 4), 1)
    yield case(draw.normal(2, 2, 3, 4), 2)


@check(im2col, points=0.5)
def columns_by_stride(draw):
    """Windows begin one stride apart along both axes"""
    yield case(odd(draw, 1, 1, 7, 9), 3, stride=2)
    yield case(odd(draw, 1, 1, 6, 8), 2, 3)


@check(im2col, points=0.25)
def columns_with_padding(draw):
    """Padding puts zeros on all four sides"""
    yield case(odd(draw, 1, 1, 3, 4), 3, padding=1)
    yield case(odd(draw, 2, 3, 5, 4), 3, 2, 1)
    yield case(odd(draw, 1, 2, 4, 3), 2, 3, 2)


@check(im2col, points=0.25, ask=changed, compare=unchanged(), needs=windows_as_columns)
def unfolded_image_stays(draw):
    """x stays as it is"""
    yield case(odd(draw, 1, 2, 4, 5), 2)
    yield case(odd(draw, 1, 2, 4, 5), 3, padding=1)


wrong = mistakes(
    im2col,
    """
    windows_as_rows: A window is a column here: the last axis counts the windows.
        F.unfold(framed, kernel_size, stride=stride) -> F.unfold(framed, kernel_size, stride=stride).transpose(1, 2)
    reshaped_only: A reshape only cuts the image into pieces. The values of a window do not lie side by side in memory.
        return F.unfold(framed, kernel_size, stride=stride) -> return reshaped(framed, kernel_size, stride)
    first_channel_unfolded: A window reaches through all channels, and its column holds the values of each.
        F.unfold(framed, kernel_size, stride=stride) -> F.unfold(framed[:, :1], kernel_size, stride=stride)
    one_image_unfolded: A batch holds several images, and each of them has columns of its own.
        F.unfold(framed, kernel_size, stride=stride) -> F.unfold(framed[:1], kernel_size, stride=stride)
    columns_without_stride: With stride s a window begins at every s-th position only.
        stride=stride ->
    columns_at_each_stride_of_rows: The stride holds along the width as well as along the height.
        stride=stride -> stride=(stride, 1)
    columns_side_by_side: The stride of im2col is 1 unless it is given, as in a convolution.
        stride=stride -> stride=kernel_size if stride == 1 else stride
    columns_without_padding: Padding puts zeros around the image before the windows are cut out.
        (padding,) * 4 -> (0, 0)
    columns_padded_before_only: Zeros lie on all four sides: at the bottom and on the right too.
        (padding,) * 4 -> (padding, 0) * 2
    """,
)


def reshaped(framed, kernel_size, stride):
    """The values of the columns in another order, as a reshape without a transposition gives them."""
    columns = F.unfold(framed, kernel_size, stride=stride)
    return columns.transpose(1, 2).reshape(columns.shape)


@misconception(im2col)
def channels_last_in_the_columns(x, kernel_size, stride=1, padding=0):
    """A column holds all values of the first channel's window, then those of the second. The channels of one pixel do
    not lie side by side."""
    columns = im2col(x, kernel_size, stride, padding)
    return columns.unflatten(1, (x.shape[1], -1)).transpose(1, 2).flatten(1, 2)


@misconception(im2col)
def windows_column_by_column(x, kernel_size, stride=1, padding=0):
    """The windows come row by row: first all windows of the first row of windows, from left to right."""
    height = (x.shape[2] + 2 * padding - kernel_size) // stride + 1
    return im2col(x, kernel_size, stride, padding).unflatten(2, (height, -1)).transpose(2, 3).flatten(2)


@misconception(im2col)
def values_column_by_column(x, kernel_size, stride=1, padding=0):
    """Each window is read row by row, as flatten does it."""
    columns = im2col(x, kernel_size, stride, padding)
    return columns.unflatten(1, (-1, kernel_size, kernel_size)).transpose(2, 3).flatten(1, 3)


@misconception(im2col)
def window_overwritten(x, kernel_size, stride=1, padding=0):
    """Slices of x are views: what is written into them changes the image of the caller."""
    columns = im2col(x, kernel_size, stride, padding)
    x.mul_(2)
    return columns
