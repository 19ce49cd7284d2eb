import torch
import torch.nn.functional as F
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        columns = x.transpose(0, 1).reshape(x.shape[1], -1)
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean = columns.sum(1) / columns.shape[1]
            var = ((columns - mean[:, None]) ** 2).sum(1) / columns.shape[1]
            n, m = columns.shape[1], self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean.detach()
            self.running_var = (1 - m) * self.running_var + m * var.detach() * n / (n - 1)
        scale = self.weight * torch.rsqrt(var + self.eps)
        shift = self.bias - mean * scale
        return x * scale[:, None, None] + shift[:, None, None]


class _Functional(nn.Module):
    """Convolutions and normalisations from bare parameters."""

    def __init__(self, widths, batch_norm, outputs, num_classes):
        super().__init__()
        self.batch_norm = batch_norm
        self.stages = len(widths) - 1
        for i, (a, b) in enumerate(zip(widths, widths[1:])):
            self.register_parameter(f"weight{i}", nn.Parameter(torch.randn(b, a, 3, 3) * (2 / (9 * a)) ** 0.5))
            self.register_parameter(f"bias{i}", nn.Parameter(torch.zeros(b)))
            if batch_norm:
                self.register_parameter(f"gamma{i}", nn.Parameter(torch.ones(b)))
                self.register_parameter(f"beta{i}", nn.Parameter(torch.zeros(b)))
                self.register_buffer(f"bn{i}_running_mean", torch.zeros(b))
                self.register_buffer(f"bn{i}_running_var", torch.ones(b))
        self.last = nn.Linear(outputs, num_classes)

    def stage(self, i, x):
        x = F.conv2d(x, getattr(self, f"weight{i}"), getattr(self, f"bias{i}"), padding=1)
        if self.batch_norm:
            statistics = getattr(self, f"bn{i}_running_mean"), getattr(self, f"bn{i}_running_var")
            gamma, beta = getattr(self, f"gamma{i}"), getattr(self, f"beta{i}")
            x = F.batch_norm(x, *statistics, weight=gamma, bias=beta, training=self.training)
        return F.relu(x)


class SimpleCNNBatchNorm(_Functional):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__([in_channels, 16, 32], True, 1568, num_classes)

    def forward(self, x):
        for i in range(2):
            x = F.max_pool2d(self.stage(i, x), 2)
        return self.last(x.reshape(len(x), -1))


class DeepCNN(_Functional):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__([in_channels, 8, 8, 16, 16], batch_norm, 784, num_classes)

    def forward(self, x):
        x = F.max_pool2d(self.stage(1, self.stage(0, x)), 2)
        x = F.max_pool2d(self.stage(3, self.stage(2, x)), 2)
        return self.last(x.reshape(len(x), -1))


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    def train(batch_norm):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm)
        losses = []
        for _ in range(steps):
            rows = torch.randint(0, len(images), (batch_size,))
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            gradients = torch.autograd.grad(loss, list(model.parameters()))
            with torch.no_grad():
                for p, g in zip(model.parameters(), gradients):
                    p -= lr * g
            losses.append(float(loss))
        return losses

    return dict(plain=train(False), batchnorm=train(True))
