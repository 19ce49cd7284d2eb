"""avg_pool2d_manual."""

import numpy as np
import torch.nn.functional as F

from autograder.author import alternative, case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import POOLINGS, odd, rows
from ..sizes.pool_output_size import pool_output_size
from .window_positions import window_positions


@reference(points=2, forbids=(*POOLINGS, "nn.AvgPool2d", "nn.AdaptiveAvgPool2d", "nn.LPPool2d", "lp_pool2d"))
def avg_pool2d_manual(x, kernel_size, stride=None):
    """What is different from a convolution? How could a convolution with one fixed kernel do it?

    Cut out the windows as for the convolution, in all images and channels at once, and take the mean of each over its
    two last axes.

    In the documentation: torch.nn.AvgPool2d.
    """
    step = kernel_size if stride is None else stride
    return F.avg_pool2d(x, kernel_size, step)


@alternative(avg_pool2d_manual)
def averaged_by_positions(x, kernel_size, stride=None):
    """Students ask their window_positions or their pool_output_size."""
    step = kernel_size if stride is None else stride
    for size in x.shape[2:]:
        window_positions(size, kernel_size, step)
        pool_output_size(size, kernel_size, stride)
        pool_output_size(size, kernel_size, step)
    return F.avg_pool2d(x, kernel_size, step)


@check(avg_pool2d_manual, points=0.75)
def mean_of_each_window(draw):
    """Each window becomes its mean"""
    yield case(rows([1, 3, 2, 4], [5, 3, 0, 2])[None, None], 2)
    yield case(odd(draw, 1, 1, 6, 4), 2)
    yield case(odd(draw, 1, 1, 3, 9), 3)


@check(avg_pool2d_manual, points=0.25)
def means_of_all_maps(draw):
    """Each channel of each image is pooled on its own"""
    yield case(odd(draw, 2, 3, 4, 6), 2)
    yield case(odd(draw, 3, 2, 6, 3), 3)
    yield case(draw.normal(2, 2, 4, 2), 2)


@check(avg_pool2d_manual, points=0.5)
def windows_by_stride(draw):
    """A stride that is given decides: windows may overlap or leave gaps"""
    yield case(rows([1, 3, 2, 4], [5, 3, 0, 2])[None, None], 2, stride=1)
    yield case(odd(draw, 1, 2, 7, 9), 3, 2)
    yield case(np.arange(63, dtype=np.float32).reshape(1, 1, 7, 9) ** 2 - 2000, 3, stride=2)
    yield case(odd(draw, 2, 1, 5, 8), 2, stride=3)


@check(avg_pool2d_manual, points=0.25)
def windows_that_do_not_fit(draw):
    """A window that does not fit is left out"""
    yield case(odd(draw, 1, 1, 5, 7), 2)
    yield case(odd(draw, 1, 2, 8, 7), 3)
    yield case(odd(draw, 1, 1, 7, 6), 2, stride=3)


@check(avg_pool2d_manual, points=0.25, ask=changed, compare=unchanged(), needs=mean_of_each_window)
def averaged_image_stays(draw):
    """x stays as it is"""
    yield case(odd(draw, 2, 1, 4, 6), 2)
    yield case(odd(draw, 2, 1, 4, 6), 3, stride=1)


wrong = mistakes(
    avg_pool2d_manual,
    """
    largest_for_mean: Average pooling takes the mean of a window; its largest value is max pooling.
        F.avg_pool2d(x, kernel_size, step) -> F.max_pool2d(x, kernel_size, step)
    sum_for_mean: The sum of a window is divided by the number of its values.
        F.avg_pool2d(x, kernel_size, step) -> kernel_size**2 * F.avg_pool2d(x, kernel_size, step)
    divided_by_the_side: A window has kernel_size · kernel_size values, and the sum is divided by their number.
        F.avg_pool2d(x, kernel_size, step) -> kernel_size * F.avg_pool2d(x, kernel_size, step)
    stride_one_unless_given: Without a stride the windows lie side by side: the stride is the kernel size, unlike in a
        convolution.
        kernel_size if stride is None else stride -> 1 if stride is None else stride
    kernel_as_stride: The kernel size is only the default of the stride; a stride that is given decides.
        kernel_size if stride is None else stride -> kernel_size
    parts_of_windows_kept: Only complete windows count: the size rounds down, as in a convolution.
        F.avg_pool2d(x, kernel_size, step) -> F.avg_pool2d(x, kernel_size, step, ceil_mode=True)
    channels_averaged_too: Pooling leaves the channels apart: each one is pooled on its own.
        F.avg_pool2d(x, kernel_size, step) -> F.avg_pool2d(x, kernel_size, step).mean(1, keepdim=True)
    one_image_pooled: A batch holds several images, and each of them is pooled.
        F.avg_pool2d(x, kernel_size, step) -> F.avg_pool2d(x[:1], kernel_size, step)
    means_transposed: The result is (N, C, H_out, W_out): its height comes before its width.
        F.avg_pool2d(x, kernel_size, step) -> F.avg_pool2d(x, kernel_size, step).transpose(2, 3)
    """,
)


@misconception(avg_pool2d_manual)
def windows_start_one_apart(x, kernel_size, stride=None):
    """The number of windows is right, but window i begins at i · stride, along both axes."""
    height, width = avg_pool2d_manual(x, kernel_size, stride).shape[2:]
    return avg_pool2d_manual(x, kernel_size, 1)[..., :height, :width]


@misconception(avg_pool2d_manual)
def averaged_in_x(x, kernel_size, stride=None):
    """x *= … and x /= … change the image of the caller: make a new tensor for the result."""
    means = avg_pool2d_manual(x, kernel_size, stride)
    x.div_(kernel_size**2)
    return means
