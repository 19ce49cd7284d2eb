"""Blocks

Networks are built of blocks that repeat. The block of this section is convolution, then
BatchNorm, then ReLU. BatchNorm subtracts the mean of each channel, so a bias of the
convolution before it has no effect in training: the block leaves it out (`bias=False`), and
BatchNorm's own bias takes its place. A convolution with an odd kernel k, stride 1 and
padding k // 2 keeps height and width. With kernel 3, padding 1 and stride 2 they become
ceil(H / 2) and ceil(W / 2); max pooling 2×2 gives floor(H / 2) and floor(W / 2).

A *head* turns the last maps into logits. Flattened maps tie the network to one image size:
`nn.Linear` has to know their number. *Global average pooling* takes the mean of each map
instead, (N, C, H, W) to (N, C), so that images of any size will do. In `nn.Conv2d` count
channels (`in_channels`), in `nn.Linear` count numbers (`in_features`).

Deep plain networks suffer from *degradation*: with more layers even the training loss gets
worse. A residual connection computes x + F(x), so that a layer can leave x as it is by
F(x) = 0. Its derivative is 1 + F'(x): the gradient has a way past each layer.

The names of your attributes are up to you, and so is `nn.Sequential`.
"""

import torch
import torch.nn.functional as F
from torch import nn


class ConvBNReLU(nn.Module):
    """(N, in_channels, H, W) to (N, out_channels, H_out, W_out): convolution, BatchNorm, ReLU.

    The convolution has the kernel size and the stride of the arguments, padding
    kernel_size // 2 and no bias.

    >>> ConvBNReLU(3, 8)(torch.zeros(2, 3, 9, 12)).shape
    torch.Size([2, 8, 9, 12])
    >>> ConvBNReLU(3, 8, kernel_size=5, stride=2)(torch.zeros(2, 3, 9, 12)).shape
    torch.Size([2, 8, 5, 6])
    """

    def __init__(
        self, in_channels: int, out_channels: int, kernel_size: int = 3, stride: int = 1
    ):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


class ConvPoolBlock(nn.Module):
    """(N, in_channels, H, W) to (N, out_channels, H // 2, W // 2).

    Conv 3×3, padding 1 → BatchNorm → ReLU → MaxPool 2. Whether the convolution has a bias
    is up to you.

    >>> ConvPoolBlock(3, 8)(torch.zeros(2, 3, 9, 12)).shape
    torch.Size([2, 8, 4, 6])
    """

    def __init__(self, in_channels: int, out_channels: int):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


def small_cnn() -> nn.Sequential:
    """A network from images (N, 1, 28, 28) to logits (N, 10), as an `nn.Sequential`.

    Conv 3×3, padding 1, to 16 channels → ReLU → MaxPool 2 → flatten → Linear to 10. It has
    31,530 parameters:

    >>> model = small_cnn()
    >>> sum(parameter.numel() for parameter in model.parameters())
    31530
    >>> model(torch.zeros(5, 1, 28, 28)).shape
    torch.Size([5, 10])
    """
    # YOUR CODE HERE
    raise NotImplementedError()


class GapCNN(nn.Module):
    """Images (N, 3, H, W) to logits (N, num_classes), for any H and W of at least 4.

    Conv 3×3, padding 1, to 32 channels → ReLU → MaxPool 2 → Conv 3×3, padding 1, to 64 →
    ReLU → MaxPool 2 → Conv 3×3, padding 1, to 128 → ReLU → global average pooling → Linear
    to num_classes. By default it has 94,538 parameters:

    >>> model = GapCNN()
    >>> sum(parameter.numel() for parameter in model.parameters())
    94538
    >>> model(torch.zeros(2, 3, 20, 33)).shape
    torch.Size([2, 10])
    """

    def __init__(self, num_classes: int = 10):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


class DropoutCNN(nn.Module):
    """Images (N, 3, 32, 32) to logits (N, num_classes).

    Three times Conv 3×3, padding 1 → BatchNorm → ReLU → MaxPool 2, to 32, 64 and 128
    channels; then flatten → Linear to 256 → ReLU → dropout → Linear to num_classes. The
    convolutions have biases. Dropout is random in training mode and does nothing in eval
    mode; its rate is up to you. By default there are 620,810 parameters:

    >>> model = DropoutCNN()
    >>> sum(parameter.numel() for parameter in model.parameters())
    620810
    >>> model(torch.zeros(2, 3, 32, 32)).shape
    torch.Size([2, 10])
    """

    def __init__(self, num_classes: int = 10):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


class StagedCNN(nn.Module):
    """Images (N, in_channels, H, W) to logits (N, num_classes): stem, stages and head.

    The stem and each stage are Conv 3×3, padding 1, without bias → BatchNorm → ReLU. The
    stem goes to widths[0] channels with stride 1. Each further width is a stage to so many
    channels with stride 2. The head is global average pooling → Linear to num_classes.
    `widths` has at least one number; with one there are no stages.

    >>> model = StagedCNN(3, (8, 16, 32), num_classes=5)
    >>> sum(parameter.numel() for parameter in model.parameters())
    6253
    >>> model(torch.zeros(2, 3, 20, 33)).shape
    torch.Size([2, 5])
    """

    def __init__(self, in_channels: int, widths: tuple[int, ...], num_classes: int):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # YOUR CODE HERE
        raise NotImplementedError()


def skip_gradient_norm(depth: int, residual: bool) -> float:
    """How much gradient arrives at the input of `depth` layers, with or without skips.

    The input x is torch.linspace(-1, 1, 5). Each layer computes F(x) = tanh(x / 2), or
    x + F(x) if `residual`. The result is the norm of the gradient of the sum of the output
    with respect to the input.

    >>> round(skip_gradient_norm(20, residual=False), 8)
    1.85e-06
    >>> round(skip_gradient_norm(20, residual=True))
    3325
    """
    # YOUR CODE HERE
    raise NotImplementedError()
