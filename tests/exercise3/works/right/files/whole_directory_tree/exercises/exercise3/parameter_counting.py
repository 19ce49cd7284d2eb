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


def linear_params(in_features, out_features, bias=True):
    return out_features * (in_features + bool(bias))


from collections import Counter

def count_parameters(model, trainable_only=True):
    c = Counter()
    for p in model.parameters():
        c[p.requires_grad] += p.numel()
    return c[True] if trainable_only else c[True] + c[False]
