import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def receptive_field(layers):
    low, high = 0, 0
    for layer in list(layers)[::-1]:
        kernel, stride = layer[:2]
        dilation = dict(enumerate(layer)).get(2, 1)
        low = low * stride
        high = high * stride + dilation * (kernel - 1)
    return high - low + 1


def receptive_field_table(layers):
    table = []
    jump, r = 1, 1
    for layer in layers:
        k, s = layer[:2]
        d = layer[2] if len(layer) > 2 else 1
        r = r + d * (k - 1) * jump
        jump = jump * s
        table.append((jump, r))
    return table


def flatten_features(image_size, channels, num_pools):
    def pool(n, kernel=2, stride=2):
        return (n - kernel) // stride + 1
    height = width = image_size
    count = 0
    while count < num_pools:
        height, width = pool(height), pool(width)
        count += 1
    return channels * height * width
