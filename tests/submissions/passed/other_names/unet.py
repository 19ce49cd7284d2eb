"""Attributes of any name, registered in another order than used, and the skip joined first."""

import torch
from torch import nn


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.zweite_norm = nn.BatchNorm2d(out_channels)
        self.zweite_faltung = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.erste_norm = nn.BatchNorm2d(out_channels)
        self.erste_faltung = nn.Conv2d(in_channels, out_channels, 3, padding=1)

    def forward(self, x):
        x = self.erste_norm(self.erste_faltung(x)).relu_()
        return self.zweite_norm(self.zweite_faltung(x)).relu_()


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        *others, last = list(zip(channels, channels[1:]))
        self.last = ConvBlock(*last)
        self.others = nn.ModuleList([ConvBlock(*pair) for pair in reversed(others)])

    def forward(self, x):
        out = []
        for block in [*reversed(self.others), self.last]:
            x = block(nn.MaxPool2d(2)(x)) if out else block(x)
            out.append(x)
        return out


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        steps = list(zip(channels, channels[1:]))
        self.blocks = nn.ModuleList([ConvBlock(2 * b, b) for _, b in steps])
        self.ups = nn.ModuleList([nn.ConvTranspose2d(a, b, kernel_size=2, stride=2) for a, b in steps])

    def forward(self, x, encoder_features):
        for i, skip in enumerate(encoder_features[::-1]):
            x = self.blocks[i](torch.cat([skip, self.ups[i](x)], dim=1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.a = nn.Conv2d(b, out_channels, 1)
        self.b = Decoder((16 * b, 8 * b, 4 * b, 2 * b, b))
        self.c = ConvBlock(8 * b, 16 * b)
        self.d = Encoder((in_channels, b, 2 * b, 4 * b, 8 * b))

    def forward(self, x):
        features = self.d(x)
        deepest = nn.functional.adaptive_max_pool2d(features[-1], [side // 2 for side in features[-1].shape[2:]])
        return self.a(self.b(self.c(deepest), features))


def add_noise(images, noise_factor=0.5):
    noisy = images.clone()
    noisy += torch.randn(*images.shape, dtype=images.dtype).mul(noise_factor)
    return noisy.clamp_(min=0, max=1)
