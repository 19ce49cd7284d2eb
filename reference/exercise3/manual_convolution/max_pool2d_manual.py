"""max_pool2d_manual."""

import numpy as np
import torch
import torch.nn.functional as F

from autograder.author import case, changed, check, misconception, mistakes, reference, unchanged

from .shared import image, whole

POOLINGS = tuple(
    f"{kind}_max_pool{axes}d{ending}".removeprefix("_")
    for kind in ("", "adaptive", "fractional", "mkldnn", "quantized")
    for axes in (1, 2, 3)
    for ending in ("", "_with_indices")
)


@reference(points=5, forbids=POOLINGS)
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    """What is different from a convolution? And what must padding never be, whatever the values are?

    Pad with a number that loses against every other one. Cut out the windows as for the convolution, and keep the
    largest value of each, in every channel for itself.

    In the chapter: the 4×4 example of max pooling; its last value is 5. In the documentation: torch.nn.MaxPool2d.
    """
    step = stride or kernel_size
    framed = F.pad(x, (padding,) * 4, value=-torch.inf)
    return F.max_pool2d(framed, kernel_size, step)


@check(max_pool2d_manual, points=1.25)
def largest_of_each_window(draw):
    """Each window keeps its largest value, in every channel on its own"""
    yield case(image([1, 3, 2, 4], [5, 2, 1, 3], [7, 1, 4, 2], [3, 6, 5, 1]), 2)
    yield case(whole(draw, 2, 3, 6, 4, low=0, high=9), 2)
    yield case(draw.uniform(2, 2, 4, 6), 2)
    yield case(whole(draw, 2, 3, 6, 9, low=0, high=9), 3)


@check(max_pool2d_manual, points=1)
def pooling_stride(draw):
    """Windows may overlap or leave gaps, as the stride says"""
    yield case(whole(draw, 2, 3, 7, 9, low=0, high=9), 3, stride=2)
    yield case(whole(draw, 2, 3, 4, 6, low=0, high=9), 2, stride=1)
    yield case(whole(draw, 2, 3, 10, 7, low=0, high=9), 2, stride=3)
    yield case(whole(draw, 2, 3, 5, 6, low=0, high=9), 1, 2)


@check(max_pool2d_manual, points=1)
def incomplete_windows(draw):
    """A window that does not fit is left out"""
    yield case(whole(draw, 1, 1, 5, 5, low=0, high=9), 2)
    yield case(whole(draw, 1, 1, 7, 7, low=0, high=9), 2)


@check(max_pool2d_manual, points=1)
def padding_never_wins(draw):
    """Padding never wins, even where all values are negative"""
    yield case(whole(draw, 1, 1, 6, 6, low=-9, high=-1), 2, 2, padding=1)
    yield case(whole(draw, 1, 1, 8, 8, low=-9, high=-1), 2, 2, padding=1)
    yield case(whole(draw, 1, 1, 4, 4, low=-9, high=-1) * 2.0**20, 2, 2, padding=1)
    yield case(whole(draw, 1, 1, 5, 5, low=-9, high=-1), 4, 1, padding=2)


@check(max_pool2d_manual, points=0.5)
def pooling_stride_and_padding(draw):
    """Stride and padding work together"""
    yield case(whole(draw, 2, 3, 7, 9, low=1, high=9), 3, stride=2, padding=1)
    yield case(whole(draw, 2, 3, 8, 7, low=1, high=9), 3, 2, 1)
    yield case(whole(draw, 2, 3, 7, 10, low=1, high=9), 3, padding=1)
    yield case(whole(draw, 2, 3, 6, 7, low=1, high=9), 4, 2, 2)
    bright, dark = whole(draw, 1, 2, 4, 6, low=-3, high=-1), whole(draw, 1, 2, 4, 6, low=-9, high=-6)
    yield case(np.concatenate([bright, dark]), 2, 2, 1)


@check(max_pool2d_manual, points=0.25, ask=changed, compare=unchanged(), needs=largest_of_each_window)
def pooled_image_stays(draw):
    """The image stays as it is"""
    yield from (case(whole(draw, 2, 1, 4, 6), 2), case(whole(draw, 2, 1, 4, 6), 3, 2, 1))


def alike(maps, axis):
    """The largest values along this axis, repeated along it."""
    return maps.amax(axis, keepdim=True).expand_as(maps)


def largest_and_places(framed, kernel_size, step):
    """The largest value of each window, and its place in the window."""
    return tuple(framed.unfold(2, kernel_size, step).unfold(3, kernel_size, step).flatten(4).max(4))


def windows_of_one_stride(framed, kernel_size, step):
    """Windows of `step` × `step`, as many as there are with the kernel; the border may cut the last ones."""
    height, width = F.max_pool2d(framed, kernel_size, step).shape[2:]
    beyond = max(step - kernel_size, 0)
    longer = F.pad(framed, (0, beyond, 0, beyond), value=-torch.inf)
    return F.max_pool2d(longer, step, step)[..., :height, :width]


def square(maps):
    """As many columns as rows, or the other way round."""
    return maps[..., : min(maps.shape[2:]), : min(maps.shape[2:])]


wrong = mistakes(
    max_pool2d_manual,
    """
    mean_for_max: Max pooling keeps the largest value of a window, not the average.
        value=-torch.inf -> value=0.0
        F.max_pool2d -> F.avg_pool2d
    incomplete_windows_kept: Only complete windows count: the size rounds down, as in a convolution.
        F.pad(x, (padding,) * 4, value=-torch.inf) -> x
        F.max_pool2d(framed, kernel_size, step) -> F.max_pool2d(x, kernel_size, step, padding, ceil_mode=True)
    smallest_for_largest: Max pooling keeps the largest value of a window, not the smallest.
        x -> -x
        F.max_pool2d(framed, kernel_size, step) -> -F.max_pool2d(framed, kernel_size, step)
    largest_of_all_channels: Pooling leaves the channels apart: each one is pooled on its own.
        F.max_pool2d(framed, kernel_size, step) -> F.max_pool2d(framed, kernel_size, step).amax(1, keepdim=True)
    first_image_pooled_only: A batch holds several images, and each of them is pooled.
        x -> x[:1]
    stride_one_by_default: Without a stride the windows lie side by side: the stride is the kernel size, unlike in a
        convolution.
        stride or kernel_size -> stride or 1
    stride_is_the_kernel: The kernel size is only the default of the stride; a stride that is given decides.
        stride or kernel_size -> kernel_size
    zeros_win: Among negative values a padded zero is the largest. Padding of a max pooling has to lose against every
        value.
        value=-torch.inf -> value=0.0
    minus_hundred_wins: Padding with −100 wins where all values of a window are below it; -torch.inf loses against every
        value.
        value=-torch.inf -> value=-100.0
    minus_thousand_wins: Padding with −1000 wins where all values of a window are below it; -torch.inf loses against
        every value.
        value=-torch.inf -> value=-1000.0
    maximum_starts_at_zero: A running maximum that starts at 0 is never below 0, even where a window holds negative
        values only.
        F.max_pool2d(framed, kernel_size, step) -> F.max_pool2d(framed, kernel_size, step).relu()
    border_overwritten: The frame goes around a copy of the image, and the image itself stays as it is.
        return F.max_pool2d(framed, kernel_size, step) -> x[:] = 0; return F.max_pool2d(framed, kernel_size, step)
    pooling_padding_ignored: Padding puts a frame around the image, so that windows start before its first row and
        column.
        F.pad(x, (padding,) * 4, value=-torch.inf) -> x
    pooling_padding_before_only: Padding goes on all four sides: at the bottom and on the right too.
        (padding,) * 4 -> (padding, 0, padding, 0)
    window_reaches_its_neighbour: Windows of size 2 and stride 2 do not overlap. The lecture notes give 6 for the last
        window of their example, but it holds 4 2 / 5 1, so its largest value is 5; the 6 belongs to the window on the
        left.
        (padding,) * 4 -> (padding + 1, padding, padding, padding)
        F.max_pool2d(framed, kernel_size, step) -> F.max_pool2d(framed, (kernel_size, kernel_size + 1), step)
    last_window_left_out: A window that ends exactly at the border counts as well. range(0, size − kernel) would leave
        it out, since the end of a range is not part of it.
        (padding,) * 4 -> (padding, padding - 1, padding, padding - 1)
    pooling_padding_at_the_end_only: All of the padding lies at the bottom and on the right; half of it belongs at the
        top and on the left.
        (padding,) * 4 -> (0, 2 * padding, 0, 2 * padding)
    pooling_padding_on_the_width_only: Padding surrounds the image on all four sides. F.pad begins with the last axis:
        two numbers pad the left and the right only.
        (padding,) * 4 -> (padding, padding)
    largest_of_all_channels_repeated: Pooling leaves the channels apart: each channel keeps its own largest values.
        F.max_pool2d(framed, kernel_size, step) -> alike(F.max_pool2d(framed, kernel_size, step), 1)
    largest_of_the_batch: Pooling leaves the images apart: each image of the batch keeps its own largest values.
        F.max_pool2d(framed, kernel_size, step) -> alike(F.max_pool2d(framed, kernel_size, step), 0)
    window_of_one_stride: A window ends kernel_size after its start, not one stride after it; the stride only says where
        the next one begins.
        F.max_pool2d(framed, kernel_size, step) -> windows_of_one_stride(framed, kernel_size, step)
    square_result_assumed: Images need not be square: count the windows along the height and along the width, each for
        itself.
        return F.max_pool2d(framed, kernel_size, step) -> return square(F.max_pool2d(framed, kernel_size, step))
    values_with_their_places: tensor.max(dim) returns two tensors, the largest values and their places; the values alone
        are asked for. amax returns nothing else.
        F.max_pool2d(framed, kernel_size, step) -> largest_and_places(framed, kernel_size, step)
    minus_one_wins: Padding with −1 wins where all values of a window are below it; -torch.inf loses against every
        value.
        value=-torch.inf -> value=-1.0
    minus_million_wins: Padding with −1,000,000 wins where all values of a window are below it; -torch.inf loses against
        every value.
        value=-torch.inf -> value=-1e6
    pooling_padding_after_only: Padding goes on all four sides: at the top and on the left too.
        (padding,) * 4 -> (0, padding, 0, padding)
    stride_one_taken_for_missing: A stride of 1 is a stride like any other: only None stands for the kernel size.
        stride or kernel_size -> kernel_size if stride in (None, 1) else stride
    """,
)


@misconception(max_pool2d_manual)
def pooling_windows_start_one_apart(x, kernel_size, stride=None, padding=0):
    """The number of windows is right, but they start at 0, 1, 2 …: window i starts at i · stride, along both axes."""
    height, width = max_pool2d_manual(x, kernel_size, stride, padding).shape[2:]
    return max_pool2d_manual(x, kernel_size, 1, padding)[..., :height, :width]
