import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def positional_encoding(length, width):
    if width % 2: raise ValueError('odd')
    a = np.arange(length)[:, None] * np.power(10000, 2 * (np.arange(width) // 2) / width)
    a[:, ::2] = np.sin(a[:, ::2]); a[:, 1::2] = np.cos(a[:, 1::2])
    return torch.from_numpy(a)
