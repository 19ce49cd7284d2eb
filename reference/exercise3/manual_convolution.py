"""Manual convolution and pooling"""

import numpy as np
import torch
import torch.nn.functional as F

from autograder.author import case, check, misconception, reference

from .output_size import pair

CONVOLUTIONS = (
    *("conv1d", "conv2d", "conv3d", "conv_tbc", "convolution", "_convolution", "mkldnn_convolution"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "slow_conv_transpose2d", "slow_conv_transpose3d"),
    *("_slow_conv2d_forward", "_convolution_pointwise", "convolution_backward", "convolution_overrideable"),
    *("conv2d_run", "conv2d_prepack", "conv2d_clamp_run", "conv2d_clamp_prepack"),
    *("thnn_conv2d", "slow_conv3d", "slow_conv_dilated2d", "slow_conv_dilated3d", "_nnpack_spatial_convolution"),
)
CONVOLUTION = "N C H W, O C h w, O -> N O P Q"
POOLINGS = tuple(
    f"{kind}_max_pool{axes}d{ending}".removeprefix("_")
    for kind in ("", "adaptive", "fractional", "mkldnn", "quantized")
    for axes in (1, 2, 3)
    for ending in ("", "_with_indices")
)


def image(*rows):
    """One grey image (1, 1, H, W), or one kernel, from its rows."""
    return np.array(rows, dtype=np.float32)[None, None]


def whole(draw, *shape, low=-3, high=3):
    """Small whole numbers, whose products and sums are exact in every order."""
    return draw.integers(low, high, *shape).astype(np.float32)


CHECKERBOARD = image([1, 0, 1, 0, 1], [0, 1, 0, 1, 0], [1, 0, 1, 0, 1], [0, 1, 0, 1, 0], [1, 0, 1, 0, 1])
X_KERNEL = image([1, 0, 1], [0, 1, 0], [1, 0, 1])
BRIGHT_SQUARE = np.pad(np.ones((2, 2), np.float32), 2)
SOBEL = image([-1, 0, 1], [-2, 0, 2], [-1, 0, 1])


@reference(points=10, forbids=CONVOLUTIONS)
def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Compute one output value by hand: which values of x meet which values of the kernel, and what becomes of the
    products?

    Pad first. A window begins at the position times the stride and takes every dilation-th value; multiply it with a
    kernel, and sum over channel, row and column. Loops will do; a tensor of all windows and one sum of products is
    faster.

    In the chapter: the X kernel on the checkerboard, whose result is 5 0 5 / 0 5 0 / 5 0 5. In the documentation:
    torch.nn.Conv2d, and torch.nn.Unfold for the windows.
    """
    return F.conv2d(x, weight, bias, stride, padding, dilation)


@check(conv2d_manual, points=1.5, picture=CONVOLUTION)
def one_channel(draw):
    """The kernel slides over the image as it is, without a flip"""
    yield case(np.arange(12, dtype=np.float32).reshape(1, 1, 3, 4), image([1, 2], [0, -1]))
    yield case(CHECKERBOARD, X_KERNEL)
    yield case(BRIGHT_SQUARE[None, None], SOBEL)
    yield case(whole(draw, 1, 1, 5, 7), whole(draw, 1, 1, 3, 3))


@check(conv2d_manual, points=2, picture=CONVOLUTION)
def batch_and_channels(draw):
    """Each output channel sums over all input channels, for every image"""
    yield case(whole(draw, 1, 3, 4, 5), whole(draw, 2, 3, 3, 3))
    yield case(whole(draw, 3, 2, 5, 4), whole(draw, 4, 2, 2, 2))
    yield case(whole(draw, 2, 3, 5, 6), whole(draw, 4, 3, 3, 3))


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def bias_per_output_channel(draw):
    """Each output channel adds its own bias"""
    yield case(whole(draw, 2, 3, 4, 5), whole(draw, 2, 3, 3, 3), np.float32([10, -20]))
    yield case(whole(draw, 2, 2, 5, 4), whole(draw, 3, 2, 3, 3), bias=whole(draw, 3, low=5, high=30) / 4)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def strided(draw):
    """Stride moves the kernel that far along both axes"""
    yield case(whole(draw, 2, 1, 7, 9), whole(draw, 3, 1, 3, 3), stride=2)
    yield case(whole(draw, 2, 3, 6, 8), whole(draw, 2, 3, 3, 3), stride=2)
    yield case(whole(draw, 2, 3, 9, 11), whole(draw, 2, 3, 3, 3), stride=3)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def padded(draw):
    """Padding puts zeros on all four sides"""
    yield case(whole(draw, 2, 1, 4, 5), whole(draw, 3, 1, 3, 3), padding=1)
    yield case(whole(draw, 2, 3, 5, 4), whole(draw, 2, 3, 3, 3), padding=2)
    yield case(whole(draw, 2, 3, 2, 3), whole(draw, 2, 3, 5, 5), padding=2)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def rectangular(draw):
    """Height and width have settings of their own"""
    yield case(whole(draw, 2, 3, 6, 5), whole(draw, 4, 3, 2, 3))
    yield case(whole(draw, 2, 3, 5, 6), whole(draw, 4, 3, 3, 3), padding=(0, 2))
    yield case(whole(draw, 2, 3, 8, 9), whole(draw, 4, 3, 3, 2), stride=(3, 2), padding=(2, 1))


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def dilated(draw):
    """Dilation spreads the kernel's values apart along both axes"""
    yield case(whole(draw, 2, 1, 6, 8), whole(draw, 3, 1, 3, 3), dilation=2)
    yield case(whole(draw, 2, 3, 8, 9), whole(draw, 2, 3, 3, 3), dilation=3)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def all_together(draw):
    """All settings work together in one call"""
    geometry = {"stride": (2, 3), "padding": (1, 2), "dilation": (3, 2)}
    yield case(whole(draw, 2, 3, 9, 8), whole(draw, 4, 3, 3, 2), whole(draw, 4, low=1, high=9), **geometry)
    yield case(whole(draw, 3, 2, 10, 7), whole(draw, 3, 2, 2, 3), whole(draw, 3, low=1, high=9), 2, (2, 3), 2)


@check(conv2d_manual, points=0.5)
def inputs_unchanged(draw):
    """The image, the kernels and the biases stay as they are"""
    yield case(whole(draw, 1, 1, 4, 5), whole(draw, 1, 1, 3, 3)).given(watch=["x", "weight"])
    yield case(whole(draw, 1, 1, 5, 4), whole(draw, 1, 1, 2, 2)).given(watch=["x", "weight"])
    three = whole(draw, 1, 1, 4, 5), whole(draw, 2, 1, 3, 2), whole(draw, 2, low=1, high=9)
    yield case(*three).given(watch=["x", "weight", "bias"], report=["after"])


@misconception(conv2d_manual)
def kernel_flipped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Deep learning's convolution is a cross-correlation: the kernel is not flipped."""
    return conv2d_manual(x, weight.flip(2, 3), bias, stride, padding, dilation)


@misconception(conv2d_manual)
def kernel_transposed(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The kernel is (height, width) like the image: its rows lie along the image's rows."""
    return conv2d_manual(x, weight.transpose(2, 3), bias, stride, padding, dilation)


@misconception(conv2d_manual)
def maps_transposed(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The result is (N, C_out, H_out, W_out): its height comes before its width."""
    return conv2d_manual(x, weight, bias, stride, padding, dilation).transpose(2, 3)


@misconception(conv2d_manual)
def first_input_channel_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """A kernel spans all input channels, and an output value sums over every one of them."""
    return conv2d_manual(x[:, :1], weight[:, :1], bias, stride, padding, dilation)


@misconception(conv2d_manual)
def input_channels_not_summed(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The maps of the input channels are summed into one map for each output channel."""
    channels = zip(x.split(1, 1), weight.split(1, 1), strict=True)
    return torch.stack([conv2d_manual(*both, bias, stride, padding, dilation) for both in channels], 2)


@misconception(conv2d_manual)
def input_channels_averaged(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The input channels are summed, not averaged; the weights take care of the scale."""
    return conv2d_manual(x, weight / x.shape[1], bias, stride, padding, dilation)


@misconception(conv2d_manual)
def first_image_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """A batch holds several images, and each of them has maps of its own in the result."""
    return conv2d_manual(x[:1], weight, bias, stride, padding, dilation)


@misconception(conv2d_manual)
def bias_left_out(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """If a bias is given, each output channel adds its own to all of its values."""
    return conv2d_manual(x, weight, None, stride, padding, dilation)


@misconception(conv2d_manual)
def bias_for_each_input_channel(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The bias is added once, after the sum over the input channels."""
    total = None if bias is None else bias * x.shape[1]
    return conv2d_manual(x, weight, total, stride, padding, dilation)


@misconception(conv2d_manual)
def first_bias_for_all(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Each output channel has a bias of its own; bias[o] belongs to channel o."""
    shared = None if bias is None else bias[:1].expand_as(bias)
    return conv2d_manual(x, weight, shared, stride, padding, dilation)


@misconception(conv2d_manual)
def stride_left_out(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """With stride s the kernel stops at every s-th position only."""
    return conv2d_manual(x, weight, bias, 1, padding, dilation)


@misconception(conv2d_manual)
def windows_start_one_apart(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The number of windows is right, but they start at 0, 1, 2 …: window i starts at i · stride, along both axes."""
    height, width = conv2d_manual(x, weight, bias, stride, padding, dilation).shape[2:]
    return conv2d_manual(x, weight, bias, 1, padding, dilation)[..., :height, :width]


@misconception(conv2d_manual)
def stride_on_the_height_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The stride holds along the width as well as along the height."""
    return conv2d_manual(x, weight, bias, (pair(stride)[0], 1), padding, dilation)


@misconception(conv2d_manual)
def padding_ignored(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Padding puts zeros around the image before the kernel slides over it."""
    return conv2d_manual(x, weight, bias, stride, 0, dilation)


@misconception(conv2d_manual)
def padding_before_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Zeros are added on all four sides: at the bottom and on the right too."""
    top, left = pair(padding)
    return conv2d_manual(F.pad(x, (left, 0, top, 0)), weight, bias, stride, 0, dilation)


@misconception(conv2d_manual)
def padding_on_the_height_only(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Padding surrounds the image: along the width as well as along the height."""
    return conv2d_manual(x, weight, bias, stride, (pair(padding)[0], 0), dilation)


@misconception(conv2d_manual)
def padding_axes_swapped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The height's padding lies left and right, and the width's at the top and the bottom. F.pad begins with the last
    axis: first left and right, then top and bottom."""
    return conv2d_manual(x, weight, bias, stride, pair(padding)[::-1], dilation)


@misconception(conv2d_manual)
def border_repeated(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Padding consists of zeros here, not of copies of the border."""
    top, left = pair(padding)
    framed = F.pad(x, (left, left, top, top), mode="replicate")
    return conv2d_manual(framed, weight, bias, stride, 0, dilation)


@misconception(conv2d_manual)
def dilation_not_used(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """With dilation d the kernel's values meet every d-th pixel, so that the kernel covers a larger
    window."""
    return conv2d_manual(x, weight, bias, stride, padding)


@misconception(conv2d_manual)
def pairs_as_width_and_height(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """A pair is (height, width), in the order of the axes of the tensor."""
    geometry = (pair(setting)[::-1] for setting in (stride, padding, dilation))
    return conv2d_manual(x, weight, bias, *geometry)


@misconception(conv2d_manual)
def heights_for_both(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """Height and width have settings of their own where a pair is given."""
    geometry = (pair(setting)[0] for setting in (stride, padding, dilation))
    return conv2d_manual(x, weight, bias, *geometry)


@misconception(conv2d_manual)
def last_position_missing(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The kernel also stops at the last row and column where it still fits."""
    return conv2d_manual(x, weight, bias, stride, padding, dilation)[..., :-1, :-1]


@misconception(conv2d_manual)
def negative_values_clipped(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """A convolution can be negative. The lecture notes show Sobel-x of a bright square without negative values,
    but its rows are 1 1 −1 −1 and 3 3 −3 −3."""
    return conv2d_manual(x, weight, bias, stride, padding, dilation).relu()


@misconception(conv2d_manual)
def checkerboard_of_the_notes(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The lecture notes give 4 3 4 / 3 4 3 / 4 3 4 for the X kernel on the checkerboard. Counting the ones
    that meet gives 5 0 5 / 0 5 0 / 5 0 5: all five or none."""
    if x.shape == (1, 1, 5, 5) and torch.equal(x, torch.from_numpy(CHECKERBOARD)):
        return torch.from_numpy(image([4, 3, 4], [3, 4, 3], [4, 3, 4]))
    return conv2d_manual(x, weight, bias, stride, padding, dilation)


@misconception(conv2d_manual)
def bright_square_of_the_notes(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The lecture notes give 0 1 1 0 / 0 2 2 0 / 0 2 2 0 / 0 1 1 0 for Sobel-x of the bright square. Its left edge
    answers with 1 3 3 1 in two columns, and its right edge with the negative of that: the rows are 1 1 −1 −1 and 3 3 −3
    −3."""
    if x.shape == (1, 1, 6, 6) and torch.equal(x[0, 0], torch.from_numpy(BRIGHT_SQUARE)):
        return torch.from_numpy(image([0, 1, 1, 0], [0, 2, 2, 0], [0, 2, 2, 0], [0, 1, 1, 0]))
    return conv2d_manual(x, weight, bias, stride, padding, dilation)


@misconception(conv2d_manual)
def image_overwritten(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """A slice of a tensor is a view: what changes it in place changes the image, and the neighbouring
    windows."""
    top, left = pair(padding)
    framed = F.pad(x, (left, left, top, top)) if padding else x
    output = torch.zeros_like(conv2d_manual(x, weight, bias, stride, padding, dilation))
    dilations, strides, (height, width) = pair(dilation), pair(stride), weight.shape[2:]
    for n, o, i, j in np.ndindex(output.shape):
        rows = slice(i * strides[0], i * strides[0] + (height - 1) * dilations[0] + 1, dilations[0])
        columns = slice(j * strides[1], j * strides[1] + (width - 1) * dilations[1] + 1, dilations[1])
        output[n, o, i, j] = framed[n, :, rows, columns].mul_(weight[o]).sum()
    return output if bias is None else output + bias.view(-1, 1, 1)


@reference(points=5, forbids=POOLINGS)
def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    """What is different from a convolution? And what must padding never be, whatever the values are?

    Pad with a number that loses against every other one. Cut out the windows as for the convolution, and keep the
    largest value of each, in every channel for itself.

    In the chapter: the 4×4 example of max pooling; its last value is 5. In the documentation: torch.nn.MaxPool2d.
    """
    return F.max_pool2d(x, kernel_size, stride, padding)


@check(max_pool2d_manual, points=1.5)
def largest_of_each_window(draw):
    """Each window keeps its largest value, in every channel on its own"""
    yield case(image([1, 3, 2, 4], [5, 2, 1, 3], [7, 1, 4, 2], [3, 6, 5, 1]), 2)
    yield case(whole(draw, 2, 3, 6, 4, low=0, high=9), 2)
    yield case(whole(draw, 2, 3, 6, 9, low=0, high=9), 3)


@check(max_pool2d_manual, points=1)
def pooling_stride(draw):
    """Windows may overlap or leave gaps, as the stride says"""
    yield case(whole(draw, 2, 3, 7, 9, low=0, high=9), 3, stride=2)
    yield case(whole(draw, 2, 3, 4, 6, low=0, high=9), 2, stride=1)
    yield case(whole(draw, 2, 3, 8, 5, low=0, high=9), 2, stride=3)


@check(max_pool2d_manual, points=1)
def incomplete_windows(draw):
    """A window that does not fit is left out"""
    yield case(whole(draw, 2, 3, 5, 7, low=0, high=9), 2)
    yield case(whole(draw, 2, 3, 8, 10, low=0, high=9), 3)


@check(max_pool2d_manual, points=1)
def padding_never_wins(draw):
    """Padding never wins, even where all values are negative"""
    yield case(whole(draw, 2, 3, 8, 6, low=-9, high=-1), 2, padding=1)
    yield case(whole(draw, 2, 3, 7, 10, low=-9, high=-1), 3, padding=1)
    yield case(whole(draw, 1, 2, 5, 4, low=-9, high=-1) * 2.0**20, 2, padding=1)


@check(max_pool2d_manual, points=0.5)
def pooling_stride_and_padding(draw):
    """Stride and padding work together"""
    yield case(whole(draw, 2, 3, 7, 9, low=1, high=9), 3, stride=2, padding=1)
    yield case(whole(draw, 2, 3, 8, 7, low=1, high=9), 3, 2, 1)


@misconception(max_pool2d_manual)
def mean_for_max(x, kernel_size, stride=None, padding=0):
    """Max pooling keeps the largest value of a window, not the average."""
    return F.avg_pool2d(x, kernel_size, stride, padding)


@misconception(max_pool2d_manual)
def smallest_for_largest(x, kernel_size, stride=None, padding=0):
    """Max pooling keeps the largest value of a window, not the smallest."""
    return -max_pool2d_manual(-x, kernel_size, stride, padding)


@misconception(max_pool2d_manual)
def largest_of_all_channels(x, kernel_size, stride=None, padding=0):
    """Pooling leaves the channels apart: each one is pooled on its own."""
    return max_pool2d_manual(x, kernel_size, stride, padding).amax(1, keepdim=True)


@misconception(max_pool2d_manual)
def first_image_pooled_only(x, kernel_size, stride=None, padding=0):
    """A batch holds several images, and each of them is pooled."""
    return max_pool2d_manual(x[:1], kernel_size, stride, padding)


@misconception(max_pool2d_manual)
def stride_one_by_default(x, kernel_size, stride=None, padding=0):
    """Without a stride the windows lie side by side: the stride is the kernel size, unlike in a
    convolution."""
    return max_pool2d_manual(x, kernel_size, stride or 1, padding)


@misconception(max_pool2d_manual)
def stride_is_the_kernel(x, kernel_size, stride=None, padding=0):
    """The kernel size is only the default of the stride; a stride that is given decides."""
    return max_pool2d_manual(x, kernel_size, None, padding)


@misconception(max_pool2d_manual)
def pooling_windows_start_one_apart(x, kernel_size, stride=None, padding=0):
    """The number of windows is right, but they start at 0, 1, 2 …: window i starts at i · stride, along both axes."""
    height, width = max_pool2d_manual(x, kernel_size, stride, padding).shape[2:]
    return max_pool2d_manual(x, kernel_size, 1, padding)[..., :height, :width]


@misconception(max_pool2d_manual)
def incomplete_windows_kept(x, kernel_size, stride=None, padding=0):
    """Only complete windows count: the size rounds down, as in a convolution."""
    return F.max_pool2d(x, kernel_size, stride, padding, ceil_mode=True)


@misconception(max_pool2d_manual)
def zeros_win(x, kernel_size, stride=None, padding=0):
    """Among negative values a padded zero is the largest. Padding of a max pooling has to lose against every
    value."""
    return max_pool2d_manual(F.pad(x, (padding,) * 4), kernel_size, stride)


@misconception(max_pool2d_manual)
def minus_hundred_wins(x, kernel_size, stride=None, padding=0):
    """Padding with −100 wins where all values of a window are below it; -torch.inf loses against every value."""
    return max_pool2d_manual(F.pad(x, (padding,) * 4, value=-100.0), kernel_size, stride)


@misconception(max_pool2d_manual)
def minus_thousand_wins(x, kernel_size, stride=None, padding=0):
    """Padding with −1000 wins where all values of a window are below it; -torch.inf loses against every value."""
    return max_pool2d_manual(F.pad(x, (padding,) * 4, value=-1000.0), kernel_size, stride)


@misconception(max_pool2d_manual)
def maximum_starts_at_zero(x, kernel_size, stride=None, padding=0):
    """A running maximum that starts at 0 is never below 0, even where a window holds negative values only."""
    return max_pool2d_manual(x, kernel_size, stride, padding).relu()


@misconception(max_pool2d_manual)
def pooling_padding_ignored(x, kernel_size, stride=None, padding=0):
    """Padding puts a frame around the image, so that windows start before its first row and column."""
    return max_pool2d_manual(x, kernel_size, stride)


@misconception(max_pool2d_manual)
def pooling_padding_before_only(x, kernel_size, stride=None, padding=0):
    """Padding goes on all four sides: at the bottom and on the right too."""
    framed = F.pad(x, (padding, 0, padding, 0), value=-torch.inf)
    return max_pool2d_manual(framed, kernel_size, stride)


@misconception(max_pool2d_manual)
def window_reaches_its_neighbour(x, kernel_size, stride=None, padding=0):
    """Windows of size 2 and stride 2 do not overlap. The lecture notes give 6 for the last window of their
    example, but it holds 4 2 / 5 1, so its largest value is 5; the 6 belongs to the window on the left."""
    framed = F.pad(x, (padding + 1, padding, padding, padding), value=-torch.inf)
    return F.max_pool2d(framed, (kernel_size, kernel_size + 1), stride or kernel_size)


@reference(points=2)
def global_avg_pool(x):
    """Which two of the four axes are to vanish?

    Take the mean over both of them at once, and name the axes, so that others of length 1 stay.

    In the chapter: global average pooling, in the place of flattening. In the documentation: torch.nn.AdaptiveAvgPool2d
    with output size 1.
    """
    return x.mean((2, 3))


@check(global_avg_pool, points=1)
def mean_of_each_map(draw):
    """Each map becomes its mean, so (N, C, H, W) becomes (N, C)"""
    yield case(np.arange(24, dtype=np.float32).reshape(2, 3, 2, 2))
    yield case(draw.normal(2, 3, 4, 5))
    yield case(draw.normal(4, 2, 3, 7))


@check(global_avg_pool, points=1)
def axes_of_one(draw):
    """A batch of one image, one channel or one pixel keeps its two axes"""
    yield case(draw.normal(1, 3, 4, 2))
    yield case(draw.normal(4, 1, 2, 5))
    yield case(draw.normal(2, 3, 1, 1))


@misconception(global_avg_pool)
def axes_kept(x):
    """Height and width are averaged away, so two axes are left: (N, C)."""
    return x.mean((2, 3), keepdim=True)


@misconception(global_avg_pool)
def batch_averaged(x):
    """Each image of the batch has averages of its own, so N stays."""
    return x.mean((0, 2, 3))


@misconception(global_avg_pool)
def channels_averaged(x):
    """Each channel has an average of its own, so C stays."""
    return x.mean((1, 2, 3))


@misconception(global_avg_pool)
def one_axis_averaged(x):
    """The average is taken over height and width, not over one of them."""
    return x.mean(3)


@misconception(global_avg_pool)
def maximum_for_average(x):
    """Global average pooling takes the mean of each map, not its largest value."""
    return x.amax((2, 3))


@misconception(global_avg_pool)
def sum_for_average(x):
    """The sum is divided by the number of pixels, so that the result does not depend on the image's size."""
    return x.sum((2, 3))


@misconception(global_avg_pool)
def divided_by_the_squared_height(x):
    """A map has height × width pixels, and the two need not be equal."""
    return x.sum((2, 3)) / x.shape[2] ** 2


@misconception(global_avg_pool)
def all_axes_of_one_removed(x):
    """The result is (N, C) even for one image or one channel: an axis of length 1 is still an axis."""
    return x.mean((2, 3)).squeeze()


LITTLE = 2e-3  # an epsilon under the root, up to 1e-6, is no mistake: it keeps the gradient finite on even ground


def gradients(image):
    """Sobel's gx and gy of an (H, W) image, each (H − 2, W − 2)."""
    kernel = torch.from_numpy(SOBEL).to(image)
    gx, gy = F.conv2d(image[None, None], torch.cat([kernel, kernel.transpose(2, 3)]))[0]
    return gx, gy


@reference(points=3)
def sobel_edges(image):
    """One kernel finds edges in one direction only. What about the others?

    Convolve twice, with Sobel's kernel and with its transpose. The two results are the sides of a right-angled
    triangle, and the strength of the edge is the third. Your own convolution asks for four axes, the image has two.

    In the chapter: Sobel's filter on the bright square. Half of that response is negative, other than printed: its rows
    are 1 1 −1 −1 and 3 3 −3 −3.
    """
    gx, gy = gradients(image)
    return (gx**2 + gy**2).sqrt()


@check(sobel_edges, points=1, atol=LITTLE)
def upright_edges(draw):
    """Values that change from left to right make an edge"""
    for row in [0, 0, 1, 1, 1], [5, 3, 3, 0], whole(draw, 7, low=0, high=9):
        yield case(np.tile(np.float32(row), (4, 1)))


@check(sobel_edges, points=1, atol=LITTLE)
def level_edges(draw):
    """Values that change from top to bottom make an edge"""
    for column in [0, 0, 1, 1, 1], [5, 3, 3, 0], whole(draw, 7, low=0, high=9):
        yield case(np.repeat(np.float32(column), 6).reshape(-1, 6))


@check(sobel_edges, points=1, atol=LITTLE)
def slanted_edges(draw):
    """The strength of an edge is √(gx² + gy²), whatever its direction"""
    yield case(BRIGHT_SQUARE)
    yield case(whole(draw, 6, 5, low=0, high=9))
    yield case(draw.uniform(5, 7))


@misconception(sobel_edges)
def horizontal_gradient_only(image):
    """gx finds edges between left and right only; gy, with the kernel turned, finds those between top and
    bottom."""
    return gradients(image)[0].abs()


@misconception(sobel_edges)
def vertical_gradient_only(image):
    """gy finds edges between top and bottom only; gx, with the kernel turned, finds those between left and
    right."""
    return gradients(image)[1].abs()


@misconception(sobel_edges)
def absolute_gradients_added(image):
    """The two gradients are the sides of a right-angled triangle, and the magnitude is its hypotenuse."""
    gx, gy = gradients(image)
    return gx.abs() + gy.abs()


@misconception(sobel_edges)
def signed_gradients_added(image):
    """Gradients of opposite sign would cancel; squares add up whatever the sign."""
    return sum(gradients(image))


@misconception(sobel_edges)
def root_left_out(image):
    """The magnitude is the root of the sum of squares."""
    gx, gy = gradients(image)
    return gx**2 + gy**2


@misconception(sobel_edges)
def negative_gradients_clipped(image):
    """A change from bright to dark is an edge as well. The lecture notes show a Sobel-x response without
    negative values, but half of the bright square's response is negative: 1 1 −1 −1."""
    gx, gy = (gradient.relu() for gradient in gradients(image))
    return (gx**2 + gy**2).sqrt()


@misconception(sobel_edges)
def zeros_around_the_image(image):
    """Padding with zeros makes edges at the border that are not in the image; without it the result has two
    rows and two columns less."""
    return sobel_edges(F.pad(image, (1, 1, 1, 1)))


@misconception(sobel_edges)
def batch_axes_kept(image):
    """The image is (H, W), so the result has two axes as well."""
    return sobel_edges(image)[None, None]


@misconception(sobel_edges)
def middle_row_not_doubled(image):
    """Sobel's kernel weighs the middle row twice: 1, 2, 1. With 1, 1, 1 it is Prewitt's."""
    kernel = torch.from_numpy(np.sign(SOBEL)).to(image)
    gx, gy = F.conv2d(image[None, None], torch.cat([kernel, kernel.transpose(2, 3)]))[0]
    return (gx**2 + gy**2).sqrt()


@misconception(sobel_edges)
def scaled_to_one(image):
    """The gradients keep their scale: an edge from 0 to 1 gives 4, however strong the other edges are."""
    edges = sobel_edges(image)
    return edges / edges.max()
