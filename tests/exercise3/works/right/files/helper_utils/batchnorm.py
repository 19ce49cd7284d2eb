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
        self.eps = eps
        self.momentum = momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean = x.mean(dim=(0, 2, 3))
            var = x.var(dim=(0, 2, 3), unbiased=False)
            n = x.numel() / x.shape[1]
            with torch.no_grad():
                self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean
                self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var * n / (n - 1)
        else:
            mean, var = self.running_mean, self.running_var
        x_hat = (x - mean[None, :, None, None]) / torch.sqrt(var[None, :, None, None] + self.eps)
        return self.weight[None, :, None, None] * x_hat + self.bias[None, :, None, None]


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), BatchNorm2d(16), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), BatchNorm2d(32), nn.ReLU(), nn.MaxPool2d(2),
            nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x):
        return self.net(x)


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers, last = [], in_channels
        for width, pool in ((8, False), (8, True), (16, False), (16, True)):
            layers += [nn.Conv2d(last, width, 3, padding=1)]
            layers += [nn.BatchNorm2d(width)] if batch_norm else []
            layers += [nn.ReLU()]
            layers += [nn.MaxPool2d(2)] if pool else []
            last = width
        self.features = torch.compile(nn.Sequential(*layers), backend="eager", dynamic=True)
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        return self.fc(torch.flatten(self.features(x), 1))


def compare_batchnorm(images, labels, lr = 0.1, steps = 60, batch_size = 64, seed = 0):
    # 1) network without batch norm
    torch.manual_seed(seed)
    model1 = DeepCNN(batch_norm = False)
    optimizer1 = torch.optim.SGD(model1.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses1 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer1.zero_grad()
        loss = F.cross_entropy(model1(x), y)
        loss.backward()
        optimizer1.step()
        losses1.append(loss.item())
    # 2) the same with batch norm
    torch.manual_seed(seed)
    model2 = DeepCNN(batch_norm = True)
    optimizer2 = torch.optim.SGD(model2.parameters(), lr = lr)
    torch.manual_seed(seed)
    losses2 = []
    for step in range(steps):
        indices = torch.randint(len(images), (batch_size,))
        x = images[indices]
        y = labels[indices]
        optimizer2.zero_grad()
        loss = F.cross_entropy(model2(x), y)
        loss.backward()
        optimizer2.step()
        losses2.append(loss.item())
    # plt.plot(losses1); plt.plot(losses2)
    result = {}
    result["plain"] = losses1
    result["batchnorm"] = losses2
    return result
