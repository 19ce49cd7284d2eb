"""Mistakes that are too rare for a hint: one for each check that no misconception fails."""

import torch
import torch.nn.functional as F
from torch import nn


class SimpleCNN(nn.Module):
    """Centres the images by the mean of the batch, in eval mode too."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        x = x - x.mean(0, keepdim=True)
        x = F.max_pool2d(self.conv1(x).relu(), 2)
        x = F.max_pool2d(self.conv2(x).relu(), 2)
        return self.fc(x.flatten(1))


class ConvBlock(nn.Module):
    """A plain list hides the layers."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.layers = [
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        ]

    def forward(self, x):
        for layer in self.layers:
            x = layer(x)
        return x


class Encoder(nn.Module):
    """A plain list hides the blocks."""

    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = [ConvBlock(a, b) for a, b in zip(channels, channels[1:])]

    def forward(self, x):
        features = []
        for block in self.blocks:
            features.append(block(F.max_pool2d(features[-1], 2) if features else x))
        return features


class BatchNorm2d(nn.Module):
    """Weight and bias are plain tensors."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight, self.bias = torch.ones(num_features), torch.zeros(num_features)
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
        x = (x - mean[:, None, None]) / (var + self.eps).sqrt()[:, None, None]
        return x * self.weight[:, None, None] + self.bias[:, None, None]


class SimpleCNNBatchNorm(nn.Module):
    """The features are detached."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.features = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1),
            nn.BatchNorm2d(16),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1),
            nn.BatchNorm2d(32),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
        )
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.features(x).detach())


def add_noise(images, noise_factor=0.5):
    """There is noise even at 0."""
    return (images + (noise_factor + 0.1) * torch.randn_like(images)).clamp(0, 1)


def receptive_field(layers):
    """Sees nothing where there are no layers."""
    field, jump = 1, 1
    for layer in layers:
        kernel_size, stride, *more = layer
        dilation = more[0] if more else 1
        field += dilation * (kernel_size - 1) * jump
        jump *= stride
    return field if layers else 0
