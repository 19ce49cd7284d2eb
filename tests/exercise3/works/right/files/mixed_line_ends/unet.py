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
		self.pad = nn.ZeroPad2d(1)
		self.c1 = nn.Conv2d(in_channels, out_channels, 3)
		self.n1 = nn.BatchNorm2d(out_channels)
		self.c2 = nn.Conv2d(out_channels, out_channels, 3)
		self.n2 = nn.BatchNorm2d(out_channels)

	def forward(self, x):
		x = torch.relu(self.n1(self.c1(self.pad(x))))
		return torch.relu(self.n2(self.c2(self.pad(x))))

class Encoder(nn.Module):
  def __init__(self, *args, **kwargs):
    super().__init__()
    channels = args[0] if args else kwargs.pop('channels', (1, 64, 128, 256, 512))
    assert not kwargs, f'unknown arguments {list(kwargs)}'
    channels = tuple(channels)
    assert len(channels) >= 2 and all(isinstance(c, int) and c > 0 for c in channels)
    self.blocks = nn.ModuleList([ConvBlock(i, o) for i, o in zip(channels, channels[1:])])
    self.pool = nn.MaxPool2d(2)

  def forward(self, x):
    assert x.dim() == 4, 'expected (N, C, H, W)'
    features = []
    for block in self.blocks:
      if features:
        x = self.pool(features[-1])
      features.append(block(x))
    assert len(features) == len(self.blocks)
    return features

class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.n = len(channels) - 1
        for k in range(self.n):
            setattr(self, "up%d" % k, nn.ConvTranspose2d(channels[k], channels[k + 1], 2, stride=2))
            setattr(self, "block%d" % k, ConvBlock(channels[k + 1] * 2, channels[k + 1]))

    def forward(self, x, encoder_features):
        last = len(encoder_features) - 1
        for k in range(self.n):
            up = getattr(self, "up%d" % k)(x)
            skip = encoder_features[last - k]
            x = getattr(self, "block%d" % k)(torch.cat([up, skip], axis=1))
        return x

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
    noisy = images + noise_factor * torch.randn_like(images)
    return torch.clamp(noisy, 0.0, 1.0)  # end