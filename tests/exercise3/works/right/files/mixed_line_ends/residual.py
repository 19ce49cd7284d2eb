import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super(ResidualBlock, self).__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, kernel_size=3, stride=stride, padding=1, bias=False)
        self.bn1 = nn.BatchNorm2d(out_channels)
        self.relu = nn.ReLU(inplace=True)
        self.conv2 = nn.Conv2d(out_channels, out_channels, kernel_size=3, padding=1, bias=False)
        self.bn2 = nn.BatchNorm2d(out_channels)
        self.downsample = None
        if stride != 1 or in_channels != out_channels:
            self.downsample = nn.Sequential(
                nn.Conv2d(in_channels, out_channels, kernel_size=1, stride=stride, bias=False),
                nn.BatchNorm2d(out_channels))

    def forward(self, x):
        identity = x
        out = self.relu(self.bn1(self.conv1(x)))
        out = self.bn2(self.conv2(out))
        if self.downsample is not None:
            identity = self.downsample(x)
        out += identity
        return self.relu(out)

from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class LeNet5(nn.Module):
    num_classes: int = 10

    def __post_init__(self):
        super().__init__()
        self.maps = nn.ModuleList([nn.Conv2d(1, 6, 5), nn.Conv2d(6, 16, 5)])
        self.units = nn.ModuleList([nn.Linear(400, 120), nn.Linear(120, 84), nn.Linear(84, self.num_classes)])

    def forward(self, x):
        for conv in self.maps:
            x = F.avg_pool2d(torch.tanh(conv(x)), 2)
        x = x.flatten(1)
        *hidden, last = self.units
        for unit in hidden:
            x = torch.tanh(unit(x))
        return last(x)  # end