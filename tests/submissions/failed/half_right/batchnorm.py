"""What BatchNorm does"""

import torch
import torch.nn as nn
import torch.nn.functional as F


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
            mean = x.mean(dim=(0, 2, 3), keepdim=True)
            var = x.var(dim=(0, 2, 3), keepdim=True, unbiased=False)
            self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean.squeeze().detach()
            self.running_var = (1 - self.momentum) * self.running_var + self.momentum * var.squeeze().detach()
        else:
            mean = self.running_mean.view(1, -1, 1, 1)
            var = self.running_var.view(1, -1, 1, 1)
        x_hat = (x - mean) / (torch.sqrt(var) + self.eps)
        return self.weight.view(1, -1, 1, 1) * x_hat + self.bias.view(1, -1, 1, 1)


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.bn1 = nn.BatchNorm2d(16)
        self.bn2 = nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(self.bn1(F.relu(self.conv1(x))), 2)
        x = F.max_pool2d(self.bn2(F.relu(self.conv2(x))), 2)
        return self.fc(x.flatten(1))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        c = in_channels
        for i, width in enumerate([8, 8, 16, 16]):
            layers += [nn.Conv2d(c, width, 3, padding=1), nn.ReLU()]
            if batch_norm:
                layers += [nn.BatchNorm2d(width)]
            if i % 2 == 1:
                layers += [nn.MaxPool2d(2)]
            c = width
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))

    def forward(self, x):
        return self.net(x)


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    results = {"plain": [], "batchnorm": []}
    for name in results:
        model = DeepCNN(batch_norm=(name == "batchnorm"))
        opt = torch.optim.SGD(model.parameters(), lr=lr)
        for step in range(steps):
            idx = torch.randperm(len(images))[:batch_size]
            loss = F.cross_entropy(model(images[idx]), labels[idx])
            opt.zero_grad()
            loss.backward()
            opt.step()
            results[name].append(loss.item())
    return results
