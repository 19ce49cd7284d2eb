#!/usr/bin/env python3
# -*- coding: latin-1 -*-
# Übung 3, größte Mühe gegeben: 28 × 28, µ und ß
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
        def weight(*shape):
            return nn.Parameter(nn.init.xavier_uniform_(torch.empty(*shape)))
        def bias(n):
            return nn.Parameter(torch.zeros(n))
        self.k1, self.b1 = weight(6, 1, 5, 5), bias(6)
        self.k2, self.b2 = weight(16, 6, 5, 5), bias(16)
        self.w3, self.b3 = weight(400, 120), bias(120)
        self.w4, self.b4 = weight(120, 84), bias(84)
        self.w5, self.b5 = weight(84, num_classes), bias(num_classes)

    def forward(self, x):
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k1, self.b1)), 2)
        x = F.avg_pool2d(torch.tanh(F.conv2d(x, self.k2, self.b2)), 2)
        x = x.flatten(1)
        x = torch.tanh(x @ self.w3 + self.b3)
        x = torch.tanh(x @ self.w4 + self.b4)
        return x @ self.w5 + self.b5
