import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def positional_encoding(length, width):
    if width % 2: raise ValueError
    pe = torch.zeros(length, width)
    for p in range(length):
        for i in range(0, width, 2):
            pe[p, i] = math.sin(p / 10000 ** (2 * i / width)); pe[p, i+1] = math.cos(p / 10000 ** (2 * (i + 1) / width))
    return pe
