#!/usr/bin/env python3
# -*- coding: latin-1 -*-
# Übung 3, größte Mühe gegeben: 28 × 28, µ und ß
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv_output_size(input_size, kernel_size, stride = 1, padding = 0, dilation = 1):
    # step 1: check the numbers
    if not (input_size > 0):
        raise ValueError("input size is not positive")
    if not (kernel_size > 0):
        raise ValueError("kernel size is not positive")
    # step 2: padding on both sides
    padding_left = padding
    padding_right = padding
    padded_size = padding_left + input_size + padding_right
    # print("padded", padded_size)
    # step 3: dilated kernel
    number_of_gaps = kernel_size - 1
    dilated_kernel = number_of_gaps * dilation
    dilated_kernel = dilated_kernel + 1
    # print("kernel", dilated_kernel)
    if dilated_kernel > padded_size:
        raise ValueError("kernel does not fit")
    # step 4: number of steps
    rest = padded_size - dilated_kernel
    steps = int(rest // stride)
    result = steps + 1
    # print("result", result)
    return result


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    settings = [v if isinstance(v, (tuple, list)) else (v,) * 2 for v in (kernel_size, stride, padding, dilation)]
    return (input_shape[0], out_channels, *(conv_output_size(*axis) for axis in zip(input_shape[-2:], *settings)))


def conv_transpose_output_size(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, output_padding: int = 0, dilation: int = 1
) -> int:
    first_to_last: int = stride * (input_size - 1)
    kernel_span: int = dilation * (kernel_size - 1) + 1
    uncut: int = first_to_last + kernel_span
    cut: int = uncut - 2 * padding
    return cut + output_padding
