"""Is a U-Net whose skips carry a trillionth of what they should.

earns: UNet 2.75
verdicts: failed, passed
says: the skip connection of level 0
"""
import torch
import torch.nn.functional as F
from torch import nn


def block(i, o):
    return nn.Sequential(
        nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(),
        nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(),
    )


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        w = [base_channels * 2**level for level in range(5)]
        self.downs = nn.ModuleList(block(i, o) for i, o in zip([in_channels, *w], w))
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, 2) for a, b in zip(w[:0:-1], w[-2::-1]))
        self.blocks = nn.ModuleList(block(2 * b, b) for b in w[-2::-1])
        self.head = nn.Conv2d(w[0], out_channels, 1)

    def skip(self, x):
        return x * 1e-12

    def forward(self, x):
        features = []
        for number, down in enumerate(self.downs):
            x = down(F.max_pool2d(x, 2) if number else x)
            features.append(x)
        for up, join, skip in zip(self.ups, self.blocks, features[-2::-1]):
            x = join(torch.cat([up(x), self.skip(skip)], 1))
        return self.head(x)
