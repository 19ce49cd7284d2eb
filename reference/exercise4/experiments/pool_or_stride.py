"""pool_or_stride."""

import torch  # noqa: F401 - in the words of a mistake
from torch import nn

from autograder.author import agrees, case, check, mistakes, reference

from ..probes.networks import module_of_pair, parameters_of_pair


@reference(points=2.25)
def pool_or_stride(channels):
    """Which of the two has parameters, and which one needs padding?

    The first is nn.MaxPool2d. The second is nn.Conv2d with as many output channels as input channels, and with kernel
    size, stride and padding as given. Return both, in this order.

    In the chapter: pooling or strides. In the documentation: torch.nn.MaxPool2d and torch.nn.Conv2d.
    """
    pool = nn.MaxPool2d(2)
    conv = nn.Conv2d(channels, channels, 3, stride=2, padding=1)
    return pool, conv


@check(pool_or_stride, points=0.5, ask=module_of_pair(which=0), compare=agrees())
def first_pools(draw):
    """The first is max pooling 2×2, which rounds odd sizes down"""
    yield case(3).given(inputs=[draw.normal(2, 3, 6, 4)])
    yield case(4).given(inputs=[draw.normal(1, 4, 7, 9)])


@check(pool_or_stride, points=0.5, ask=module_of_pair(which=1), compare=agrees())
def second_halves_even_sizes(draw):
    """The second is a convolution 3×3, stride 2 and padding 1: even sizes"""
    yield case(3).given(inputs=[draw.normal(2, 3, 6, 4)])
    yield case(2).given(inputs=[draw.normal(3, 2, 8, 10)])


@check(pool_or_stride, points=0.5, ask=module_of_pair(which=1), compare=agrees())
def second_rounds_up(draw):
    """The convolution rounds odd sizes up"""
    yield case(4).given(inputs=[draw.normal(1, 4, 7, 9)])
    yield case(1).given(inputs=[draw.normal(2, 1, 5, 3)])


@check(pool_or_stride, points=0.5, ask=parameters_of_pair, counts_with=second_halves_even_sizes)
def only_one_learns(draw):
    """Max pooling has no parameters, the convolution has weights and a bias"""
    yield case(3)
    yield case(5)


@check(pool_or_stride, points=0.25, ask=module_of_pair(which=1), compare=agrees(), counts_with=first_pools)
def channels_are_kept(draw):
    """The channels stay, whatever their number"""
    for channels in 1, 6:
        yield case(channels).given(inputs=[draw.normal(1, channels, 4, 6)])


wrong = mistakes(
    pool_or_stride,
    """
    average_for_max: The first module is max pooling; here the mean of each window is taken.
        nn.MaxPool2d(2) -> nn.AvgPool2d(2)
    pool_of_3: The windows are 2×2: with kernel size 3 the map becomes a third.
        nn.MaxPool2d(2) -> nn.MaxPool2d(3)
    pool_with_ceil: Max pooling rounds down here: without ceil_mode=True.
        nn.MaxPool2d(2) -> nn.MaxPool2d(2, ceil_mode=True)
    pool_with_overlap: With stride 1 the windows overlap and the map is hardly smaller: the stride is 2 by default.
        nn.MaxPool2d(2) -> nn.MaxPool2d(2, 1)
    convolution_keeps_the_size: Stride 2 halves the map; with stride 1 it keeps its size.
        stride=2 -> stride=1
    convolution_without_padding: Without padding the map becomes smaller than half: padding=1 gives ceil(H / 2).
        padding=1 ->
    convolution_of_2: The kernel size is 3, with padding 1; a kernel of 2 rounds odd sizes down.
        nn.Conv2d(channels, channels, 3, stride=2, padding=1) -> nn.Conv2d(channels, channels, 2, stride=2)
    channels_doubled: Both modules keep the channels.
        nn.Conv2d(channels, channels, 3, stride=2, padding=1) -> nn.Conv2d(channels, 2 * channels, 3, 2, 1)
    each_channel_by_itself: groups=channels lets each channel see only itself; here every filter sees all channels.
        padding=1 -> padding=1, groups=channels
    convolution_bias_left_out: The convolution has a bias: bias=False leaves it out.
        padding=1 -> padding=1, bias=False
    convolution_comes_first: The result is the pair (pool, conv), in this order.
        return pool, conv -> return conv, pool
    """,
)
