import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super(BatchNorm2d, self).__init__()
        self.num_features = num_features
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.full((num_features,), 1.0))
        self.bias = nn.Parameter(torch.full((num_features,), 0.0))
        self.register_buffer('running_mean', torch.zeros(num_features))
        self.register_buffer('running_var', torch.ones(num_features))

    def forward(self, x):
        col = lambda v: v.reshape(1, self.num_features, 1, 1)
        if self.training:
            count = x.shape[0] * x.shape[2] * x.shape[3]
            mu = torch.einsum("nchw->c", x) / count
            d = x - col(mu)
            sigma2 = torch.einsum("nchw,nchw->c", d, d) / count
            with torch.no_grad():
                self.running_mean.copy_(self.running_mean * (1 - self.momentum) + mu * self.momentum)
                self.running_var.copy_(self.running_var * (1 - self.momentum) + sigma2 * count / (count - 1) * self.momentum)
        else:
            d = x - col(self.running_mean)
            sigma2 = self.running_var
        return torch.einsum("nchw,c->nchw", d, self.weight / torch.sqrt(sigma2 + self.eps)) + col(self.bias)


class SimpleCNNBatchNorm(nn.Module):
  def __init__(self, in_channels = 1, num_classes = 10):
    super(SimpleCNNBatchNorm, self).__init__()
    self.convolution_1 = nn.Conv2d(in_channels, 16, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_1 = BatchNorm2d(16)
    self.relu_1 = nn.ReLU()
    self.pool_1 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.convolution_2 = nn.Conv2d(16, 32, kernel_size = 3, stride = 1, padding = 1)
    self.batch_norm_2 = BatchNorm2d(32)
    self.relu_2 = nn.ReLU()
    self.pool_2 = nn.MaxPool2d(kernel_size = 2, stride = 2)
    self.linear = nn.Linear(32 * 7 * 7, num_classes)

  def forward(self, x):
    x1 = self.convolution_1(x)
    x2 = self.batch_norm_1(x1)
    x3 = self.relu_1(x2)
    x4 = self.pool_1(x3)
    # print(x4.shape)
    x5 = self.convolution_2(x4)
    x6 = self.batch_norm_2(x5)
    x7 = self.relu_2(x6)
    x8 = self.pool_2(x7)
    # print(x8.shape)
    batch_size = x8.shape[0]
    x9 = x8.reshape(batch_size, 32 * 7 * 7)
    logits = self.linear(x9)
    return logits


class Block(nn.Sequential):
    def __init__(self, i, o, norm):
        super().__init__(nn.Conv2d(i, o, 3, padding=1), *([nn.BatchNorm2d(o)] if norm else []), nn.ReLU())

class DeepCNN(nn.Sequential):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(
            Block(in_channels, 8, batch_norm), Block(8, 8, batch_norm), nn.MaxPool2d(2),
            Block(8, 16, batch_norm), Block(16, 16, batch_norm), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(784, num_classes))


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
