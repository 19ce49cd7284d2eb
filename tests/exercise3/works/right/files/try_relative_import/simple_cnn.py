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
        self.filters = (16, 32)
        self.build(input_shape=(None, in_channels, 28, 28), units=num_classes)

    def build(self, input_shape, units):
        self.conv_1 = nn.Conv2d(input_shape[1], self.filters[0], (3, 3), padding="same")
        self.conv_2 = nn.Conv2d(self.filters[0], self.filters[1], (3, 3), padding="same")
        self.max_pool = nn.MaxPool2d((2, 2))
        self.flatten = nn.Flatten()
        self.dense = nn.Linear(1568, units)
        nn.init.xavier_uniform_(self.conv_1.weight)   # glorot, as in Keras
        nn.init.xavier_uniform_(self.conv_2.weight)
        nn.init.xavier_uniform_(self.dense.weight)

    def call(self, inputs):
        x = self.max_pool(F.relu(self.conv_1(inputs)))
        x = self.max_pool(F.relu(self.conv_2(x)))
        return self.dense(self.flatten(x))

    def forward(self, x):
        return self.call(x)


def _train(model, loader, optimizer, criterion, device):
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=True)
        logits = model(images.to(device))
        loss = criterion(logits, labels.to(device))
        loss.backward()
        optimizer.step()
        yield loss.item(), labels.shape[0]

def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    pairs = list(_train(model, loader, optimizer, criterion, device))
    return sum(l * n for l, n in pairs) / sum(n for _, n in pairs)


def evaluate(model, loader, device="cpu") -> float:
    mode = model.training
    flags = {name: m.training for name, m in model.named_modules()}
    model.eval()
    with torch.inference_mode():
        counts = torch.zeros(2, dtype=torch.int64)
        for X, y in loader:
            pred = model(X.to(device)).argmax(1).cpu()
            counts += torch.tensor([(pred == y.cpu()).sum(), len(y)])
    for name, m in model.named_modules():
        m.training = flags.get(name, mode)
    right, total = counts.tolist()
    return right / total
