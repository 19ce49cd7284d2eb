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


from itertools import accumulate

def receptive_field_table(layers):
    def step(state, layer):
        jump, r = state
        k, s, d = layer if len(layer) == 3 else (*layer, 1)
        return jump * s, r + d * (k - 1) * jump
    return list(accumulate(layers, step, initial=(1, 1)))[1:]


def flatten_features(image_size, channels, num_pools):
    x = torch.empty(1, channels, image_size, image_size, device="meta")
    pools = nn.Sequential(*[nn.MaxPool2d(2) for _ in range(num_pools)])
    return pools(x).flatten(1).shape[1]
