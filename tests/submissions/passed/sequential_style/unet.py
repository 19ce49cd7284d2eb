import torch
import torch.nn as nn


def half(a, b):
    return nn.Sequential(nn.Conv2d(a, b, (3, 3), padding=(1, 1)), nn.BatchNorm2d(b), nn.ReLU(True))


class ConvBlock(nn.Sequential):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.add_module("first", half(in_channels, out_channels))
        self.add_module("second", half(out_channels, out_channels))


class Encoder(nn.ModuleList):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        for a, b in zip(channels, channels[1:]):
            self.append(ConvBlock(a, b))

    def forward(self, x):
        features = []
        for i, block in enumerate(self):
            x = block(nn.functional.max_pool2d(x, 2) if i else x)
            features.append(x)
        return tuple(features)


class Decoder(nn.ModuleDict):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.steps = len(channels) - 1
        for i in range(self.steps):
            self[f"up{i}"] = nn.ConvTranspose2d(channels[i], channels[i + 1], (2, 2), (2, 2))
            self[f"block{i}"] = ConvBlock(channels[i + 1] * 2, channels[i + 1])

    def forward(self, x, encoder_features):
        for i in range(self.steps):
            skip = encoder_features[self.steps - 1 - i]
            x = self[f"block{i}"](torch.cat([self[f"up{i}"](x), skip], dim=-3))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        b = base_channels
        self.net = nn.ModuleDict(
            {
                "encoder": Encoder((in_channels, b, b * 2, b * 4, b * 8)),
                "bottom": nn.Sequential(nn.MaxPool2d(2), ConvBlock(b * 8, b * 16)),
                "decoder": Decoder((b * 16, b * 8, b * 4, b * 2, b)),
                "head": nn.Conv2d(b, out_channels, 1),
            }
        )

    def forward(self, x):
        skips = self.net["encoder"](x)
        return self.net["head"](self.net["decoder"](self.net["bottom"](skips[-1]), skips))


def add_noise(images, noise_factor=0.5):
    noise = torch.empty_like(images).normal_() * noise_factor
    return torch.minimum(torch.maximum(images + noise, torch.tensor(0.0)), torch.tensor(1.0))
