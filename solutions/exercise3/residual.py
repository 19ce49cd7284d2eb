"""Residual blocks and a classic

A residual block adds its input to what its convolutions make of it. The convolutions only
have to find the difference, and the gradient has a way past them: that is what lets
networks of a hundred layers learn. Where input and output have the same shape, the shortcut
is the identity; where they do not, a 1×1 convolution gives it the right shape.

LeNet-5 of 1998 is where it all began: two convolutions with average pooling, and three
linear layers, with tanh in between. Max pooling, ReLU and BatchNorm came later.
"""

import torch
from torch import nn


class ResidualBlock(nn.Module):
    """(N, in_channels, H, W) to (N, out_channels, H_out, W_out): relu(main(x) +
    shortcut(x)).

    The main path is Conv 3×3, padding 1, with the stride → BatchNorm → ReLU → Conv 3×3,
    padding 1 → BatchNorm. The shortcut is the identity if the main path keeps the shape,
    else a Conv 1×1 with the stride → BatchNorm. Whether the convolutions have biases is up
    to you.

    >>> ResidualBlock(3, 3)(torch.zeros(2, 3, 10, 12)).shape
    torch.Size([2, 3, 10, 12])
    >>> ResidualBlock(3, 8, stride=2)(torch.zeros(2, 3, 9, 12)).shape
    torch.Size([2, 8, 5, 6])
    """

    def __init__(self, in_channels: int, out_channels: int, stride: int = 1):
        super().__init__()
        ### BEGIN SOLUTION
        self.main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=stride, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1),
            nn.BatchNorm2d(out_channels),
        )
        if stride == 1 and in_channels == out_channels:
            self.shortcut = nn.Identity()
        else:
            self.shortcut = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride),
                nn.BatchNorm2d(out_channels),
            )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return torch.relu(self.main(x) + self.shortcut(x))
        ### END SOLUTION


class LeNet5(nn.Module):
    """Images (N, 1, 32, 32) to logits (N, num_classes).

    Conv 5×5 to 6 channels → tanh → AvgPool 2 → Conv 5×5 to 16 channels → tanh → AvgPool 2 →
    flatten → Linear to 120 → tanh → Linear to 84 → tanh → Linear to num_classes. The
    convolutions have no padding: 32 → 28 → 14 → 10 → 5. By default it has 61,706
    parameters:

    >>> model = LeNet5()
    >>> sum(parameter.numel() for parameter in model.parameters())
    61706
    >>> model(torch.zeros(5, 1, 32, 32)).shape
    torch.Size([5, 10])
    """

    def __init__(self, num_classes: int = 10):
        super().__init__()
        ### BEGIN SOLUTION
        self.layers = nn.Sequential(
            nn.Conv2d(1, 6, kernel_size=5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Conv2d(6, 16, kernel_size=5),
            nn.Tanh(),
            nn.AvgPool2d(2),
            nn.Flatten(),
            nn.Linear(16 * 5 * 5, 120),
            nn.Tanh(),
            nn.Linear(120, 84),
            nn.Tanh(),
            nn.Linear(84, num_classes),
        )
        ### END SOLUTION

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        ### BEGIN SOLUTION
        return self.layers(x)
        ### END SOLUTION
