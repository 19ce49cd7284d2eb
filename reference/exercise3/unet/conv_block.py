"""ConvBlock."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import agrees, case, check, forward, gradients, misconception, parameters, reference


@reference(points=3)
class ConvBlock(nn.Sequential):
    """Six layers in a row, and three kinds of them: in which order?

    Convolution, BatchNorm, ReLU, and the same again. The first convolution changes the number of channels, the second
    keeps it, and padding keeps the size.

    In the chapter: the double convolution of the U-Net. In the documentation: torch.nn.BatchNorm2d.
    """

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


@check(ConvBlock, points=1, ask=forward)
def block_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU, twice; height and width stay"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))
    yield case(in_channels=4, out_channels=2).on(draw.normal(1, 4, 5, 9))
    yield case(3, 3).on(draw.normal(2, 3, 5, 4))


@check(ConvBlock, points=0.5, ask=parameters, counts_with=block_in_eval_mode)
def block_parameters(draw):
    """Two convolutions with bias and two BatchNorms hold the parameters"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))


@check(ConvBlock, points=1, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def block_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).on(draw.normal(4, 3, 6, 7))


@check(ConvBlock, points=0.5, ask=gradients, counts_with=block_in_eval_mode)
def block_learns(draw):
    """The gradient reaches every parameter"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))


@misconception(ConvBlock)
class one_convolution(nn.Sequential):
    """The block holds two convolutions, the second from out_channels to out_channels."""

    def __init__(self, in_channels, out_channels):
        super().__init__(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU())


@misconception(ConvBlock)
class block_without_batchnorm(nn.Sequential):
    """Each convolution of the block is followed by a BatchNorm, before the ReLU."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class batchnorm_without_weight_and_bias(nn.Sequential):
    """Each BatchNorm has a weight and a bias for each channel, which it learns; affine=False leaves them out."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels, affine=False),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels, affine=False),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class relu_before_batchnorm(nn.Sequential):
    """The order is convolution, BatchNorm, ReLU: the normalisation comes before the nonlinearity."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.BatchNorm2d(out_channels),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.BatchNorm2d(out_channels),
        )


@misconception(ConvBlock)
class block_without_gradients(ConvBlock.right):
    """torch.no_grad() belongs around an evaluation, not into forward: no parameter of the block could learn."""

    @torch.no_grad()
    def forward(self, x):
        return super().forward(x)


@misconception(ConvBlock)
class last_relu_missing(nn.Sequential):
    """Both convolutions are followed by BatchNorm and ReLU, the second one too."""

    def __init__(self, in_channels, out_channels):
        super().__init__(*list(ConvBlock(in_channels, out_channels))[:-1])


@misconception(ConvBlock)
class convolutions_without_bias(nn.Sequential):
    """The exercise counts the biases: leave bias=True, although BatchNorm would make them superfluous."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class one_batchnorm_for_both(nn.Module):
    """Each convolution has a BatchNorm of its own, since its channels have statistics of their own; here one BatchNorm
    serves both."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.first = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(out_channels)
        self.second = nn.Conv2d(out_channels, out_channels, 3, padding=1)

    def forward(self, x):
        return F.relu(self.norm(self.second(F.relu(self.norm(self.first(x))))))


@misconception(ConvBlock)
class shortcut_where_the_channels_agree(ConvBlock.right):
    """A ConvBlock has no shortcut, not even where in_channels equals out_channels: adding the input is the
    ResidualBlock's way."""

    def forward(self, x):
        y = super().forward(x)
        return y + x if y.shape == x.shape else y


@misconception(ConvBlock)
class one_convolution_where_the_channels_agree(nn.Sequential):
    """The block holds two convolutions also where in_channels equals out_channels: the first one does more than to
    change the number of channels."""

    def __init__(self, in_channels, out_channels):
        layers = list(ConvBlock(in_channels, out_channels))
        super().__init__(*layers[3 * (in_channels == out_channels) :])


@misconception(ConvBlock)
class block_without_padding(nn.Sequential):
    """padding=1 keeps height and width; without it each 3×3 convolution takes 2 away and the skips no longer fit."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )
