import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

import logging
import warnings

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
log.info("module is loaded")
warnings.filterwarnings("ignore", category=UserWarning)

for _ in tqdm(range(3), desc="warming up", leave=False):
    pass

class _Normalise(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, eps):
        var, mean = torch.var_mean(x, (0, 2, 3), correction=0, keepdim=True)
        inv = (var + eps).rsqrt()
        xhat = (x - mean) * inv
        ctx.save_for_backward(xhat, inv)
        ctx.mark_non_differentiable(mean, var)
        return xhat, mean, var

    @staticmethod
    def backward(ctx, g, _m, _v):
        xhat, inv = ctx.saved_tensors
        axes = (0, 2, 3)
        return inv * (g - g.mean(axes, keepdim=True) - xhat * (g * xhat).mean(axes, keepdim=True)), None

class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            xhat, mean, var = _Normalise.apply(x, self.eps)
            n = x.numel() // x.shape[1]
            self.running_mean += self.momentum * (mean.flatten() - self.running_mean)
            self.running_var += self.momentum * (var.flatten() * n / (n - 1) - self.running_var)
        else:
            xhat = (x - self.running_mean[:, None, None]) * (self.running_var + self.eps).rsqrt()[:, None, None]
        return xhat * self.weight[:, None, None] + self.bias[:, None, None]


class SimpleCNNBatchNorm(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        def new(*shape):
            t = torch.empty(*shape)
            nn.init.kaiming_uniform_(t, a=math.sqrt(5))
            return nn.Parameter(t)
        def small(n, fan_in):
            return nn.Parameter((torch.rand(n) * 2 - 1) / math.sqrt(fan_in))
        self.k1, self.c1 = new(16, in_channels, 3, 3), small(16, 9 * in_channels)
        self.g1, self.h1 = nn.Parameter(torch.ones(16)), nn.Parameter(torch.zeros(16))
        self.k2, self.c2 = new(32, 16, 3, 3), small(32, 144)
        self.g2, self.h2 = nn.Parameter(torch.ones(32)), nn.Parameter(torch.zeros(32))
        self.w, self.b = new(num_classes, 1568), small(num_classes, 1568)
        for n, c in ((1, 16), (2, 32)):
            self.register_buffer(f"mean{n}", torch.zeros(c))
            self.register_buffer(f"var{n}", torch.ones(c))

    def forward(self, x):
        x = F.conv2d(x, self.k1, self.c1, padding=1)
        x = F.batch_norm(x, self.mean1, self.var1, self.g1, self.h1, self.training)
        x = F.max_pool2d(F.relu(x), 2)
        x = F.conv2d(x, self.k2, self.c2, padding=1)
        x = F.batch_norm(x, self.mean2, self.var2, self.g2, self.h2, self.training)
        x = F.max_pool2d(F.relu(x), 2)
        return F.linear(x.flatten(1), self.w, self.b)


class DeepCNN(nn.Module):
    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        def conv_unit(i, o):
            unit = [("conv", nn.Conv2d(i, o, 3, padding=1))]
            if batch_norm:
                unit.append(("norm", BatchNorm2d(o)))
            return nn.ModuleDict(unit)
        self.units = nn.ModuleDict({"a": conv_unit(in_channels, 8), "b": conv_unit(8, 8), "c": conv_unit(8, 16), "d": conv_unit(16, 16)})
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        with torch.autocast("cpu", enabled=False):
            for name, unit in self.units.items():
                for layer in unit.values():
                    x = layer(x)
                x = F.relu(x)
                if name in "bd":
                    x = F.max_pool2d(x, 2)
            return self.fc(x.flatten(1))


class Trainer:
    def __init__(self, model, learningRate):
        self.model = model
        self.optimizer = torch.optim.SGD(self.model.parameters(), lr=learningRate)
        self.lossFunction = nn.CrossEntropyLoss()
        self.lossHistory = []

    def doStep(self, batchImages, batchLabels):
        self.optimizer.zero_grad()
        loss = self.lossFunction(self.model.forward(batchImages), batchLabels)
        loss.backward()
        self.optimizer.step()
        self.lossHistory.append(loss.item())

    def getLossHistory(self):
        return self.lossHistory


def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    histories = []
    for useBatchNorm in [False, True]:
        oldState = torch.random.get_rng_state()
        torch.manual_seed(seed)
        trainer = Trainer(DeepCNN(useBatchNorm), lr)
        torch.random.set_rng_state(oldState)
        generator = torch.Generator()
        generator.manual_seed(seed)
        permutation = torch.randperm(len(images), generator=generator)
        position = 0
        for i in range(steps):
            if position >= len(images):
                permutation = torch.randperm(len(images), generator=generator)
                position = 0
            indices = permutation[position:position + batch_size]
            trainer.doStep(images[indices], labels[indices])
            position += batch_size
        histories.append(trainer.getLossHistory())
    return {"plain": histories[0], "batchnorm": histories[1]}
