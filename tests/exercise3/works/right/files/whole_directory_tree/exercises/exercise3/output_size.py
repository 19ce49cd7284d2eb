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
    batch_size = input_shape[0]
    height = input_shape[2]
    width = input_shape[3]
    if type(kernel_size) == int:
        kernel_h = kernel_size
        kernel_w = kernel_size
    else:
        kernel_h = kernel_size[0]
        kernel_w = kernel_size[1]
    if type(stride) == int:
        stride_h = stride
        stride_w = stride
    else:
        stride_h = stride[0]
        stride_w = stride[1]
    if type(padding) == int:
        pad_h = padding
        pad_w = padding
    else:
        pad_h = padding[0]
        pad_w = padding[1]
    if type(dilation) == int:
        dil_h = dilation
        dil_w = dilation
    else:
        dil_h = dilation[0]
        dil_w = dilation[1]
    new_h = height + 2 * pad_h - dil_h * (kernel_h - 1) - 1
    new_h = new_h // stride_h
    new_h = new_h + 1
    new_w = width + 2 * pad_w - dil_w * (kernel_w - 1) - 1
    new_w = new_w // stride_w
    new_w = new_w + 1
    # print(batch_size, out_channels, new_h, new_w)
    return (batch_size, out_channels, new_h, new_w)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
