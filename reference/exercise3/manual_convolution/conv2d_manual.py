"""conv2d_manual."""

import numpy as np
import torch
import torch.nn.functional as F

from autograder.author import case, changed, check, make, misconception, mistakes, reference, unchanged

from ..output_size.conv2d_output_shape import pair
from .shared import BRIGHT_SQUARE, SOBEL, image, symmetric, whole

CONVOLUTIONS = (
    *("conv1d", "conv2d", "conv3d", "conv_tbc", "convolution", "_convolution", "mkldnn_convolution"),
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "slow_conv_transpose2d", "slow_conv_transpose3d"),
    *("_slow_conv2d_forward", "_convolution_pointwise", "convolution_backward", "convolution_overrideable"),
    *("conv2d_run", "conv2d_prepack", "conv2d_clamp_run", "conv2d_clamp_prepack"),
    *("thnn_conv2d", "slow_conv3d", "slow_conv_dilated2d", "slow_conv_dilated3d", "_nnpack_spatial_convolution"),
)
CONVOLUTION = "N C H W, O C h w, O -> N O P Q"
CHECKERBOARD = image([1, 0, 1, 0, 1], [0, 1, 0, 1, 0], [1, 0, 1, 0, 1], [0, 1, 0, 1, 0], [1, 0, 1, 0, 1])
X_KERNEL = image([1, 0, 1], [0, 1, 0], [1, 0, 1])


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
    stride, (top, left), dilation = map(pair, (stride, padding, dilation))
    framed = F.pad(x, (left, left, top, top))
    maps = F.conv2d(framed, weight, stride=stride, dilation=dilation)
    if bias is not None:
        maps = maps + bias.view(-1, 1, 1)
    return maps


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
    yield case(whole(draw, 2, 3, 5, 6), whole(draw, 3, 3, 3, 3))
    yield case(draw.normal(2, 5, 3, 4), draw.normal(4, 5, 2, 2))


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def bias_per_output_channel(draw):
    """Each output channel adds its own bias"""
    yield case(whole(draw, 1, 1, 4, 4), symmetric(draw, 2, 1), np.float32([10, -20]), 1)
    yield case(whole(draw, 1, 1, 7, 7), symmetric(draw, 3, 1), bias=whole(draw, 3, low=5, high=30) / 4, stride=1)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def strided(draw):
    """Stride moves the kernel that far along both axes"""
    yield case(whole(draw, 1, 1, 7, 7), symmetric(draw, 1, 1), stride=2)
    yield case(whole(draw, 1, 1, 8, 8), symmetric(draw, 2, 1), stride=2)
    yield case(whole(draw, 1, 1, 11, 11), symmetric(draw, 2, 1), stride=3)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def padded(draw):
    """Padding puts zeros on all four sides"""
    yield case(whole(draw, 1, 1, 3, 3), symmetric(draw, 1, 1), stride=1, padding=1)
    yield case(whole(draw, 1, 1, 4, 4), symmetric(draw, 2, 1), stride=1, padding=2)
    yield case(whole(draw, 1, 1, 2, 2), symmetric(draw, 2, 1), stride=1, padding=1)


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def rectangular(draw):
    """Height and width have settings of their own"""
    yield case(whole(draw, 2, 3, 6, 5), whole(draw, 4, 3, 2, 3))
    yield case(whole(draw, 2, 3, 5, 6), whole(draw, 4, 3, 3, 3), padding=(0, 2))
    yield case(whole(draw, 2, 3, 8, 9), whole(draw, 4, 3, 3, 2), stride=(3, 2), padding=(2, 1))


@check(conv2d_manual, points=1, picture=CONVOLUTION)
def dilated(draw):
    """Dilation spreads the kernel's values apart along both axes"""
    yield case(whole(draw, 1, 1, 7, 7), symmetric(draw, 1, 1), stride=1, dilation=2)
    yield case(whole(draw, 1, 1, 8, 8), symmetric(draw, 2, 1), stride=1, dilation=3)


@check(conv2d_manual, points=0.75, picture=CONVOLUTION)
def all_together(draw):
    """All settings work together in one call"""
    geometry = {"stride": (2, 3), "padding": (1, 2), "dilation": (3, 2)}
    yield case(whole(draw, 2, 3, 9, 8), whole(draw, 4, 3, 3, 2), whole(draw, 4, low=1, high=9), **geometry)
    yield case(whole(draw, 3, 2, 10, 7), whole(draw, 3, 2, 2, 3), whole(draw, 3, low=1, high=9), 2, (2, 3), 3)
    yield case(whole(draw, 2, 3, 5, 6), whole(draw, 4, 3, 1, 1), None, 2, padding=1)
    yield case(whole(draw, 2, 3, 2, 3), whole(draw, 2, 3, 5, 5), padding=2)
    yield case(whole(draw, 2, 3, 7, 5), whole(draw, 2, 3, 2, 2), stride=3, padding=1)


@check(conv2d_manual, points=0.5)
def tensors_of_any_kind(draw):
    """The image may be a transposed view, the weight a layer's parameter"""
    yield case(make("torch.transpose", whole(draw, 2, 3, 4, 5), 2, 3), whole(draw, 2, 3, 3, 2))
    weight, bias = whole(draw, 2, 3, 2, 3), np.float32([4, -8])
    yield case(whole(draw, 2, 3, 4, 5), make("torch.nn.Parameter", weight), make("torch.nn.Parameter", bias))


@check(conv2d_manual, points=0.25, ask=changed, compare=unchanged(), needs=one_channel)
def inputs_unchanged(draw):
    """The image, the kernels and the biases stay as they are"""
    yield case(whole(draw, 1, 1, 4, 5), whole(draw, 1, 1, 3, 2), whole(draw, 1, low=1, high=9))
    yield case(whole(draw, 1, 2, 4, 5), whole(draw, 2, 2, 3, 3), padding=1)
    yield case(whole(draw, 1, 2, 4, 5), make("torch.nn.Parameter", whole(draw, 2, 2, 1, 1)))


def printed(maps, x, shown, response):
    """What the lecture notes print for the image that they show, and the maps of any other."""
    return torch.tensor([[response]]).float() if torch.equal(x, torch.from_numpy(shown)) else maps


def around(axis, padding, weight, dilation):
    """The padding before and after, one less if the dilated kernel is of even length."""
    even = 1 - (dilation[axis] * (weight.shape[2 + axis] - 1) + 1) % 2
    return padding, padding - even


wrong = mistakes(
    conv2d_manual,
    """
    kernel_flipped: Deep learning's convolution is a cross-correlation: the kernel is not flipped.
        weight -> weight.flip(2, 3)
    kernel_transposed: The kernel is (height, width) like the image: its rows lie along the image's rows.
        weight -> weight.transpose(2, 3)
    maps_transposed: The result is (N, C_out, H_out, W_out): its height comes before its width.
        return maps -> return maps.transpose(2, 3)
    first_input_channel_only: A kernel spans all input channels, and an output value sums over every one of them.
        x -> x[:, :1]
        weight -> weight[:, :1]
    input_channels_averaged: The input channels are summed, not averaged; the weights take care of the scale.
        weight -> weight / x.shape[1]
    first_image_only: A batch holds several images, and each of them has maps of its own in the result.
        x -> x[:1]
    bias_left_out: If a bias is given, each output channel adds its own to all of its values.
        bias is not None -> False
    bias_for_each_input_channel: The bias is added once, after the sum over the input channels.
        bias.view(-1, 1, 1) -> x.shape[1] * bias.view(-1, 1, 1)
    bias_along_the_width: A bias (C_out,) fits the last axis, the width: bias.view(-1, 1, 1) fits the channels.
        bias.view(-1, 1, 1) -> bias
    first_bias_for_all: Each output channel has a bias of its own; bias[o] belongs to channel o.
        bias.view(-1, 1, 1) -> bias[0]
    weight_taken_out_of_the_training: requires_grad_(False) stays after the call, and the layer no longer learns.
        weight.detach() is the same tensor without a gradient, and leaves the layer alone.
        weight -> weight.requires_grad_(False)
    stride_left_out: With stride s the kernel stops at every s-th position only.
        stride=stride ->
    windows_start_one_apart: The number of windows is right, but they start at 0, 1, 2 …: window i starts at i · stride,
        along both axes.
        stride=stride ->
        return maps -> return maps[..., : -(-maps.shape[2] // stride[0]), : -(-maps.shape[3] // stride[1])]
    stride_on_the_height_only: The stride holds along the width as well as along the height.
        stride=stride -> stride=(stride[0], 1)
    padding_ignored: Padding puts zeros around the image before the kernel slides over it.
        F.pad(x, (left, left, top, top)) -> x
    padding_before_only: Zeros are added on all four sides: at the bottom and on the right too.
        (left, left, top, top) -> (left, 0, top, 0)
    padding_on_the_height_only: Padding surrounds the image: along the width as well as along the height.
        (left, left, top, top) -> (0, 0, top, top)
    padding_axes_swapped: The height's padding lies left and right, and the width's at the top and the bottom. F.pad
        begins with the last axis: first left and right, then top and bottom.
        (left, left, top, top) -> (top, top, left, left)
    border_repeated: Padding consists of zeros here, not of copies of the border.
        F.pad(x, (left, left, top, top)) -> F.pad(x, (left, left, top, top), mode="replicate")
    dilation_not_used: With dilation d the kernel's values meet every d-th pixel, so that the kernel covers a larger
        window.
        dilation=dilation ->
    pairs_as_width_and_height: A pair is (height, width), in the order of the axes of the tensor.
        pair -> lambda setting: pair(setting)[::-1]
    heights_for_both: Height and width have settings of their own where a pair is given.
        pair -> lambda setting: pair(pair(setting)[0])
    last_position_missing: The kernel also stops at the last row and column where it still fits.
        return maps -> return maps[..., :-1, :-1]
    negative_values_clipped: A convolution can be negative. The lecture notes show Sobel-x of a bright square without
        negative values, but its rows are 1 1 −1 −1 and 3 3 −3 −3.
        return maps -> return maps.relu()
    checkerboard_of_the_notes: The lecture notes give 4 3 4 / 3 4 3 / 4 3 4 for the X kernel on the checkerboard.
        Counting the ones that meet gives 5 0 5 / 0 5 0 / 5 0 5: all five or none.
        return maps -> return printed(maps, x, CHECKERBOARD, [[4, 3, 4], [3, 4, 3], [4, 3, 4]])
    bright_square_of_the_notes: The lecture notes give 0 1 1 0 / 0 2 2 0 / 0 2 2 0 / 0 1 1 0 for Sobel-x of the bright
        square. Its left edge answers with 1 3 3 1 in two columns, and its right edge with the negative of that: the
        rows are 1 1 −1 −1 and 3 3 −3 −3.
        return maps -> return printed(maps, x, BRIGHT_SQUARE[None, None], np.outer([1, 2, 2, 1], [0, 1, 1, 0]).tolist())
    kernel_flipped_sideways: The kernel is not flipped, also not along its width: its first column meets the first
        column of the window.
        weight -> weight.flip(3)
    kernel_flipped_upside_down: The kernel is not flipped, also not along its height: its first row meets the first row
        of the window.
        weight -> weight.flip(2)
    three_input_channels_only: The number of input channels is not always 3: a kernel spans all channels of the image.
        x -> x[:, :3]
        weight -> weight[:, :3]
    products_averaged: The products of a window are summed, not averaged.
        weight -> weight / weight[0].numel()
    window_and_kernel_in_different_orders: The window and the kernel are flattened in different orders, so that values
        meet the weights of others. Flatten both as (channel, row, column).
        weight -> weight.reshape(len(weight), *weight.shape[2:], -1).movedim(3, 1)
    kernel_cut_to_a_square: Kernels need not be square: rows and columns of the kernel are counted each for itself.
        weight -> weight[:, :, : min(weight.shape[2:]), : min(weight.shape[2:])]
    images_and_channels_mixed: reshape keeps the order of the values in memory: from (C_out, N, …) it does not make
        (N, C_out, …), but mixes images and channels. Move the axes first, with transpose or permute.
        return maps -> return maps.transpose(0, 1).reshape(maps.shape)
    all_biases_for_each: Each output channel adds its own bias, not the sum of all of them.
        bias.view(-1, 1, 1) -> bias.sum()
    first_stride_for_both: The stride can be a pair: its first number is for the height, the second one for the width.
        stride=stride -> stride=stride[0]
    first_dilation_for_both: The dilation can be a pair: its first number is for the height, the second one for the
        width.
        dilation=dilation -> dilation=dilation[0]
    first_padding_for_both: The padding can be a pair: its first number is for the height, the second one for the width.
        (left, left, top, top) -> (top, top, top, top)
    stride_axes_swapped: The first number of the stride belongs to the height, the second one to the width.
        stride=stride -> stride=stride[::-1]
    dilation_axes_swapped: The first number of the dilation belongs to the height, the second one to the width.
        dilation=dilation -> dilation=dilation[::-1]
    padding_on_the_width_only: Padding surrounds the image on all four sides. F.pad begins with the last axis: two
        numbers pad the left and the right only.
        (left, left, top, top) -> (left, left)
    padding_at_the_end_only: All of the padding lies at the bottom and on the right; half of it belongs at the top and
        on the left.
        (left, left, top, top) -> (0, 2 * left, 0, 2 * top)
    padding_doubled: Padding is the number of zeros on each side, so the image grows by 2 · padding along an axis, not
        by twice as much.
        (left, left, top, top) -> (2 * left, 2 * left, 2 * top, 2 * top)
    dilated_kernel_too_long: k values with dilation d span d · (k − 1) + 1 pixels, not d · k: no zeros follow the last
        value.
        (left, left, top, top) -> (left, left - dilation[1] + 1, top, top - dilation[0] + 1)
    even_kernels_lose_a_window: The last window is missing where the dilated kernel is even. Such a kernel has no
        middle: count the places where a window can begin.
        (left, left, top, top) -> (*around(1, left, weight, dilation), *around(0, top, weight, dilation))
    neighbours_taken_from_memory: as_strided counts places in memory, and in a transposed view rows and columns lie in
        another order there. Take the strides from x.stride(), or call contiguous() first.
        x -> x.as_strided(x.shape, torch.empty(x.shape).stride())
    viewed_without_a_copy: view() needs values that lie side by side in memory, and those of a transposed image do not;
        reshape() copies them where that is needed.
        x -> x.view(-1).view(x.shape)
    weight_changed_for_the_caller: The weight belongs to the layer. What changes it in place, or assigns weight.data,
        changes the layer as well. Compute a new tensor.
        weight -> weight.data.mul_(2).div(2)
    stride_on_the_width_only: The stride holds along the height as well as along the width.
        stride=stride -> stride=(1, stride[1])
    dilation_on_the_height_only: Dilation spreads the kernel's values along the width as well as along the height.
        dilation=dilation -> dilation=(dilation[0], 1)
    padding_after_only: Zeros are added on all four sides: at the top and on the left too.
        (left, left, top, top) -> (0, left, 0, top)
    """,
)


@misconception(conv2d_manual)
def input_channels_not_summed(x, weight, bias=None, stride=1, padding=0, dilation=1):
    """The maps of the input channels are summed into one map for each output channel."""
    channels = zip(x.split(1, 1), weight.split(1, 1), strict=True)
    return torch.stack([conv2d_manual(*both, bias, stride, padding, dilation) for both in channels], 2)


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
