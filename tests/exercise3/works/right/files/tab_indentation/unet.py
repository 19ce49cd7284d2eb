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
		self.layers = nn.Sequential(
			nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU(),
			nn.LazyConv2d(out_channels, 3, padding=1), nn.LazyBatchNorm2d(), nn.ReLU())
		self.layers.eval()
		with torch.no_grad():
			self.layers(torch.zeros(1, in_channels, 4, 4))
		self.layers.train()

	def forward(self, x):
		return self.layers(x)


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
		self.net = nn.ModuleList([nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)]) for a, b in zip(channels, channels[1:])])

	def forward(self, x, encoder_features):
		depth = -1
		for up, block in self.net:
			x = block(torch.hstack([up(x), encoder_features[depth]]))
			depth -= 1
		return x


from dataclasses import dataclass

@dataclass(frozen=True)
class UNetConfig:
	in_channels: int = 1
	out_channels: int = 1
	base_channels: int = 64
	depth: int = 4

	@property
	def encoder_channels(self):
		return (self.in_channels,) + tuple(self.base_channels << i for i in range(self.depth))

	@property
	def decoder_channels(self):
		return tuple(self.base_channels << i for i in range(self.depth, -1, -1))


class UNet(nn.Module):
	def __init__(self, in_channels=1, out_channels=1, base_channels=64):
		super().__init__()
		cfg = UNetConfig(in_channels, out_channels, base_channels)
		self.encoder = Encoder(cfg.encoder_channels)
		self.bottleneck = ConvBlock(cfg.encoder_channels[-1], cfg.decoder_channels[0])
		self.decoder = Decoder(cfg.decoder_channels)
		self.head = nn.Conv2d(cfg.base_channels, cfg.out_channels, 1)

	def forward(self, x):
		*shallow, deepest = self.encoder(x)
		x = self.bottleneck(F.max_pool2d(deepest, 2))
		return self.head(self.decoder(x, [*shallow, deepest]))


def add_noise(images, noise_factor=0.5):
	return torch.normal(mean=images, std=noise_factor).clamp(min=0, max=1)
