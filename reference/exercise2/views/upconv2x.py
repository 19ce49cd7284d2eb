"""upconv2x."""

import numpy as np
import torch.nn.functional as F

from autograder.author import case, changed, check, misconception, mistakes, reference, unchanged

from ..shared import odd, rows

TRANSPOSED = (
    *("conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "slow_conv_transpose2d"),
    *("nn.ConvTranspose1d", "nn.ConvTranspose2d", "nn.ConvTranspose3d"),
)


@reference(points=2, forbids=TRANSPOSED)
def upconv2x(x, weight):
    """One pixel becomes a square of 2 × 2 pixels. Which numbers stand in it?

    The upper left pixels of all squares are a map of their own: x times the upper left weights, summed over the input
    channels. So are the three others. Write each of the four into every second row and column.

    In the documentation: torch.nn.ConvTranspose2d, and torch.einsum for the sums.
    """
    return F.conv_transpose2d(x, weight, stride=2)


def squares(values):
    """Kernels 2×2 that a flip or a transposition leaves as they are, of values (C_in, C_out, 2)."""
    return np.stack([values, values[..., ::-1]], 2)


@check(upconv2x, points=0.75)
def one_square_for_each_value(draw):
    """Each value becomes a 2 × 2 square: the kernel times the value"""
    yield case(rows([1, 10])[None, None], rows([1, 2], [3, 4])[None, None])
    yield case(odd(draw, 1, 1, 3, 2), odd(draw, 1, 1, 2, 2))
    yield case(odd(draw, 1, 1, 2, 4), odd(draw, 1, 1, 2, 2))
    yield case(draw.normal(1, 1, 3, 2), draw.normal(1, 1, 2, 2))


@check(upconv2x, points=0.5)
def one_kernel_for_each_output(draw):
    """Each output channel has kernels of its own"""
    yield case(odd(draw, 1, 1, 2, 3), squares(odd(draw, 1, 3, 2)))
    yield case(odd(draw, 2, 1, 3, 2), squares(odd(draw, 1, 2, 2)))


@check(upconv2x, points=0.5)
def products_of_all_inputs(draw):
    """The products of all input channels are summed"""
    yield case(odd(draw, 1, 3, 2, 3), squares(odd(draw, 3, 1, 2)))
    yield case(odd(draw, 2, 3, 3, 2), squares(odd(draw, 3, 4, 2)))
    yield case(odd(draw, 1, 2, 2, 3), squares(odd(draw, 2, 2, 2)))


@check(upconv2x, points=0.25, ask=changed, compare=unchanged(), needs=one_square_for_each_value)
def enlarged_maps_stay(draw):
    """x and weight stay as they are"""
    yield case(odd(draw, 2, 3, 2, 3), odd(draw, 3, 2, 2, 2))


wrong = mistakes(
    upconv2x,
    """
    kernels_turned: A transposed convolution lays down the kernel as it is, without a flip.
        weight -> weight.flip(2, 3)
    squares_transposed: The rows of the kernel lie along the rows of the result.
        weight -> weight.transpose(2, 3)
    squares_of_equal_values: The four values of a square have weights of their own; this is nearest upsampling.
        weight -> weight[:, :, :1, :1].expand(-1, -1, 2, 2)
    one_input_channel_only: The result sums over all input channels.
        F.conv_transpose2d(x, weight, stride=2) -> F.conv_transpose2d(x[:, :1], weight[:1], stride=2)
    input_channels_averaged_here: The products of the input channels are summed, not averaged.
        weight -> weight / x.shape[1]
    one_output_channel_only: Each output channel has kernels of its own: weight[:, o].
        weight -> weight[:, :1].expand_as(weight)
    one_image_enlarged: A batch holds several images, and each of them is enlarged.
        F.conv_transpose2d(x, weight, stride=2) -> F.conv_transpose2d(x[:1], weight, stride=2)
    squares_overlap: With stride 2 the squares lie side by side: the next one begins two pixels further.
        stride=2 -> stride=1
    weights_as_in_a_convolution: The weight of a transposed convolution is (C_in, C_out, 2, 2): the input channels come
        first, unlike in nn.Conv2d.
        weight -> weight.flatten(0, 1).unflatten(0, (weight.shape[1], weight.shape[0])).transpose(0, 1)
    """,
)


@misconception(upconv2x)
def four_copies_of_the_map(x, weight):
    """Each value's square stays together: the four maps are interleaved, not put side by side."""
    squares = upconv2x(x, weight).unflatten(3, (-1, 2)).unflatten(2, (-1, 2))
    return squares.permute(0, 1, 3, 2, 5, 4).flatten(4, 5).flatten(2, 3)


@misconception(upconv2x)
def values_overwritten(x, weight):
    """x.mul_() changes the maps of the caller; x * number makes new ones."""
    enlarged = upconv2x(x, weight)
    x.mul_(2)
    return enlarged
