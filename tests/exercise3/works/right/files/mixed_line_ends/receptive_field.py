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
    if not layers:
        return []
    k = np.array([l[0] for l in layers]); s = np.array([l[1] for l in layers])
    d = np.array([l[2] if len(l) == 3 else 1 for l in layers])
    after = np.cumprod(s)
    before = after // s
    r = 1 + np.cumsum(d * (k - 1) * before)
    return list(zip(after.tolist(), r.tolist()))

def flatten_features(image_size, channels, num_pools):
    def pool(n, kernel=2, stride=2):
        return (n - kernel) // stride + 1
    height = width = image_size
    count = 0
    while count < num_pools:
        height, width = pool(height), pool(width)
        count += 1
    return channels * height * width  # end