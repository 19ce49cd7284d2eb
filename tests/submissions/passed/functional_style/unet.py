import torch
import torch.nn.functional as F
from torch import nn


class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        o = out_channels
        self.w1 = nn.Parameter(torch.randn(o, in_channels, 3, 3) * (2 / (9 * in_channels)) ** 0.5)
        self.b1 = nn.Parameter(torch.zeros(o))
        self.g1, self.h1 = nn.Parameter(torch.ones(o)), nn.Parameter(torch.zeros(o))
        self.w2 = nn.Parameter(torch.randn(o, o, 3, 3) * (2 / (9 * o)) ** 0.5)
        self.b2 = nn.Parameter(torch.zeros(o))
        self.g2, self.h2 = nn.Parameter(torch.ones(o)), nn.Parameter(torch.zeros(o))
        for i in 1, 2:
            self.register_buffer(f"block{i}_running_mean", torch.zeros(o))
            self.register_buffer(f"block{i}_running_var", torch.ones(o))

    def forward(self, x):
        x = F.conv2d(x, self.w1, self.b1, padding=1)
        m, v = self.block1_running_mean, self.block1_running_var
        x = F.batch_norm(x, m, v, self.g1, self.h1, self.training).relu()
        x = F.conv2d(x, self.w2, self.b2, padding=1)
        m, v = self.block2_running_mean, self.block2_running_var
        return F.batch_norm(x, m, v, self.g2, self.h2, self.training).clamp(min=0)


class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        for i in range(len(channels) - 1):
            setattr(self, f"level_{i}", ConvBlock(channels[i], channels[i + 1]))
        self.depth = len(channels) - 1

    def forward(self, x):
        features = [self.level_0(x)]
        for i in range(1, self.depth):
            features.append(getattr(self, f"level_{i}")(F.max_pool2d(features[-1], 2)))
        return features


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.weights, self.biases = nn.ParameterList(), nn.ParameterList()
        self.blocks = nn.ModuleList()
        for above, below in zip(channels, channels[1:]):
            self.weights.append(nn.Parameter(torch.randn(above, below, 2, 2) / (4 * above) ** 0.5))
            self.biases.append(nn.Parameter(torch.zeros(below)))
            self.blocks.append(ConvBlock(2 * below, below))

    def forward(self, x, encoder_features):
        features = list(encoder_features)
        for w, b, block in zip(self.weights, self.biases, self.blocks):
            x = F.conv_transpose2d(x, w, b, stride=2)
            x = block(torch.concat((x, features.pop()), 1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        c = [base_channels << i for i in range(5)]
        self.down = Encoder([in_channels] + c[:4])
        self.middle = ConvBlock(c[3], c[4])
        self.up = Decoder(c[::-1])
        self.last_w = nn.Parameter(torch.randn(out_channels, c[0], 1, 1) / c[0] ** 0.5)
        self.last_b = nn.Parameter(torch.zeros(out_channels))

    def forward(self, x):
        features = self.down(x)
        x = self.up(self.middle(F.max_pool2d(features[3], 2)), features)
        return F.conv2d(x, self.last_w, self.last_b)


def add_noise(images, noise_factor=0.5):
    return torch.clip(torch.normal(images, noise_factor), 0.0, 1.0)
