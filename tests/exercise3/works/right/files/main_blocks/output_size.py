import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    effective = dilation * (kernel_size - 1) + 1
    if effective > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size + 2 * padding - effective) // stride + 1


from torch.nn.modules.utils import _pair

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1) -> tuple[int, int, int, int]:
    kernel_size, stride, padding, dilation = _pair(kernel_size), _pair(stride), _pair(padding), _pair(dilation)
    N, C, H, W = input_shape
    H_out = (H + 2 * padding[0] - dilation[0] * (kernel_size[0] - 1) - 1) // stride[0] + 1
    W_out = (W + 2 * padding[1] - dilation[1] * (kernel_size[1] - 1) - 1) // stride[1] + 1
    return N, out_channels, H_out, W_out


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    touched = {i * stride + j * dilation for i in range(input_size) for j in range(kernel_size)}
    length = max(touched) + 1
    return length - 2 * padding + output_padding


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing output_size")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
