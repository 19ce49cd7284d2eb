import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


import functools

def prüfe_größen(funktion):
    @functools.wraps(funktion)
    def hülle(input_size, kernel_size, stride=1, padding=0, dilation=1):
        größe, kern = input_size, kernel_size
        if größe <= 0 or kern <= 0:
            raise ValueError("Größe nicht positiv")
        if dilation * (kern - 1) >= größe + 2 * padding:
            raise ValueError("Kern passt nicht")
        return funktion(input_size, kernel_size, stride, padding, dilation)
    return hülle

@prüfe_größen
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    k, s, p, d = (np.broadcast_to(np.asarray(v), (2,)) for v in (kernel_size, stride, padding, dilation))
    hw = np.array(input_shape[2:])
    out = (hw + 2 * p - d * (k - 1) - 1) // s + 1
    return (int(input_shape[0]), int(out_channels), *out.tolist())


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    touched = {i * stride + j * dilation for i in range(input_size) for j in range(kernel_size)}
    length = max(touched) + 1
    return length - 2 * padding + output_padding
