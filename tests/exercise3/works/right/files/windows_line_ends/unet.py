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
        self.steps = nn.ModuleList()
        for c in (in_channels, out_channels):
            self.steps.append(nn.ModuleList([nn.Conv2d(c, out_channels, 3, padding="same"), nn.BatchNorm2d(out_channels)]))

    def forward(self, x):
        for conv, norm in self.steps:
            x = norm(conv(x)).relu()
        return x


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super(Encoder, self).__init__()
        self.number_of_blocks = len(channels) - 1
        for i in range(self.number_of_blocks):
            block = ConvBlock(channels[i], channels[i + 1])
            self.add_module("block_" + str(i), block)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        all_features = []
        current = x
        for i in range(self.number_of_blocks - 1):
            block = self.get_submodule("block_" + str(i))
            current = block(current)
            all_features.append(current)
            # print(i, current.shape)
            current = self.pool(current)
        last_block = self.get_submodule("block_" + str(self.number_of_blocks - 1))
        all_features.append(last_block(current))
        return all_features


class UpStep(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.up = nn.ConvTranspose2d(in_channels, out_channels, kernel_size=2, stride=2)
        self.block = ConvBlock(in_channels=2 * out_channels, out_channels=out_channels)

    def forward(self, x, skip):
        return self.block(torch.cat([self.up(x), skip], dim=1))

class Decoder(nn.Module):
    def __init__(self, channels: tuple[int, ...] = (1024, 512, 256, 128, 64)):
        super().__init__()
        self.steps = nn.ModuleList([UpStep(a, b) for a, b in zip(channels, channels[1:])])

    def forward(self, x: torch.Tensor, encoder_features: list[torch.Tensor]) -> torch.Tensor:
        for step, skip in zip(self.steps, encoder_features[::-1]):
            x = step(x, skip)
        return x


from torch.utils.checkpoint import checkpoint

class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.enc = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.mid = ConvBlock(8 * b, 16 * b)
        self.dec = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.outc = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        f = self.enc(x)
        y = self.dec(self.mid(F.max_pool2d(f[-1], 2)), f)
        return checkpoint(self.outc, y, use_reentrant=False)


def add_noise(images, noise_factor=0.5):
    zero, one = torch.zeros_like(images), torch.ones_like(images)
    noisy = images + torch.randn_like(images) * noise_factor
    return torch.maximum(zero, torch.minimum(one, noisy))
