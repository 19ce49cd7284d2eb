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
        self.block = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(inplace=True))

    def forward(self, x):
        return self.block(x)


class Encoder(nn.ModuleList):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__(ConvBlock(channels[k - 1], channels[k]) for k in range(1, len(channels)))

    def forward(self, x):
        merkmale = []
        for k, block in enumerate(self):
            if k > 0:
                x = F.max_pool2d(x, 2)
            x = block(x)
            merkmale.append(x)
        return merkmale


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


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super(UNet, self).__init__()
        c = base_channels
        self.down1 = ConvBlock(in_channels, c)
        self.down2 = ConvBlock(c, c * 2)
        self.down3 = ConvBlock(c * 2, c * 4)
        self.down4 = ConvBlock(c * 4, c * 8)
        self.middle = ConvBlock(c * 8, c * 16)
        self.up4 = nn.ConvTranspose2d(c * 16, c * 8, 2, stride=2)
        self.conv4 = ConvBlock(c * 16, c * 8)
        self.up3 = nn.ConvTranspose2d(c * 8, c * 4, 2, stride=2)
        self.conv3 = ConvBlock(c * 8, c * 4)
        self.up2 = nn.ConvTranspose2d(c * 4, c * 2, 2, stride=2)
        self.conv2 = ConvBlock(c * 4, c * 2)
        self.up1 = nn.ConvTranspose2d(c * 2, c, 2, stride=2)
        self.conv1 = ConvBlock(c * 2, c)
        self.final = nn.Conv2d(c, out_channels, 1)

    def forward(self, x):
        d1 = self.down1(x)
        d2 = self.down2(F.max_pool2d(d1, 2))
        d3 = self.down3(F.max_pool2d(d2, 2))
        d4 = self.down4(F.max_pool2d(d3, 2))
        m = self.middle(F.max_pool2d(d4, 2))
        u4 = self.conv4(torch.cat([self.up4(m), d4], dim=1))
        u3 = self.conv3(torch.cat([self.up3(u4), d3], dim=1))
        u2 = self.conv2(torch.cat([self.up2(u3), d2], dim=1))
        u1 = self.conv1(torch.cat([self.up1(u2), d1], dim=1))
        return self.final(u1)


def add_noise(images, noise_factor=0.5):
    result = images.clone()
    result += torch.empty_like(result).normal_() * noise_factor
    result.clamp_(0, 1)
    return result
