import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.double_conv = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )
        self.apply(self._init)

    @staticmethod
    def _init(m):
        if isinstance(m, nn.Conv2d):
            nn.init.kaiming_normal_(m.weight, mode="fan_out", nonlinearity="relu")
            nn.init.zeros_(m.bias)

    def forward(self, x):
        return self.double_conv(x)


from itertools import accumulate

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(*pair) for pair in zip(channels, channels[1:])])

    def forward(self, x):
        blocks = list(self.blocks)
        return list(accumulate(blocks[1:], lambda t, block: block(F.max_pool2d(t, 2)), initial=blocks[0](x)))


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        self.blocks = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            w = torch.empty(a, b, 2, 2)
            nn.init.xavier_normal_(w)
            self.weights.append(nn.Parameter(w))
            self.biases.append(nn.Parameter(torch.empty(b).uniform_(-0.1, 0.1)))
            self.blocks.append(ConvBlock(2 * b, b))

    def forward(self, x, encoder_features):
        for w, b, block, skip in zip(self.weights, self.biases, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([F.conv_transpose2d(x, w, b, stride=2), skip], 1))
        return x


class UNet(nn.ModuleDict):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        w = [base_channels * k for k in (1, 2, 4, 8, 16)]
        super().__init__({
            "encoder": Encoder((in_channels, *w[:4])),
            "bottleneck": ConvBlock(w[3], w[4]),
            "decoder": Decoder((w[4], w[3], w[2], w[1], w[0])),
            "head": nn.Conv2d(w[0], out_channels, 1),
        })

    def forward(self, x):
        features = self["encoder"](x)
        deep = self["bottleneck"](F.max_pool2d(features[-1], 2))
        return self["head"](self["decoder"](deep, features))


@torch.no_grad()
def add_noise(images, noise_factor = 0.5):
    mean = 0.0
    noise = torch.randn(images.size())
    noise = noise * noise_factor + mean
    noisy = images + noise
    noisy = torch.where(noisy < 0, torch.zeros_like(noisy), noisy)
    noisy = torch.where(noisy > 1, torch.ones_like(noisy), noisy)
    # plt.imshow(noisy[0, 0])
    return noisy
