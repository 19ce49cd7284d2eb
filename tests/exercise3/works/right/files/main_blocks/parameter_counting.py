import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels: int, out_channels: int, kernel_size, bias: bool = True) -> int:
    kernel = np.broadcast_to(kernel_size, 2)
    return int(np.prod([out_channels, in_channels, *kernel]) + (out_channels if bias else 0))


def linear_params(in_features, out_features, bias=True):
    return out_features * (in_features + bool(bias))


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing parameter_counting")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
