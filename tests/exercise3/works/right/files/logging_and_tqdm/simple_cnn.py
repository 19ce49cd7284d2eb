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
