import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def receptive_field(layers):
    if not layers:
        return 1
    kernel, stride, dilation = (*layers[0], 1)[:3]
    return dilation * (kernel - 1) + 1 + (receptive_field(layers[1:]) - 1) * stride


def _rows(layers):
    jump = field = 1
    for kernel, stride, *dilation in layers:
        field += (kernel - 1) * jump * (dilation[0] if dilation else 1)
        jump *= stride
        yield jump, field

def receptive_field_table(layers):
    return list(_rows(layers))


import functools

def flatten_features(image_size, channels, num_pools):
    side = functools.reduce(lambda n, _: n // 2, range(num_pools), image_size)
    return channels * side * side
