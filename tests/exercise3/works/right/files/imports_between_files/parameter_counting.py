import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    match kernel_size:
        case (h, w):
            area = h * w
        case k:
            area = k * k
    return (in_channels * area + (1 if bias else 0)) * out_channels


def linear_params(in_features, out_features, bias=True):
    return out_features * (in_features + bool(bias))


def count_parameters(model, trainable_only=True):
    return sum(p.numel() for p in model.parameters() if p.requires_grad or not trainable_only)
