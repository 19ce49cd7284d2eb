"""Is a network that gives the same logits for every image.

earns: SimpleCNN 0
verdicts: failed
says: .
"""
import torch
from torch import nn


class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.logits = nn.Parameter(torch.linspace(-1, 1, num_classes))

    def forward(self, x):
        return self.logits.expand(len(x), -1) * 2
