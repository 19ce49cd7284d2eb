"""The BatchNorm written here is used in the networks, under another name."""

import torch
from torch import nn


class Normiere(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.weight = nn.Parameter(torch.ones(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.momentum = momentum
        self.eps = eps

    def forward(self, x):
        view = (1, x.size(1), 1, 1)
        offset = self.bias.view(view)
        if self.training:
            mean = torch.mean(x, dim=[0, 2, 3], keepdim=True)
            var = torch.mean((x - mean).pow(2), dim=[0, 2, 3], keepdim=True)
            n = x.size(0) * x.size(2) * x.size(3)
            self.running_mean.data = (1 - self.momentum) * self.running_mean + self.momentum * mean.data.flatten()
            self.running_var.data = (1 - self.momentum) * self.running_var + self.momentum * var.data.flatten() * n / (
                n - 1
            )
        else:
            mean, var = self.running_mean.view(view), self.running_var.view(view)
        return offset + self.weight.view(view) * ((x - mean) / torch.sqrt(var + self.eps))


BatchNorm2d = Normiere


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.k = nn.Linear(1568, num_classes)
        self.bn_2, self.bn_1 = Normiere(32), Normiere(16)
        self.conv_2, self.conv_1 = nn.Conv2d(16, 32, 3, padding=1), nn.Conv2d(in_channels, 16, 3, padding=1)
        self.pool = nn.MaxPool2d(2)

    def forward(self, x):
        x = self.pool(torch.relu(self.bn_1(self.conv_1(x))))
        x = torch.relu(self.pool(self.bn_2(self.conv_2(x))))
        return self.k(torch.flatten(x, 1))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        self.batch_norm = batch_norm
        self.w = [in_channels, 8, 8, 16, 16]
        self.d = nn.ModuleDict()
        for i in 4, 3, 2, 1:
            if batch_norm:
                self.d[f"n{i}"] = BatchNorm2d(self.w[i])
            self.d[f"f{i}"] = nn.Conv2d(self.w[i - 1], self.w[i], 3, padding=1)
        self.schluss = nn.Linear(784, num_classes)

    def forward(self, x):
        for i in 1, 2, 3, 4:
            x = self.d[f"f{i}"](x)
            if self.batch_norm:
                x = self.d[f"n{i}"](x)
            x = nn.functional.relu(x)
            x = nn.functional.max_pool2d(x, 2) if i in (2, 4) else x
        return self.schluss(x.flatten(1))


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    ergebnis = {"batchnorm": [], "plain": []}
    for name, verluste in ergebnis.items():
        torch.manual_seed(seed)
        netz = DeepCNN(name == "batchnorm").train()
        abstieg = torch.optim.SGD(netz.parameters(), lr=lr)
        zufall = torch.Generator()
        zufall.manual_seed(seed)
        for _ in range(steps):
            i = torch.randint(len(images), (batch_size,), generator=zufall)
            abstieg.zero_grad()
            verlust = nn.CrossEntropyLoss()(netz(images[i]), labels[i])
            verlust.backward()
            abstieg.step()
            verluste.append(verlust.item())
    return ergebnis
