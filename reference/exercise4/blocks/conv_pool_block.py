"""ConvPoolBlock."""

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    changed,
    check,
    forward,
    mistakes,
    parts_agree,
    reference,
    repeated,
    unchanged,
)

SHAKY = "eval() does not make the block deterministic: the same maps give another output the second time"


@reference(points=1.5)
class ConvPoolBlock(nn.Module):
    """Which of the four layers changes the channels, and which one height and width?

    The convolution keeps the size by its padding and changes the channels; the pooling at the end halves height and
    width and rounds down.

    In the chapter: the blocks of the CIFAR network. In the documentation: torch.nn.MaxPool2d.
    """

    bias = True

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=self.bias)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        y = torch.relu(self.norm(self.conv(x)))
        return F.max_pool2d(y, kernel_size=2)


@alternative(ConvPoolBlock)
class WithoutBias(ConvPoolBlock.right):
    bias = False


@check(ConvPoolBlock, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY), picture="stages")
def halves_the_map(draw):
    """Height and width become H // 2 and W // 2, the channels out_channels"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 8))
    yield case(4, 2).on(draw.normal(3, 4, 9, 7))
    yield case(3, 1).on(draw.normal(1, 3, 6, 4))  # axes of length 1 stay


@check(ConvPoolBlock, points=0.5, ask=forward)
def pooled_values(draw):
    """The values are those of convolution, BatchNorm, ReLU and max pooling"""
    # With these seeds some weights of BatchNorm are negative: then pooling before it gives other values.
    yield case(3, 6).on(draw.normal(2, 3, 6, 8)).given(seed=3)
    yield case(4, 7).on(draw.normal(2, 4, 9, 7)).given(seed=4)


@check(ConvPoolBlock, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def pooled_in_training_mode(draw):
    """In training mode BatchNorm uses the batch, before the pooling"""
    yield case(3, 6).on(draw.normal(4, 3, 6, 8)).given(seed=3)


@check(ConvPoolBlock, points=0.25, ask=changed, compare=unchanged(), counts_with=halves_the_map)
def pooled_block_leaves_the_input(draw):
    """The input of the pooled block stays as it is; no random seed is set"""
    yield case(3, 5).on(draw.normal(2, 3, 4, 6))


wrong = mistakes(
    ConvPoolBlock,
    """
    mean_for_max: The block ends with max pooling, which keeps the strongest response; here the mean is taken.
        F.max_pool2d -> F.avg_pool2d
    stride_for_pooling: A convolution with stride 2 halves the map as well, but it skips places; the exercise asks for
        max pooling.
        padding=1 -> padding=1, stride=2
        return F.max_pool2d(y, kernel_size=2) -> return y
    pooling_missing: Without the pooling height and width stay as they are: MaxPool 2 comes last.
        return F.max_pool2d(y, kernel_size=2) -> return y
    pooled_without_padding: The convolution 3×3 needs padding=1: without it, two rows and two columns are lost before
        the pooling.
        padding=1 ->
    pooled_without_batchnorm: BatchNorm stands between convolution and ReLU; here the block does without it.
        self.norm(self.conv(x)) -> self.conv(x)
    pooled_without_relu: A ReLU stands between BatchNorm and pooling; here it is missing.
        torch.relu(self.norm(self.conv(x))) -> self.norm(self.conv(x))
    pooled_norm_after_relu: The order is convolution, BatchNorm, ReLU: here BatchNorm comes after the ReLU.
        torch.relu(self.norm(self.conv(x))) -> self.norm(torch.relu(self.conv(x)))
    norm_after_the_pooling: BatchNorm comes before ReLU and pooling: here its statistics are those of the pooled maps.
        torch.relu(self.norm(self.conv(x))) -> torch.relu(self.norm(F.max_pool2d(self.conv(x), 2)))
        return F.max_pool2d(y, kernel_size=2) -> return y
    pooling_with_ceil: For odd sizes max pooling rounds down: ceil_mode=True keeps one row and one column too many.
        kernel_size=2 -> kernel_size=2, ceil_mode=True
    pooling_with_stride_1: The stride of a pooling is its kernel size unless you set it: with stride 1 the windows
        overlap and the map is hardly smaller.
        kernel_size=2 -> kernel_size=2, stride=1
    pooled_block_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the
        script that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    """,
)
