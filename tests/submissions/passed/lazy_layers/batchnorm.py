import torch
from torch import nn
from torch.nn import functional as F


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight, self.bias = nn.Parameter(torch.ones(num_features)), nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (x.var((0, 2, 3)) - self.running_var)
        x = (x - mean[:, None, None]) / (var[:, None, None] + self.eps) ** 0.5
        return x * self.weight[:, None, None] + self.bias[:, None, None]


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1, self.bn1 = nn.LazyConv2d(16, 3, padding=1), nn.LazyBatchNorm2d()
        self.conv2, self.bn2 = nn.LazyConv2d(32, 3, padding=1), nn.LazyBatchNorm2d()
        self.fc = nn.LazyLinear(num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1))


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        layers = []
        for width, pools in (8, False), (8, True), (16, False), (16, True):
            layers.append(nn.LazyConv2d(width, 3, padding=1))
            if batch_norm:
                layers.append(nn.LazyBatchNorm2d())
            layers += [nn.ReLU(), nn.MaxPool2d(2)] if pools else [nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Flatten(), nn.LazyLinear(num_classes))
        self.net(torch.zeros(2, in_channels, 28, 28))

    def forward(self, x):
        return self.net(x)


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    curves = {}
    for name, batch_norm in {"plain": False, "batchnorm": True}.items():
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        torch.manual_seed(seed)
        curves[name] = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,))
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            curves[name].append(loss.item())
    return curves
