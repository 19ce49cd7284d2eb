import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        main = nn.Sequential(
            nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels))
        self.main = torch.compile(main, backend="eager", dynamic=True)
        needs_projection = stride > 1 or in_channels != out_channels
        self.short = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride=stride), nn.BatchNorm2d(out_channels)) if needs_projection else nn.Identity()

    def forward(self, x):
        return (self.main(x) + self.short(x)).relu()


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(1, 6, 5)
        self.conv2 = nn.Conv2d(6, 16, 5)
        self.fc = nn.ModuleList([nn.Linear(400, 120), nn.Linear(120, 84)])
        self.last = nn.Linear(84, num_classes)

    @staticmethod
    def squash(x):
        return 2 * torch.sigmoid(2 * x) - 1

    @staticmethod
    def halve(x):
        n, c, h, w = x.shape
        return x.reshape(n, c, h // 2, 2, w // 2, 2).mean((3, 5))

    def forward(self, x):
        x = self.halve(self.squash(self.conv1(x)))
        x = self.halve(self.squash(self.conv2(x)))
        x = x.flatten(1)
        for fc in self.fc:
            x = self.squash(fc(x))
        return self.last(x)
