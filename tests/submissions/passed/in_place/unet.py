"""Own lists are emptied and own maps changed in place, which is nobody's business but the network's."""

import torch
from torch import nn


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.convs = nn.ModuleList([nn.Conv2d(c, out_channels, 3, padding=1) for c in (in_channels, out_channels)])
        self.norms = nn.ModuleList([nn.BatchNorm2d(out_channels) for _ in range(2)])

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms):
            x = norm(conv(x)).relu_()
        return x


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(a, b) for a, b in zip(channels, channels[1:])])
        self.features = []

    def forward(self, x):
        self.features.clear()
        for block in self.blocks:
            x = block(x)
            self.features.append(x)
            x = nn.functional.max_pool2d(x, 2)
        return self.features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(zip(channels, channels[1:]))
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, 2, 2) for a, b in pairs])
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for _, b in pairs])

    def forward(self, x, encoder_features):
        skips = list(encoder_features)
        for up, block in zip(self.ups, self.blocks):
            x = block(torch.cat([skips.pop(), up(x)], 1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        c = base_channels
        self.encoder = Encoder((in_channels, c, 2 * c, 4 * c, 8 * c))
        self.bottleneck = ConvBlock(8 * c, 16 * c)
        self.decoder = Decoder((16 * c, 8 * c, 4 * c, 2 * c, c))
        self.head = nn.Conv2d(c, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(nn.functional.max_pool2d(features[-1], 2))
        x = self.head(self.decoder(x, features))
        return x.add_(0)


def add_noise(images, noise_factor=0.5):
    noise = torch.randn_like(images)
    return noise.mul_(noise_factor).add_(images).clamp_(0, 1)
