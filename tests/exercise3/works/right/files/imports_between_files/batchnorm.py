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


def _finish(conv, args, output):
    return F.max_pool2d(F.relu(conv.norm(output)), 2)

class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.Sequential(nn.Conv2d(in_channels, 16, 3, padding=1), nn.Conv2d(16, 32, 3, padding=1))
        for conv in self.convs:
            conv.norm = nn.BatchNorm2d(conv.out_channels)
            conv.register_forward_hook(_finish)
        self.fc = nn.Linear(1568, num_classes)

    def forward(self, x):
        return self.fc(self.convs(x).flatten(1))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        ширины = [in_channels, 8, 8, 16, 16]
        self.свёртки = nn.ModuleList()
        for было, стало in zip(ширины, ширины[1:]):
            слой = [nn.Conv2d(было, стало, 3, padding=1)]
            if batch_norm:
                слой += [nn.BatchNorm2d(стало)]
            self.свёртки.append(nn.Sequential(*слой, nn.ReLU()))
        self.выход = nn.Linear(784, num_classes)

    def дальше(self, x, i=0):
        if i == len(self.свёртки):
            return self.выход(x.flatten(1))
        x = self.свёртки[i](x)
        return self.дальше(F.max_pool2d(x, 2) if i % 2 else x, i + 1)

    def forward(self, x):
        return self.дальше(x)


import random

def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    würfel = random.Random(seed)
    anzahl = len(images)
    stapel = [würfel.sample(range(anzahl), min(batch_size, anzahl)) for _ in range(steps)]
    kurven = {}
    for name, mit_norm in [("plain", False), ("batchnorm", True)]:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            netz = DeepCNN(batch_norm=mit_norm)
        verfahren = torch.optim.SGD(netz.parameters(), lr=lr)
        kurve = []
        for auswahl in stapel:
            verlust = F.cross_entropy(netz(images[auswahl]), labels[auswahl].long())
            verfahren.zero_grad(set_to_none=True)
            verlust.backward()
            verfahren.step()
            kurve += [verlust.item()]
        kurven[name] = kurve
    return kurven
