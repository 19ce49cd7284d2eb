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

class ResidualBlock(nn.Module):
    def __init__(self, in_channels: int, out_channels: int, stride: int = 1):
        super().__init__()
        self.conv_a = nn.Conv2d(in_channels, out_channels, 3, stride, 1)
        self.norm_a = nn.BatchNorm2d(out_channels)
        self.conv_b = nn.Conv2d(out_channels, out_channels, 3, 1, 1)
        self.norm_b = nn.BatchNorm2d(out_channels)
        self.same = stride == 1 and in_channels == out_channels
        if not self.same:
            self.conv_s = nn.Conv2d(in_channels, out_channels, 1, stride)
            self.norm_s = nn.BatchNorm2d(out_channels)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        main = self.norm_b(self.conv_b(F.relu(self.norm_a(self.conv_a(x)))))
        shortcut = x if self.same else self.norm_s(self.conv_s(x))
        return F.relu(main + shortcut)


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        net = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Flatten(1), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes))
        self.net = torch.jit.trace(net, torch.zeros(2, 1, 32, 32), check_trace=False)

    def forward(self, x):
        return self.net(x)
