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


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def fresh(flag):
        torch.manual_seed(seed)
        return DeepCNN(flag)

    with torch.random.fork_rng(devices=[]):
        nets = {"plain": fresh(False), "batchnorm": fresh(True)}
        torch.manual_seed(seed)
        picks = [torch.randperm(len(images))[:batch_size] for _ in range(steps)]
    optimizers = {k: torch.optim.SGD(net.parameters(), lr=lr) for k, net in nets.items()}
    curves = {k: [] for k in nets}
    for pick in picks:
        x, y = images[pick], labels[pick]
        for k, net in nets.items():
            loss = F.cross_entropy(net(x), y)
            optimizers[k].zero_grad()
            loss.backward()
            optimizers[k].step()
            curves[k].append(loss.detach().item())
    return curves


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing batchnorm")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
