import numpy as np
import torch
from torch import nn


class ConvBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels):
        layers = []
        for channels in in_channels, out_channels:
            layers += [nn.Conv2d(channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU()]
        super().__init__(*layers)

    def forward(self, x):
        return super().forward(x).double().float()


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList(ConvBlock(a, b) for a, b in zip(channels, channels[1:]))

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = block(x)
            features.append(x)
            x = torch.max_pool2d(x, 2)
        return features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in zip(channels, channels[1:]))
        self.blocks = nn.ModuleList(ConvBlock(2 * b, b) for b in channels[1:])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, encoder_features[::-1]):
            x = block(torch.cat([up(x), skip], 1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        widths = [int(base_channels * 2.0**level) for level in range(5)]
        self.encoder = Encoder([in_channels, *widths[:4]])
        self.bottleneck = ConvBlock(*widths[3:])
        self.decoder = Decoder(widths[::-1])
        self.head = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        return self.head(self.decoder(self.bottleneck(torch.max_pool2d(features[-1], 2)), features))


def add_noise(images, noise_factor=0.5):
    """numpy computes in double precision."""
    noise = np.random.normal(0.0, 1.0, size=tuple(images.shape))
    return torch.from_numpy(np.clip(images.numpy() + noise_factor * noise, 0.0, 1.0))
