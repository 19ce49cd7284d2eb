import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleDict({"first": nn.Conv2d(in_channels, 16, 3, padding=1), "second": nn.Conv2d(16, 32, 3, padding=1)})
        for name in ("pool_first", "pool_second"):
            setattr(self, name, nn.MaxPool2d(2))
        self.dense = nn.Linear(1568, num_classes)

    def forward(self, x):
        for name, conv in self.convs.items():
            x = getattr(self, f"pool_{name}")(conv(x).clamp(min=0))
        return self.dense(x.flatten(1))


def train_one_epoch(model, loader, optimizer, criterion, device="cpu") -> float:
    model.to(device)
    model.train()
    losses = []
    weights = []
    for X, y in loader:
        X = X.to(device)
        y = y.to(device)
        pred = model(X)
        loss = criterion(pred, y)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        losses.append(loss.item())
        weights.append(X.shape[0])
    return float(np.average(losses, weights=weights))


def evaluate(model, loader, device="cpu"):
    keep = {m: m.training for m in model.modules()}
    model.eval()
    with torch.no_grad():
        pairs = [((model(x.to(device)).topk(1, dim=1).indices.squeeze(1) == y.to(device)).sum().item(), len(y)) for x, y in loader]
    for m in keep: m.training = keep[m]
    return sum(p[0] for p in pairs) / sum(p[1] for p in pairs)
