"""ResidualBlock."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import agrees, alternative, case, check, forward, gradients, misconception, mistakes, reference

GRADIENTS = ["gradient of the input"]


class _Residual(nn.Module):
    """The block with its decisions left open, so that each variant changes one.

    The shortcut is registered before the main path and used after it, so that either order of a student's is covered.
    """

    bias = shortcut_bias = True
    strides = "first"  # which convolutions of the main path have the stride

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.shortcut = nn.Identity()
        if self.projects(in_channels, out_channels, stride):
            self.shortcut = self.projection(in_channels, out_channels, stride)
        first, second = (stride if self.strides in (name, "both") else 1 for name in ("first", "second"))
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, first, padding=1, bias=self.bias)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, second, padding=1, bias=self.bias)
        self.bn2 = nn.BatchNorm2d(out_channels)

    def projects(self, in_channels, out_channels, stride):
        return stride != 1 or in_channels != out_channels

    def projection(self, in_channels, out_channels, stride):
        conv = nn.Conv2d(in_channels, out_channels, 1, stride, bias=self.shortcut_bias)
        return nn.Sequential(conv, nn.BatchNorm2d(out_channels))

    def main(self, x):
        return self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x))


@reference(points=5)
class ResidualBlock(_Residual):
    """Write down the shapes of the two summands. When can x be added as it is?

    Decide in the constructor: the shortcut is the identity where stride and channels keep the shape, else a small
    convolution with the same stride, and its BatchNorm. Then forward is one line: both paths, their sum, ReLU.

    In the chapter: residual connections. It is figure 2 of He, Zhang, Ren and Sun (2015).
    """


@alternative(ResidualBlock)
class NoBias(_Residual):
    bias = shortcut_bias = False


@alternative(ResidualBlock)
class BiasInTheMainPath(_Residual):
    shortcut_bias = False


@alternative(ResidualBlock)
class BiasInTheShortcut(_Residual):
    bias = False


@check(ResidualBlock, points=1.5, ask=forward)
def identity_shortcut(draw):
    """Where shapes agree, the input itself is added before the last ReLU"""
    yield case(3, 3).on(draw.normal(2, 3, 6, 5))
    yield case(in_channels=4, out_channels=4, stride=1).on(draw.normal(1, 4, 3, 7))


@check(ResidualBlock, points=1, ask=forward, picture="stages")
def other_channels(draw):
    """With other channels the shortcut is a 1×1 convolution and a BatchNorm"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 5))
    yield case(4, 2).on(draw.normal(1, 4, 5, 7))


@check(ResidualBlock, points=1, ask=forward, picture="stages")
def strided_block(draw):
    """The first convolution has the stride, and so has the shortcut"""
    yield case(3, 5, stride=2).on(draw.normal(2, 3, 6, 8))
    yield case(4, 4, 2).on(draw.normal(1, 4, 5, 7))
    yield case(2, 3, 3).on(draw.normal(1, 2, 8, 7))


@check(ResidualBlock, points=0.5, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def residual_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).on(draw.normal(4, 3, 6, 5))


@check(
    ResidualBlock,
    points=0.5,
    ask=forward(gradients=True, report=GRADIENTS),
    compare=agrees(rtol=1e-4),
    needs=identity_shortcut,
)
def gradient_takes_the_shortcut(draw):
    """The gradient flows back through the shortcut as well"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))


@check(ResidualBlock, points=0.5, ask=gradients, needs=identity_shortcut, counts_with=identity_shortcut)
def all_of_the_block_learns(draw):
    """The gradient reaches every parameter; an identity has none"""
    yield case(3, 3).on(draw.normal(2, 3, 4, 5))
    yield case(3, 5, 2).on(draw.normal(2, 3, 4, 6))


@misconception(ResidualBlock)
class no_shortcut(_Residual):
    """Without the shortcut these are two plain convolutions; a residual block adds its input to their output."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        del self.shortcut

    def forward(self, x):
        return F.relu(self.main(x))


@misconception(ResidualBlock)
class relu_before_the_sum(_Residual):
    """The last ReLU comes after the sum. Before it, the main path could only ever add to the input, never take away."""

    def forward(self, x):
        return F.relu(self.main(x)) + self.shortcut(x)


@misconception(ResidualBlock)
class relu_before_and_after(_Residual):
    """Between the second BatchNorm and the sum there is no ReLU, so that the main path can take away from the input."""

    def forward(self, x):
        return F.relu(F.relu(self.main(x)) + self.shortcut(x))


@misconception(ResidualBlock)
class no_relu_after_the_sum(_Residual):
    """A ReLU follows the sum of main path and shortcut."""

    def forward(self, x):
        return self.main(x) + self.shortcut(x)


@misconception(ResidualBlock)
class no_relu_in_between(_Residual):
    """A ReLU lies between the two convolutions; without one they would act like a single one."""

    def main(self, x):
        return self.bn2(self.conv2(self.bn1(self.conv1(x))))


@misconception(ResidualBlock)
class shortcut_concatenated(_Residual):
    """A residual block adds; concatenating is the U-Net's way and doubles the channels."""

    def forward(self, x):
        return F.relu(torch.cat([self.main(x), self.shortcut(x)], 1))


@misconception(ResidualBlock)
class shortcut_from_inside(_Residual):
    """The shortcut leads from the input of the block to its end; here it starts after the first convolution."""

    def projects(self, in_channels, out_channels, stride):
        return False

    def forward(self, x):
        x = F.relu(self.bn1(self.conv1(x)))
        return F.relu(self.bn2(self.conv2(x)) + x)


@misconception(ResidualBlock)
class always_projected(_Residual):
    """Where input and output have the same shape the shortcut is the identity, without weights."""

    def projects(self, in_channels, out_channels, stride):
        return True


@misconception(ResidualBlock)
class projection_made_but_not_used(_Residual):
    """The 1×1 convolution is made even where the shortcut is the identity, and its weights never learn."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        self.unused = self.projection(in_channels, out_channels, stride)
        if not isinstance(self.shortcut, nn.Identity):
            self.unused = self.shortcut


@misconception(ResidualBlock)
class projected_for_channels_only(_Residual):
    """A stride makes the main path smaller, so the shortcut needs its convolution even if the channels stay."""

    def projects(self, in_channels, out_channels, stride):
        return in_channels != out_channels


@misconception(ResidualBlock)
class projected_for_strides_only(_Residual):
    """Other channels need the 1×1 convolution in the shortcut as well as another size does."""

    def projects(self, in_channels, out_channels, stride):
        return stride != 1


@misconception(ResidualBlock)
class shortcut_without_batchnorm(_Residual):
    """The 1×1 convolution of the shortcut is followed by a BatchNorm, like the other two convolutions."""

    def projection(self, in_channels, out_channels, stride):
        return nn.Conv2d(in_channels, out_channels, 1, stride)


@misconception(ResidualBlock)
class shortcut_of_3_by_3(_Residual):
    """The shortcut's convolution is 1×1: it mixes channels and looks at no neighbours."""

    def projection(self, in_channels, out_channels, stride):
        conv = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1)
        return nn.Sequential(conv, nn.BatchNorm2d(out_channels))


@misconception(ResidualBlock)
class shortcut_without_stride(_Residual):
    """The shortcut needs the stride too, or it is larger than the output of the main path."""

    def projection(self, in_channels, out_channels, stride):
        return super().projection(in_channels, out_channels, 1)


WRONG = mistakes(
    ResidualBlock,
    """
    stride_in_the_second_convolution: The first of the two convolutions has the stride; the second one keeps the size.
        pass -> strides = 'second'
    stride_in_both_convolutions: Only the first convolution has the stride: with both, the main path shrinks twice and
        no longer fits the shortcut.
        pass -> strides = 'both'
    """,
)


@misconception(ResidualBlock)
class main_path_without_batchnorm(_Residual):
    """Each of the two convolutions is followed by a BatchNorm."""

    def main(self, x):
        return self.conv2(F.relu(self.conv1(x)))


@misconception(ResidualBlock)
class one_batchnorm_for_both(_Residual):
    """Each convolution needs a BatchNorm of its own: the two have other means and variances, and other weights."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        self.bn2 = self.bn1


@misconception(ResidualBlock)
class one_convolution_only(_Residual):
    """The main path has two convolutions, the second from out_channels to out_channels."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__(in_channels, out_channels, stride)
        del self.conv2, self.bn2

    def main(self, x):
        return self.bn1(self.conv1(x))


@misconception(ResidualBlock)
class convolution_after_the_activation(nn.Module):
    """The order is convolution, BatchNorm, ReLU. BatchNorm and ReLU before each convolution are a later variant, the
    pre-activation block."""

    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.bn1, self.bn2 = nn.BatchNorm2d(in_channels), nn.BatchNorm2d(out_channels)
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.shortcut = nn.Identity()
        if stride != 1 or in_channels != out_channels:
            self.shortcut = nn.Conv2d(in_channels, out_channels, 1, stride)

    def forward(self, x):
        return self.conv2(F.relu(self.bn2(self.conv1(F.relu(self.bn1(x)))))) + self.shortcut(x)


@misconception(ResidualBlock)
class shortcut_detached(_Residual):
    """detach() keeps the gradient from the shortcut, which is the path that lets deep networks learn."""

    def forward(self, x):
        return F.relu(self.main(x) + self.shortcut(x.detach()))
