import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

def _half(i, o):
    return [nn.Conv2d(i, o, 3, 1, 1), nn.BatchNorm2d(o), nn.ReLU()]

class ConvBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels):
        super().__init__(*_half(in_channels, out_channels), *_half(out_channels, out_channels))


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList(map(ConvBlock, channels, channels[1:]))

    def stages(self, x):
        first, *others = self.blocks
        yield (x := first(x))
        for block in others:
            yield (x := block(F.max_pool2d(x, kernel_size=2)))

    def forward(self, x):
        return list(self.stages(x))


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.up = nn.ConvTranspose2d(channels[0], channels[1], 2, stride=2)
        self.block = ConvBlock(2 * channels[1], channels[1])
        self.rest = Decoder(channels[1:]) if len(channels) > 2 else None

    def forward(self, x, encoder_features):
        *others, skip = encoder_features
        x = self.block(torch.cat([skip, self.up(x)], dim=1))
        return x if self.rest is None else self.rest(x, others)


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
