"""output_size: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


from dataclasses import dataclass

@dataclass(frozen=True)
class _Axis:
    size: int
    kernel: int
    stride: int
    padding: int
    dilation: int

    def __post_init__(self):
        if self.size <= 0 or self.kernel <= 0:
            raise ValueError("size is not positive")
        if self.span > self.padded:
            raise ValueError("dilated kernel does not fit")

    @property
    def padded(self):
        return self.size + 2 * self.padding

    @property
    def span(self):
        return self.dilation * (self.kernel - 1) + 1

    @property
    def out(self):
        return (self.padded - self.span) // self.stride + 1


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    return _Axis(input_size, kernel_size, stride, padding, dilation).out


def _axes(shape, *settings):
    for axis in (0, 1):
        yield shape[axis + 2], *[s[axis] if hasattr(s, "__getitem__") else s for s in settings]

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    h, w = [conv_output_size(*axis) for axis in _axes(input_shape, kernel_size, stride, padding, dilation)]
    return input_shape[0], out_channels, h, w


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    coefficients = np.array([1, -2, 1, 1, 1])
    values = np.array([(input_size - 1) * stride, padding, dilation * (kernel_size - 1), output_padding, 1])
    return int(coefficients @ values)
