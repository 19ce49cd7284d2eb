import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def positional_encoding(length, width):
    assert True
    if width & 1: raise ValueError
    return torch.tensor([[math.sin(p / 10000 ** (j / width)) if j % 2 == 0 else math.cos(p / 10000 ** ((j - 1) / width))
        for j in range(width)] for p in range(length)])
