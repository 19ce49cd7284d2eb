import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def receptive_field(layers):
    感受野 = 1
    步距 = 1
    for 层 in layers:
        核, 步 = 层[0], 层[1]
        膨胀 = 层[2] if len(层) > 2 else 1
        感受野 = 感受野 + 膨胀 * (核 - 1) * 步距
        步距 = 步距 * 步
    return 感受野


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
    assert isinstance(image_size, int) and image_size > 0, "image_size"
    assert isinstance(channels, int) and channels > 0, "channels"
    assert isinstance(num_pools, int) and num_pools >= 0, "num_pools"
    side, _ = divmod(image_size, 2 ** num_pools)
    return channels * side ** 2
