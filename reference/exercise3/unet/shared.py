"""What several exercises of this section share."""

import itertools

import torch
from torch import nn

from .conv_block import ConvBlock

RANDOM = "in training mode the same input gives another output the second time: something in between is random"


GRADIENTS = ["gradient of the input"]


class _Decoder(nn.Module):
    """The decoder with its two decisions left open: which skip, and how it is joined."""

    wider = 2

    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(itertools.pairwise(channels))
        self.ups = nn.ModuleList(self.step_up(a, b) for a, b in pairs)
        self.blocks = nn.ModuleList(ConvBlock(self.wider * b, b) for _, b in pairs)

    def step_up(self, above, below):
        return nn.ConvTranspose2d(above, below, 2, stride=2)

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks, strict=True)):
            x = block(self.join(up(x), self.skip(encoder_features, i)))
        return x

    def skip(self, features, i):
        return features[-(i + 1)]

    def join(self, x, skip):
        return torch.cat([x, skip], dim=1)


class _SkipFirst(_Decoder):
    def join(self, x, skip):
        return torch.cat([skip, x], dim=1)
