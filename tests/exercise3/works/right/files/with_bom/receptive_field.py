"""receptive_field: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def receptive_field(layers):
    table = receptive_field_table(layers)
    return table[-1][1] if table else 1


from collections import namedtuple

Row = namedtuple("Row", "jump receptive_field")

def receptive_field_table(layers):
    row, table = Row(1, 1), []
    for layer in layers:
        kernel, stride, dilation = tuple(layer) + (1,) if len(layer) == 2 else layer
        row = Row(row.jump * stride, row.receptive_field + dilation * (kernel - 1) * row.jump)
        table.append(row)
    return table


def flatten_features(image_size: int, channels: int, num_pools: int) -> int:
    side = image_size // 2 ** num_pools
    return side * side * channels
