from collections import OrderedDict

import torch
import torch.nn as nn


class SimpleCNN(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(
            OrderedDict(
                [
                    ("conv1", nn.Conv2d(in_channels, 16, 3, 1, 1)),
                    ("relu1", nn.ReLU(inplace=True)),
                    ("pool1", nn.MaxPool2d(2, 2)),
                    ("conv2", nn.Conv2d(16, 32, 3, 1, 1)),
                    ("relu2", nn.ReLU(inplace=True)),
                    ("pool2", nn.MaxPool2d(2, 2)),
                    ("flat", nn.Flatten()),
                    ("out", nn.Linear(7 * 7 * 32, num_classes)),
                ]
            )
        )


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model = model.to(device).train()
    total, samples = torch.zeros(()), 0
    for images, labels in loader:
        optimizer.zero_grad(set_to_none=False)
        loss = criterion(model(images.to(device)), labels.to(device))
        loss.backward()
        optimizer.step()
        total += loss.detach() * images.size(0)
        samples += images.size(0)
    return total / samples


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    before = model.training
    model.train(False)
    hits = samples = 0
    for images, labels in loader:
        hits = hits + (model(images.to(device)).softmax(1).max(dim=1).indices == labels.to(device)).sum()
        samples += len(labels)
    model.train(before)
    return hits / samples
