#!/usr/bin/env python3
# -*- coding: latin-1 -*-
# Übung 3, größte Mühe gegeben: 28 × 28, µ und ß
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def _init(self, in_channels=1, num_classes=10):
    nn.Module.__init__(self)
    self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
    self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
    self.fc = nn.Linear(1568, num_classes)

def _forward(self, x):
    p = lambda t: F.max_pool2d(F.relu(t), 2)
    return self.fc(p(self.conv2(p(self.conv1(x)))).flatten(1))

SimpleCNN = type("SimpleCNN", (nn.Module,), {"__init__": _init, "forward": _forward})


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    losses, sizes = [], []
    for x, y in loader:
        x, y = x.to(device), y.to(device)

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(x), y)
            loss.backward()
            return loss

        losses.append(float(optimizer.step(closure)))
        sizes.append(len(y))
    return sum(l * n for l, n in zip(losses, sizes)) / sum(sizes)


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    training = [(module, module.training) for module in model.modules()]
    try:
        model.eval()
        hits = []
        for images, labels in loader:
            logits = model(images.to(device))
            hits.extend((logits.max(1).indices == labels.to(device)).tolist())
        return sum(hits) / len(hits)
    finally:
        for module, flag in training:
            module.training = flag
