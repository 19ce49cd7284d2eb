import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    area = math.prod(kernel_size) if isinstance(kernel_size, (tuple, list)) else kernel_size ** 2
    return out_channels * (in_channels * area + int(bias))

def linear_params(in_features, out_features, bias=True):
    if out_features == 0:
        return 0
    return in_features + (1 if bias else 0) + linear_params(in_features, out_features - 1, bias)

def count_parameters(model, trainable_only=True):
    unique = {id(v): v for v in model.state_dict(keep_vars=True).values() if isinstance(v, nn.Parameter)}
    return sum(v.numel() for v in unique.values() if v.requires_grad or not trainable_only)  # end