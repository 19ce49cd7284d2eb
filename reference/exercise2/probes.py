"""The functions and networks that students' code of exercise2 looks at."""

from __future__ import annotations

from collections.abc import Callable

import torch
import torch.nn.functional as F
from torch import nn

from autograder.sandbox.inside.toolbox import builder


@builder
def blurred(x: torch.Tensor) -> torch.Tensor:
    """A convolution 3×3 with same padding, the same for each channel."""
    kernel = torch.tensor([[1.0, 2, 1], [0, 1, 0], [-1, 3, 2]]).expand(x.shape[1], 1, 3, 3)
    return F.conv2d(x, kernel, padding=1, groups=x.shape[1])


@builder
def summed_channels(x: torch.Tensor) -> torch.Tensor:
    """One map of all channels, and then a ReLU."""
    return x.sum(1, keepdim=True).relu()


@builder
def bright_line(axis: int, index: int) -> Callable[[torch.Tensor], torch.Tensor]:
    """A function that brightens one row (axis 2) or one column (axis 3), whatever the image is."""

    def brighten(x: torch.Tensor) -> torch.Tensor:
        line = torch.zeros_like(x)
        line.select(axis, index).fill_(100)
        return x + line

    return brighten


@builder
def brighter_below(x: torch.Tensor) -> torch.Tensor:
    """Each row is multiplied with its own number, so only shifts to the side shift the result."""
    return x * torch.arange(1.0, x.shape[2] + 1).reshape(-1, 1)


@builder
def brighter_at_the_right(x: torch.Tensor) -> torch.Tensor:
    """Each column is multiplied with its own number, so only shifts up and down shift the result."""
    return x * torch.arange(1.0, x.shape[3] + 1)


@builder
def mirrored(x: torch.Tensor) -> torch.Tensor:
    """The image from right to left."""
    return x.flip(3)


@builder
def coarse(x: torch.Tensor) -> torch.Tensor:
    """The largest value of each 2×2 square in all of it: it follows shifts by even numbers only."""
    return F.interpolate(F.max_pool2d(x, 2), scale_factor=2.0)


@builder
def checkered(x: torch.Tensor) -> torch.Tensor:
    """Every second pixel with the other sign, as on a checkerboard: only shifts by an even number in all shift it."""
    signs = 1 - 2 * (torch.arange(x.shape[2]).reshape(-1, 1) + torch.arange(x.shape[3])).remainder(2)
    return x * signs


@builder
def last_bit(x: torch.Tensor) -> torch.Tensor:
    """The image, but every second column is off by the last bit, as by rounding."""
    moved = torch.nextafter(x, torch.full_like(x, 1e9))
    return torch.where(torch.arange(x.shape[3]) % 2 == 0, moved, x)


@builder
def slightly_uneven(x: torch.Tensor) -> torch.Tensor:
    """Every second column is larger by a twentieth; that is no rounding."""
    return torch.where(torch.arange(x.shape[3]) % 2 == 0, 1.05 * x, x)


@builder
def wrong_in_one_image(x: torch.Tensor) -> torch.Tensor:
    """The last channel of the last image is mirrored, all others stay as they are."""
    parts = x.clone()
    parts[-1, -1] = parts[-1, -1].flip(1)
    return parts


@builder
def positive(*layers: nn.Module) -> nn.Module:
    """The layers one after the other; all weights and biases are positive and differ."""
    network = nn.Sequential(*layers)
    with torch.no_grad():
        for parameter in network.parameters():
            parameter.copy_(torch.linspace(0.5, 1.5, parameter.numel()).reshape(parameter.shape))
    return network
