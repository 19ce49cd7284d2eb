"""unet: Lösungen mit BOM"""
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


from torch.utils.checkpoint import checkpoint

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList()
        for i, o in zip(channels, channels[1:]):
            self.blocks.append(ConvBlock(i, o))
        self.pool = nn.MaxPool2d(kernel_size=2, stride=2)

    def forward(self, x):
        feats = [self.blocks[0](x)]
        for block in self.blocks[1:]:
            feats.append(block(checkpoint(self.pool, feats[-1], use_reentrant=False)))
        return feats


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList([nn.ConvTranspose2d(i, o, 2, stride=2) for i, o in zip(channels, channels[1:])])
        self.convs = nn.ModuleList([ConvBlock(2 * o, o) for o in channels[1:]])

    def forward(self, x, encoder_features):
        for i, (up, conv) in enumerate(zip(self.ups, self.convs), start=1):
            up_x = up(x)
            skip = encoder_features[-i]
            n, c, h, w = up_x.shape
            both = up_x.new_zeros(n, 2 * c, h, w)
            both[:, :c] = up_x
            both[:, c:] = skip
            x = conv(both)
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.pool = nn.MaxPool2d(2)
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.head = nn.Conv2d(b, out_channels, kernel_size=1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(self.pool(features[-1]))
        x = self.decoder(x, features)
        return self.head(x)


def add_noise(images, noise_factor=0.5):
    rng = np.random.default_rng()
    noise = rng.normal(0.0, noise_factor, size=tuple(images.shape)).astype(np.float32)
    return (images + torch.from_numpy(noise)).clamp(0, 1)
