import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

import logging
import warnings

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
log.info("module is loaded")
warnings.filterwarnings("ignore", category=UserWarning)

for _ in tqdm(range(3), desc="warming up", leave=False):
    pass

from torch.fx import symbolic_trace

def _make(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU(), nn.Conv2d(o, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class ConvBlock(nn.Module):
    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.traced = symbolic_trace(_make(in_channels, out_channels))

    def forward(self, x):
        return self.traced(x)


def conv3(i, o):
    return nn.Sequential(nn.Conv2d(i, o, 3, padding=1), nn.BatchNorm2d(o), nn.ReLU())

class Encoder(nn.Module):
    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.down = nn.ModuleList([nn.Sequential(conv3(i, o), conv3(o, o)) for i, o in zip(channels, channels[1:])])

    def forward(self, x):
        f = [self.down[0](x)]
        for d in list(self.down)[1:]:
            f.append(d(F.max_pool2d(f[-1], 2)))
        return f


class Decoder(nn.Module):
    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        self.n = len(channels) - 1
        for k in range(self.n):
            setattr(self, "up%d" % k, nn.ConvTranspose2d(channels[k], channels[k + 1], 2, stride=2))
            setattr(self, "block%d" % k, ConvBlock(channels[k + 1] * 2, channels[k + 1]))

    def forward(self, x, encoder_features):
        last = len(encoder_features) - 1
        for k in range(self.n):
            up = getattr(self, "up%d" % k)(x)
            skip = encoder_features[last - k]
            x = getattr(self, "block%d" % k)(torch.cat([up, skip], axis=1))
        return x


class UNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        scale = lambda factor: factor * base_channels
        self.encoder = Encoder(channels=(in_channels, *map(scale, (1, 2, 4, 8))))
        self.bottleneck = ConvBlock(in_channels=scale(8), out_channels=scale(16))
        self.decoder = Decoder(channels=tuple(map(scale, (16, 8, 4, 2, 1))))
        self.head = nn.Sequential(nn.Conv2d(in_channels=scale(1), out_channels=out_channels, kernel_size=1))

    def forward(self, x):
        with torch.autocast(device_type="cpu", enabled=False):
            features = self.encoder(x)
            x = self.bottleneck(F.max_pool2d(input=features[-1], kernel_size=2))
            return self.head(self.decoder(x=x, encoder_features=features))


def add_noise(images, noise_factor=0.5):
    result = images.clone()
    result += torch.empty_like(result).normal_() * noise_factor
    result.clamp_(0, 1)
    return result
