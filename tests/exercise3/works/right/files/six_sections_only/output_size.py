import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if any(size <= 0 for size in (input_size, kernel_size, stride, dilation)):
        raise ValueError("all sizes must be positive")
    if (room := input_size + 2 * padding - (span := dilation * (kernel_size - 1) + 1)) < 0:
        raise ValueError(f"{span=} does not fit, {room=}")
    steps, _left_over = divmod(room, stride)
    return steps + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)
    x = torch.empty(tuple(input_shape), device="meta")
    w = torch.empty((out_channels, input_shape[1], *kernel), device="meta")
    return tuple(F.conv2d(x, w, stride=stride, padding=padding, dilation=dilation).shape)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    def forward(n):
        return (n - dilation * (kernel_size - 1) - 1) // stride + 1
    n = dilation * (kernel_size - 1) + 1
    while forward(n) < input_size:
        n += 1
    return n - 2 * padding + output_padding
