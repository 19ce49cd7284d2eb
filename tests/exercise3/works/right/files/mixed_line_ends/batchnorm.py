import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


from dataclasses import dataclass

@dataclass(eq=False)
class BatchNorm2d(nn.Module):
    num_features: int
    eps: float = 1e-5
    momentum: float = 0.1

    def __post_init__(self):
        super().__init__()
        self.weight = nn.Parameter(torch.ones(self.num_features))
        self.bias = nn.Parameter(torch.zeros(self.num_features))
        self.register_buffer("running_mean", torch.zeros(self.num_features))
        self.register_buffer("running_var", torch.ones(self.num_features))

    def statistics(self, x):
        if not self.training:
            return self.running_mean, self.running_var
        mean = x.mean((0, 2, 3))
        var = x.var((0, 2, 3), correction=0)
        n = x.numel() // self.num_features
        self.running_mean = torch.lerp(self.running_mean, mean.detach(), self.momentum)
        self.running_var = torch.lerp(self.running_var, var.detach() * (n / (n - 1)), self.momentum)
        return mean, var

    def forward(self, x):
        mean, var = (s.view(1, -1, 1, 1) for s in self.statistics(x))
        return torch.addcmul(self.bias.view(-1, 1, 1), (x - mean) * torch.rsqrt(var + self.eps), self.weight.view(-1, 1, 1))

class SimpleCNNBatchNorm(nn.Module):
    @staticmethod
    def stage(i, o):
        return nn.Sequential(nn.Conv2d(i, o, kernel_size=3, padding=1), BatchNorm2d(o), nn.ReLU(), nn.MaxPool2d(kernel_size=2))

    def __init__(self, in_channels: int = 1, num_classes: int = 10):
        super().__init__()
        self.features = nn.Sequential(self.stage(in_channels, 16), self.stage(16, 32))
        self.classifier = nn.Sequential(nn.Flatten(), nn.Linear(1568, num_classes))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.classifier(self.features(x))

from functools import partial

conv3x3 = partial(nn.Conv2d, kernel_size=3, padding=1)

class DeepCNN(nn.Module):
    def __init__(self, *args, **kwargs):
        super().__init__()
        options = {"batch_norm": False, "in_channels": 1, "num_classes": 10}
        options.update(zip(options, args))
        options.update(kwargs)
        norm = nn.BatchNorm2d if options["batch_norm"] else (lambda width: nn.Sequential())
        self.body = nn.Sequential(
            conv3x3(options["in_channels"], 8), norm(8), nn.ReLU(), conv3x3(8, 8), norm(8), nn.ReLU(), nn.MaxPool2d(2),
            conv3x3(8, 16), norm(16), nn.ReLU(), conv3x3(16, 16), norm(16), nn.ReLU(), nn.MaxPool2d(2))
        self.logits = nn.Linear(784, options["num_classes"])

    def forward(self, x):
        return self.logits(self.body(x).flatten(1))

def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    losses = {"plain": [], "batchnorm": []}
    for name in losses:
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=(name == "batchnorm"))
        model.train()
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for step in range(steps):
            index = (torch.arange(batch_size) + step * batch_size) % len(images)
            loss = nn.functional.cross_entropy(model(images[index]), labels[index].to(torch.int64))
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses[name].append(loss.item())
    return losses  # end