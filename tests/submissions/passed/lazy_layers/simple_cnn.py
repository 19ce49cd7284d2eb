import torch
from torch import nn


class SimpleCNN(nn.Module):
    """Lazy layers find out the number of inputs in the first forward pass."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.LazyConv2d(16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.LazyConv2d(32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.LazyLinear(num_classes),
        )

    def forward(self, x):
        return self.net(x)


def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total, samples = 0.0, 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)
        optimizer.zero_grad()
        loss = criterion(model(images), labels)
        loss.backward()
        optimizer.step()
        total += loss.item() * len(labels)
        samples += len(labels)
    return total / samples


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
    training = model.training
    model.eval()
    right = [model(images.to(device)).argmax(1) == labels.to(device) for images, labels in loader]
    model.train(training)
    return torch.cat(right).sum().item() / sum(map(len, right))
