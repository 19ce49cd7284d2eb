import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    kh, kw = (kernel_size, kernel_size) if type(kernel_size) is int else kernel_size
    count = 0
    for _o in range(out_channels):
        for _i in range(in_channels):
            count += sum(1 for _r in range(kh) for _c in range(kw))
        if bias:
            count += 1
    return count


from torch.nn.utils import skip_init

def linear_params(in_features: int, out_features: int, bias: bool = True) -> int:
    layer = skip_init(nn.Linear, in_features, out_features, bias=bias)
    total = layer.weight.numel()
    if layer.bias is not None:
        total += layer.bias.numel()
    return total


def count_parameters(model, trainable_only=True):
    unique = {id(v): v for v in model.state_dict(keep_vars=True).values() if isinstance(v, nn.Parameter)}
    return sum(v.numel() for v in unique.values() if v.requires_grad or not trainable_only)
