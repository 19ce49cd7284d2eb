"""ResidualBlock."""

from functools import partial

import torch
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    changed,
    check,
    forward,
    gradients,
    mistakes,
    parameters,
    reference,
    unchanged,
)


@reference(points=5)
class ResidualBlock(nn.Module):
    """Write down the shapes of the two summands. When can x be added as it is?

    Decide in the constructor: the shortcut is the identity where stride and channels keep the shape, else a small
    convolution with the same stride, and its BatchNorm. Then forward is one line: both paths, their sum, ReLU.

    In the chapter: residual connections. It is figure 2 of He, Zhang, Ren and Sun (2015).
    """

    bias = projection_bias = True

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        # The shortcut is registered before the main path and used after it, so that either order of a student's is
        # covered.
        self.shortcut = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            projection = nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride, bias=self.projection_bias)
            self.shortcut = nn.Sequential(projection, nn.BatchNorm2d(out_channels))
        conv = partial(nn.Conv2d, padding=1, bias=self.bias)
        self.conv1 = conv(in_channels, out_channels, 3, stride)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = conv(out_channels, out_channels, 3)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        inside = torch.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(inside))
        return torch.relu(y + self.shortcut(x))


@alternative(ResidualBlock)
class NoBias(ResidualBlock.right):
    bias = projection_bias = False


@alternative(ResidualBlock)
class BiasInTheMainPath(ResidualBlock.right):
    projection_bias = False


@alternative(ResidualBlock)
class BiasInTheShortcut(ResidualBlock.right):
    bias = False


@check(ResidualBlock, points=1, ask=forward)
def identity_shortcut(draw):
    """Where shapes agree, the input itself is added before the last ReLU"""
    # with the weights of seed 7 the ReLU in between always changes something
    yield case(3, 3).on(draw.normal(2, 3, 6, 5)).given(seed=7)
    yield case(in_channels=4, out_channels=4, stride=1).on(draw.normal(1, 4, 3, 7)).given(seed=7)


@check(ResidualBlock, points=0.75, ask=forward, picture="stages")
def other_channels(draw):
    """With other channels the shortcut is a 1×1 convolution and a BatchNorm"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 5))
    yield case(4, 2).on(draw.normal(1, 4, 5, 7))


@check(ResidualBlock, points=0.75, ask=forward, picture="stages")
def strided_block(draw):
    """The first convolution has the stride, and so has the shortcut"""
    yield case(3, 5, stride=2).on(draw.normal(2, 3, 6, 8))
    yield case(4, 4, 2).on(draw.normal(1, 4, 5, 7))
    yield case(2, 3, 3).on(draw.normal(1, 2, 8, 7))


@check(ResidualBlock, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def residual_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).on(draw.normal(4, 3, 6, 5))


@check(
    ResidualBlock,
    points=0.25,
    ask=forward(gradients=True, report=["gradient of the input"]),
    compare=agrees(rtol=1e-4),
    needs=identity_shortcut,
)
def gradient_takes_the_shortcut(draw):
    """The gradient flows back through the shortcut as well"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))


@check(ResidualBlock, points=0.75, ask=parameters, counts_with=identity_shortcut)
def residual_parameters(draw):
    """Two convolutions and BatchNorms; a third pair only where shapes differ"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))
    yield case(3, 5, 2).on(draw.normal(2, 3, 4, 6))


@check(ResidualBlock, points=0.75, ask=gradients, counts_with=identity_shortcut)
def all_of_the_block_learns(draw):
    """The gradient reaches every parameter; an identity has none"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))
    yield case(3, 5, 2).on(draw.normal(2, 3, 4, 6))


@check(ResidualBlock, points=0.5, ask=changed, compare=unchanged(), counts_with=identity_shortcut)
def block_leaves_its_input(draw):
    """The input of the block stays as it is; no random seed is set"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))
    yield case(3, 5, 2).on(draw.normal(2, 3, 4, 6))


def _projected(x, channels, stride):
    """What a shortcut gives whose layers are new in each call."""
    return nn.BatchNorm2d(channels)(nn.Conv2d(x.shape[1], channels, 1, stride)(x))


wrong = mistakes(
    ResidualBlock,
    """
    no_shortcut: Without the shortcut these are two plain convolutions; a residual block adds its input to their output.
        stride != 1 or in_channels != out_channels -> False
        y + self.shortcut(x) -> y
    relu_before_the_sum: The last ReLU comes after the sum. Before it, the main path could only ever add to the input,
        never take away.
        torch.relu(y + self.shortcut(x)) -> torch.relu(y) + self.shortcut(x)
    relu_before_and_after: Between the second BatchNorm and the sum there is no ReLU, so that the main path can take
        away from the input.
        y + self.shortcut(x) -> torch.relu(y) + self.shortcut(x)
    no_relu_after_the_sum: A ReLU follows the sum of main path and shortcut.
        torch.relu(y + self.shortcut(x)) -> y + self.shortcut(x)
    no_relu_in_between: A ReLU lies between the two convolutions; without one they would act like a single one.
        torch.relu(self.bn1(self.conv1(x))) -> self.bn1(self.conv1(x))
    shortcut_concatenated: A residual block adds; concatenating is the U-Net's way and doubles the channels.
        y + self.shortcut(x) -> torch.cat([y, self.shortcut(x)], 1)
    shortcut_from_inside: The shortcut leads from the input of the block to its end; here it starts after the first
        convolution.
        stride != 1 or in_channels != out_channels -> False
        self.shortcut(x) -> inside
    always_projected: Where input and output have the same shape the shortcut is the identity, without weights.
        stride != 1 or in_channels != out_channels -> True
    projection_made_but_not_used: The 1×1 convolution is made even where the shortcut is the identity, and its weights
        never learn.
        stride != 1 or in_channels != out_channels -> True
        self.shortcut(x) -> x if x.shape == y.shape else self.shortcut(x)
    projected_for_channels_only: A stride makes the main path smaller, so the shortcut needs its convolution even if the
        channels stay.
        stride != 1 or in_channels != out_channels -> in_channels != out_channels
    projected_for_strides_only: Other channels need the 1×1 convolution in the shortcut as well as another size does.
        stride != 1 or in_channels != out_channels -> stride != 1
    shortcut_without_batchnorm: The 1×1 convolution of the shortcut is followed by a BatchNorm, like the other two
        convolutions.
        nn.Sequential(projection, nn.BatchNorm2d(out_channels)) -> projection
    shortcut_of_3_by_3: The shortcut's convolution is 1×1: it mixes channels and looks at no neighbours.
        kernel_size=1 -> kernel_size=3
        bias=self.projection_bias -> padding=1
    shortcut_without_stride: The shortcut needs the stride too, or it is larger than the output of the main path.
        stride=stride -> stride=1
    stride_in_the_second_convolution: The first of the two convolutions has the stride; the second one keeps the size.
        conv(in_channels, out_channels, 3, stride) -> conv(in_channels, out_channels, 3)
        conv(out_channels, out_channels, 3) -> conv(out_channels, out_channels, 3, stride)
    stride_in_both_convolutions: Only the first convolution has the stride: with both, the main path shrinks twice and
        no longer fits the shortcut.
        conv(out_channels, out_channels, 3) -> conv(out_channels, out_channels, 3, stride)
    main_path_without_batchnorm: Each of the two convolutions is followed by a BatchNorm.
        self.bn1(self.conv1(x)) -> self.conv1(x)
        self.bn2(self.conv2(inside)) -> self.conv2(inside)
    one_batchnorm_for_both: Each convolution needs a BatchNorm of its own: the two have other means and variances, and
        other weights.
        self.bn2 = nn.BatchNorm2d(out_channels) -> self.bn2 = self.bn1
    one_convolution_only: The main path has two convolutions, the second from out_channels to out_channels.
        conv(out_channels, out_channels, 3) -> nn.Identity()
        self.bn2 = nn.BatchNorm2d(out_channels) -> self.bn2 = nn.Identity()
        torch.relu(self.bn1(self.conv1(x))) -> self.bn1(self.conv1(x))
    convolution_after_the_activation: The order is convolution, BatchNorm, ReLU. BatchNorm and ReLU before each
        convolution are a later variant, the pre-activation block.
        self.conv1 = conv(in_channels, out_channels, 3, stride) -> self.bn1 = nn.BatchNorm2d(in_channels)
        self.bn1 = nn.BatchNorm2d(out_channels) -> self.conv1 = conv(in_channels, out_channels, 3, stride)
        self.conv2 = conv(out_channels, out_channels, 3) -> self.bn2 = nn.BatchNorm2d(out_channels)
        self.bn2 = nn.BatchNorm2d(out_channels) -> self.conv2 = conv(out_channels, out_channels, 3)
        nn.Sequential(projection, nn.BatchNorm2d(out_channels)) -> projection
        torch.relu(self.bn1(self.conv1(x))) -> torch.relu(self.bn2(self.conv1(torch.relu(self.bn1(x)))))
        self.bn2(self.conv2(inside)) -> self.conv2(inside)
        torch.relu(y + self.shortcut(x)) -> y + self.shortcut(x)
    sum_in_place: `x += y` changes the caller's input, which other branches may still need: `y + x` makes a new tensor.
        y + self.shortcut(x) -> self.shortcut(x).add_(y)
    shortcut_detached: detach() keeps the gradient from the shortcut, which is the path that lets deep networks learn.
        self.shortcut(x) -> self.shortcut(x.detach())
    shortcut_filled_with_zeros: Here the new channels of the shortcut are zeros. This exercise projects: a 1×1
        convolution with the stride, and its BatchNorm.
        super().__init__() -> super().__init__(); self.stride, self.more = stride, out_channels - in_channels
        stride != 1 or in_channels != out_channels -> False
        self.shortcut(x) -> nn.functional.pad(x[:, :, :: self.stride, :: self.stride], (0, 0, 0, 0, 0, self.more))
    stride_of_two_for_other_channels: The stride is the argument stride alone: other channels do not make the block
        smaller.
        super().__init__() -> super().__init__(); stride = stride if in_channels == out_channels else 2
    mean_of_both_paths: Main path and shortcut are added, and their sum is not divided by two.
        y + self.shortcut(x) -> (y + self.shortcut(x)) / 2
    projection_made_in_forward: Layers are made once, in __init__. A convolution that forward makes is random in every
        call, and the optimizer never sees it.
        super().__init__() -> super().__init__(); self.stride = stride
        stride != 1 or in_channels != out_channels -> False
        self.shortcut(x) -> x if x.shape == y.shape else _projected(x, y.shape[1], self.stride)
    """,
)
