"""ConvBNReLU."""

import torch
from torch import nn

from autograder.author import (
    agrees,
    case,
    changed,
    check,
    forward,
    mistakes,
    parameters,
    parts_agree,
    reference,
    repeated,
    unchanged,
)

SHAKY = "eval() does not make the block deterministic: the same maps give another output the second time"


@reference(points=2.5)
class ConvBNReLU(nn.Module):
    """Three layers, one after the other. Which of them have parameters?

    The convolution gets everything from the arguments: kernel size, stride, and a padding of half the kernel size,
    rounded down. Its bias is switched off. BatchNorm has as many channels as the convolution puts out.

    In the chapter: the block of convolution, BatchNorm and ReLU. In the documentation: torch.nn.Conv2d and
    torch.nn.BatchNorm2d.
    """

    def __init__(self, in_channels, out_channels, kernel_size=3, stride=1):
        super().__init__()
        padding = kernel_size // 2
        self.conv = nn.Conv2d(
            in_channels, out_channels, kernel_size=kernel_size, stride=stride, padding=padding, bias=False
        )
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return torch.relu(self.norm(self.conv(x)))


@check(ConvBNReLU, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY), picture="stages")
def block_keeps_the_size(draw):
    """By default height and width stay, and the channels become out_channels"""
    yield case(3, 5).on(draw.normal(2, 3, 7, 6))
    yield case(4, 2).on(draw.normal(3, 4, 1, 5))


@check(ConvBNReLU, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY), picture="stages")
def sizes_of_the_block(draw):
    """The padding is kernel_size // 2, and the stride makes the map smaller"""
    yield case(2, 3, 5).on(draw.normal(2, 2, 8, 7))
    yield case(2, 3, kernel_size=1).on(draw.normal(2, 2, 3, 4))
    yield case(2, 3, stride=2).on(draw.normal(2, 2, 9, 6))
    yield case(3, 2, 7, 3).on(draw.normal(2, 3, 10, 8))
    yield case(3, 2, kernel_size=4).on(draw.normal(2, 3, 5, 6))


@check(ConvBNReLU, points=0.75, ask=forward, needs=block_keeps_the_size)
def block_values(draw):
    """The values are those of convolution, BatchNorm and ReLU, in this order"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7, scale=40.0))  # so that values go far above 0
    yield case(2, 4, kernel_size=5, stride=2).on(draw.normal(3, 2, 9, 6))
    yield case(3, 2, 1, 3).on(draw.normal(2, 3, 5, 7))


@check(ConvBNReLU, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4), needs=block_keeps_the_size)
def block_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    images = draw.normal(4, 3, 24, 25)
    images[0, :, 2, 3] = 99.0  # a spot whose values stay large after BatchNorm
    yield case(3, 5).on(images)


@check(ConvBNReLU, points=0.25, ask=parameters, counts_with=block_values)
def no_bias_in_the_convolution(draw):
    """The convolution has no bias, and BatchNorm has its own"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))
    yield case(2, 4, 5).on(draw.normal(2, 2, 6, 7))


@check(ConvBNReLU, points=0.25, ask=changed, compare=unchanged(), counts_with=sizes_of_the_block)
def block_leaves_the_input(draw):
    """The input of the block stays as it is; no random seed is set"""
    yield case(3, 5).on(draw.normal(2, 3, 4, 5))


wrong = mistakes(
    ConvBNReLU,
    """
    bias_before_batchnorm: The convolution has a bias here, which BatchNorm subtracts again in training. The exercise
        asks for bias=False.
        bias=False -> bias=True
    batchnorm_after_the_relu: BatchNorm comes before the ReLU: here it stands after it.
        torch.relu(self.norm(self.conv(x))) -> self.norm(torch.relu(self.conv(x)))
    batchnorm_before_the_convolution: BatchNorm comes after the convolution and has out_channels channels; here it
        normalises the input.
        nn.BatchNorm2d(out_channels) -> nn.BatchNorm2d(in_channels)
        torch.relu(self.norm(self.conv(x))) -> torch.relu(self.conv(self.norm(x)))
    block_without_batchnorm: BatchNorm is made, but forward does not call it, or it is missing altogether.
        self.norm(self.conv(x)) -> self.conv(x)
    block_without_relu: The last layer of the block, the ReLU, is missing.
        torch.relu(self.norm(self.conv(x))) -> self.norm(self.conv(x))
    no_padding_in_the_block: Without padding every convolution makes the map smaller: the padding is kernel_size // 2.
        padding=padding ->
    padding_of_one_always: padding=1 keeps the size for a kernel of 3 only; other kernels need kernel_size // 2.
        padding=padding -> padding=1
    stride_not_passed_on: The stride is an argument of the block: pass it on to the convolution.
        stride=stride ->
    kernel_always_3: The kernel size is an argument of the block, and 3 is only its default.
        kernel_size=kernel_size -> kernel_size=3
        padding=padding -> padding=1
    block_with_leaky_relu: The activation of this block is the plain ReLU, which gives 0 for every negative value.
        torch.relu(self.norm(self.conv(x))) -> nn.functional.leaky_relu(self.norm(self.conv(x)))
    norm_without_parameters: affine=False takes weight and bias from BatchNorm; with bias=False in the convolution, no
        bias is left.
        nn.BatchNorm2d(out_channels) -> nn.BatchNorm2d(out_channels, affine=False)
    block_changes_its_input: An operation in place changes the tensor of the caller: compute a new one.
        self.norm(self.conv(x)) -> self.norm(self.conv(x.mul_(1.5) / 1.5))
    """,
)
