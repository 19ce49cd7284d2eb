"""U-Net"""

import torch
import torch.nn as nn


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU()

    def forward(self, x):
        x = self.bn1(self.relu(self.conv1(x)))
        x = self.bn2(self.relu(self.conv2(x)))
        return x


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList([ConvBlock(channels[i], channels[i + 1]) for i in range(len(channels) - 1)])
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = self.pool(block(x))
            features.append(x)
        return features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.upconvs = nn.ModuleList(
            [nn.ConvTranspose2d(channels[i], channels[i + 1], 2, 2) for i in range(len(channels) - 1)]
        )
        self.blocks = nn.ModuleList([ConvBlock(channels[i + 1], channels[i + 1]) for i in range(len(channels) - 1)])

    def forward(self, x, encoder_features):
        for i in range(len(self.blocks)):
            x = self.upconvs[i](x)
            x = x + encoder_features[-(i + 1)]
            x = self.blocks[i](x)
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.encoder = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))
        self.bottleneck = ConvBlock(8 * b, 16 * b)
        self.decoder = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.out = nn.Conv2d(b, out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(features[-1])
        return self.out(self.decoder(x, features))


def add_noise(images, noise_factor=0.5):
    return images + noise_factor * torch.randn(images.shape)
