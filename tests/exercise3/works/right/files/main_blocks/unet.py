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
        for i, c in enumerate((in_channels, out_channels), 1):
            w = torch.empty(out_channels, c, 3, 3)
            nn.init.kaiming_uniform_(w, a=5 ** 0.5)
            bound = 1 / (9 * c) ** 0.5
            self.register_parameter(f"w{i}", nn.Parameter(w))
            self.register_parameter(f"b{i}", nn.Parameter(torch.empty(out_channels).uniform_(-bound, bound)))
            self.register_parameter(f"g{i}", nn.Parameter(torch.ones(out_channels)))
            self.register_parameter(f"s{i}", nn.Parameter(torch.zeros(out_channels)))
            self.register_buffer(f"m{i}", torch.zeros(out_channels))
            self.register_buffer(f"v{i}", torch.ones(out_channels))

    def forward(self, x):
        for i in "12":
            get = lambda n: getattr(self, n + i)
            x = F.conv2d(x, get("w"), get("b"), padding=1)
            x = F.batch_norm(x, get("m"), get("v"), get("g"), get("s"), training=self.training)
            x = F.relu(x)
        return x


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.levels = nn.ModuleList(ConvBlock(a, b) for a, b in zip(channels[:-1], channels[1:]))

    def forward(self, x):
        out = []
        for level, block in enumerate(self.levels):
            x = block(x if level == 0 else F.max_pool2d(x, 2))
            out.append(x)
        return out


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.layers = nn.ModuleList()
        for a, b in zip(channels, channels[1:]):
            self.layers.extend([nn.ConvTranspose2d(a, b, 2, 2), ConvBlock(2 * b, b)])

    def forward(self, x, encoder_features):
        skips = iter(reversed(encoder_features))
        for layer in self.layers:
            if isinstance(layer, nn.ConvTranspose2d):
                x = torch.concat((next(skips), layer(x)), dim=1)
            else:
                x = layer(x)
        return x


class UNet(nn.Module):
    def __init__(self, in_channels: int = 1, out_channels: int = 1, base_channels: int = 64):
        super().__init__()
        widths = [base_channels * 2 ** i for i in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = nn.Sequential(nn.MaxPool2d(2), ConvBlock(widths[-2], widths[-1]))
        self.decoder = Decoder(tuple(widths[::-1]))
        self.out = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        skips = self.encoder(x)
        return self.out(self.decoder(self.bottleneck(skips[-1]), skips))


def add_noise(images, noise_factor=0.5):
    generator = torch.Generator()
    generator.seed()
    noise = torch.randn(images.shape, generator=generator) * noise_factor
    return (images + noise).clamp(0, 1)


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing unet")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
