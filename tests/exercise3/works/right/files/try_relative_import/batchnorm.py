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
    for name, make in {'weight': torch.ones, 'bias': torch.zeros}.items():
      setattr(self, name, nn.Parameter(make(num_features)))
    for name, make in {'running_mean': torch.zeros, 'running_var': torch.ones}.items():
      self.register_buffer(name, make(num_features))

  def forward(self, x):
    mean, var = self.running_mean, self.running_var
    if self.training:
      mean = x.mean(dim=[0, 2, 3])
      var = ((x - mean.reshape(1, -1, 1, 1)) ** 2).mean(dim=[0, 2, 3])
      n = x[:, 0].numel()
      for name, value in (('running_mean', mean), ('running_var', var * n / (n - 1))):
        old = getattr(self, name)
        setattr(self, name, (1 - self.momentum) * old + self.momentum * value.detach())
    mean, std = mean.reshape(1, -1, 1, 1), (var + self.eps).sqrt().reshape(1, -1, 1, 1)
    return (x - mean) / std * self.weight.reshape(1, -1, 1, 1) + self.bias.reshape(1, -1, 1, 1)


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


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    table = torch.zeros(2, steps, dtype=torch.float64)
    generator = torch.Generator().manual_seed(seed)
    picks = torch.randint(len(images), (steps, batch_size), generator=generator)
    for row, norm in enumerate((False, True)):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            model = DeepCNN(batch_norm=norm).train()
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        for column, pick in enumerate(picks):
            loss = F.cross_entropy(model(images[pick]), labels[pick])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            table[row, column] = loss.detach()
    return dict(zip(("plain", "batchnorm"), table.tolist()))
