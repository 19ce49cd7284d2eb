"""ConvBlock."""

from functools import partial

import torch
from torch import nn

from autograder.author import (
    agrees,
    case,
    changed,
    check,
    forward,
    gradients,
    misconception,
    mistakes,
    parameters,
    reference,
    unchanged,
)


@reference(points=3)
class ConvBlock(nn.Sequential):
    """Six layers in a row, and three kinds of them: in which order?

    Convolution, BatchNorm, ReLU, and the same again. The first convolution changes the number of channels, the second
    keeps it, and padding keeps the size.

    In the chapter: the double convolution of the U-Net. In the documentation: torch.nn.BatchNorm2d.
    """

    def __init__(self, in_channels, out_channels):
        conv, norm, relu = partial(nn.Conv2d, kernel_size=3, padding=1), nn.BatchNorm2d, nn.ReLU
        first = conv(in_channels, out_channels), norm(out_channels), relu()
        second = conv(out_channels, out_channels), norm(out_channels), relu()
        super().__init__(*first, *second)


@check(ConvBlock, points=0.75, ask=forward)
def block_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU, twice; height and width stay"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))
    yield case(in_channels=4, out_channels=2).on(draw.normal(1, 4, 5, 9))
    yield case(3, 3).on(draw.normal(2, 3, 5, 4))


@check(ConvBlock, points=0.5, ask=parameters, counts_with=block_in_eval_mode)
def block_parameters(draw):
    """Two convolutions with bias and two BatchNorms hold the parameters"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))


@check(ConvBlock, points=0.5, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def block_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).on(draw.normal(4, 3, 6, 7))


@check(ConvBlock, points=0.75, ask=gradients, counts_with=block_in_eval_mode)
def block_learns(draw):
    """The gradient reaches every parameter"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))


@check(ConvBlock, points=0.5, ask=changed, compare=unchanged(), counts_with=block_in_eval_mode)
def block_changes_nothing(draw):
    """Eval mode changes no input and no statistics; no random seed is set"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))


wrong = mistakes(
    ConvBlock,
    """
    block_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the script
        that trains, and not in a block.
        super().__init__(*first, *second) -> super().__init__(*first, *second); torch.manual_seed(0)
    one_convolution: The block holds two convolutions, the second from out_channels to out_channels.
        super().__init__(*first, *second) -> super().__init__(*first)
    block_without_batchnorm: Each convolution of the block is followed by a BatchNorm, before the ReLU.
        nn.BatchNorm2d -> nn.Identity
    batchnorm_without_weight_and_bias: Each BatchNorm has a weight and a bias for each channel, which it learns;
        affine=False leaves them out.
        nn.BatchNorm2d -> partial(nn.BatchNorm2d, affine=False)
    relu_before_batchnorm: The order is convolution, BatchNorm, ReLU: the normalisation comes before the nonlinearity.
        super().__init__(*first, *second) -> super().__init__(*first[::2], first[1], *second[::2], second[1])
    last_relu_missing: Both convolutions are followed by BatchNorm and ReLU, the second one too.
        super().__init__(*first, *second) -> super().__init__(*first, *second[:-1])
    convolutions_without_bias: The exercise counts the biases: leave bias=True, although BatchNorm would make them
        superfluous.
        partial(nn.Conv2d, kernel_size=3, padding=1) -> partial(nn.Conv2d, kernel_size=3, padding=1, bias=False)
    one_batchnorm_for_both: Each convolution has a BatchNorm of its own, since its channels have statistics of their
        own; here one BatchNorm serves both.
        super().__init__(*first, *second) -> super().__init__(*first, second[0], first[1], second[2])
    one_convolution_where_the_channels_agree: The block holds two convolutions also where in_channels equals
        out_channels: the first one does more than to change the number of channels.
        super().__init__(*first, *second) -> super().__init__(*first[: 3 * (in_channels != out_channels)], *second)
    block_without_padding: padding=1 keeps height and width; without it each 3×3 convolution takes 2 away and the skips
        no longer fit.
        padding=1 -> padding=0
    block_first_relu_missing: Both convolutions are followed by BatchNorm and ReLU, the first one too.
        super().__init__(*first, *second) -> super().__init__(*first[:2], *second)
    relu_before_the_second_batchnorm: The order is convolution, BatchNorm, ReLU both times: in the second round the ReLU
        comes before the BatchNorm.
        super().__init__(*first, *second) -> super().__init__(*first, *second[::2], second[1])
    second_convolution_without_padding: Both convolutions have padding=1, so that height and width stay; here the second
        one takes 2 away.
        conv(out_channels, out_channels) -> conv(out_channels, out_channels, padding=0)
    """,
)


@misconception(ConvBlock)
class block_without_gradients(ConvBlock.right):
    """torch.no_grad() belongs around an evaluation, not into forward: no parameter of the block could learn."""

    @torch.no_grad()
    def forward(self, x):
        return super().forward(x)


@misconception(ConvBlock)
class shortcut_where_the_channels_agree(ConvBlock.right):
    """A ConvBlock has no shortcut, not even where in_channels equals out_channels: adding the input is the
    ResidualBlock's way."""

    def forward(self, x):
        y = super().forward(x)
        return y + x if y.shape == x.shape else y
