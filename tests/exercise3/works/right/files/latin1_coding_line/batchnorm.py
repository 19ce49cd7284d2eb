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


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        x = x.permute(0, 2, 3, 1)
        if self.training:
            flat = x.reshape(-1, x.shape[-1])
            mean, var = flat.mean(0), flat.var(0, unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (flat.mean(0) - self.running_mean)
                self.running_var += self.momentum * (flat.var(0) - self.running_var)
        else:
            mean, var = self.running_mean, self.running_var
        y = (x - mean) / (var + self.eps) ** 0.5 * self.weight + self.bias
        return y.permute(0, 3, 1, 2).contiguous()


from torch.func import functional_call

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.template = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        return functional_call(self.template, dict(self.template.named_parameters()), (x,))


class DeepCNN(nn.Module):
    CONFIG = (8, 8, "M", 16, 16, "M")

    def __init__(self, batch_norm: bool = False, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.net = nn.Sequential(*self.make_layers(in_channels, batch_norm), nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))

    @classmethod
    def make_layers(cls, channels, batch_norm):
        for entry in cls.CONFIG:
            match entry:
                case "M":
                    yield nn.MaxPool2d(kernel_size=2, stride=2)
                case int(width):
                    yield nn.Conv2d(channels, width, kernel_size=3, padding=1)
                    if batch_norm:
                        yield nn.BatchNorm2d(width)
                    yield nn.ReLU(inplace=True)
                    channels = width

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.net(x)


from itertools import islice

def _indices(n, size, seed):
    generator = torch.Generator().manual_seed(seed)
    while True:
        yield from torch.randperm(n, generator=generator).split(size)

def compare_batchnorm(images: torch.Tensor, labels: torch.Tensor, lr=0.1, steps=60, batch_size=64, seed=0) -> dict[str, list[float]]:
    def losses(batch_norm):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for i in islice(_indices(len(images), batch_size, seed), steps):
            loss = F.cross_entropy(model(images[i]), labels[i])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            yield loss.item()

    return dict(plain=list(losses(False)), batchnorm=list(losses(True)))
