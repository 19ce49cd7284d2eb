import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

class ReceptiveField:
    def __call__(self, layers):
        state = {"jump": 1, "r": 1}

        def add(kernel, stride, dilation=1):
            state["r"] += dilation * (kernel - 1) * state["jump"]
            state["jump"] *= stride

        for layer in layers:
            add(*layer)
        return state["r"]

receptive_field = ReceptiveField()


from collections import namedtuple

Row = namedtuple("Row", "jump receptive_field")

def receptive_field_table(layers):
    row, table = Row(1, 1), []
    for layer in layers:
        kernel, stride, dilation = tuple(layer) + (1,) if len(layer) == 2 else layer
        row = Row(row.jump * stride, row.receptive_field + dilation * (kernel - 1) * row.jump)
        table.append(row)
    return table


def flatten_features(image_size, channels, num_pools):
    assert isinstance(image_size, int) and image_size > 0, "image_size"
    assert isinstance(channels, int) and channels > 0, "channels"
    assert isinstance(num_pools, int) and num_pools >= 0, "num_pools"
    side, _ = divmod(image_size, 2 ** num_pools)
    return channels * side ** 2
