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


def conv3(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.down = nn.ModuleList([nn.Sequential(conv3(i, o), conv3(o, o)) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        f = [self.down[0](x)]
        for d in list(self.down)[1:]:
            f.append(d(F.max_pool2d(f[-1], 2)))
        return f


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(zip(channels, channels[1:]))
        self.up = nn.ModuleList(nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in pairs)
        self.conv = nn.ModuleList(ConvBlock(b + b, b) for _, b in pairs)

    def forward(self, x, encoder_features):
        for up, conv, skip in zip(self.up, self.conv, reversed(encoder_features)):
            x = conv(torch.cat((skip, up(x)), 1))
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


def add_noise(images, noise_factor=0.5):
    zero, one = torch.zeros_like(images), torch.ones_like(images)
    noisy = images + torch.randn_like(images) * noise_factor
    return torch.maximum(zero, torch.minimum(one, noisy))
