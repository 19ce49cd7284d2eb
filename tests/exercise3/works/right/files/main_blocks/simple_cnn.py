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
        self.body = nn.Sequential(
            nn.Conv2d(in_channels, 16, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1), nn.ReLU(), nn.MaxPool2d(2)).to(memory_format=torch.channels_last)
        self.head = nn.Linear(1568, num_classes)

    def forward(self, x):
        with torch.autocast(device_type=x.device.type, enabled=False):
            x = self.body(x.contiguous(memory_format=torch.channels_last))
            return self.head(x.contiguous().flatten(1))


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


def evaluate(model, loader, device = "cpu"):
    # remember the mode
    model_was_training = model.training
    model.eval()
    number_correct = 0
    number_total = 0
    with torch.no_grad():
        for images, labels in loader:
            images = images.to(device)
            labels = labels.to(device)
            logits = model(images)
            answers = logits.argmax(dim = 1)
            correct = (answers == labels)
            number_correct = number_correct + correct.sum().item()
            number_total = number_total + len(labels)
            # print(number_correct, number_total)
    if model_was_training == True:
        model.train()
    accuracy = number_correct / number_total
    return accuracy


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing simple_cnn")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
