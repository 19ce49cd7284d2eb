import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
  if input_size < 1 or kernel_size < 1:
    raise ValueError('size')
  places = input_size + 2*padding - dilation*(kernel_size - 1)
  if places < 1:
    raise ValueError('fit')
  return -(-places // stride)

def _axes(shape, *settings):
    for axis in (0, 1):
        yield shape[axis + 2], *[s[axis] if hasattr(s, "__getitem__") else s for s in settings]

def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    h, w = [conv_output_size(*axis) for axis in _axes(input_shape, kernel_size, stride, padding, dilation)]
    return input_shape[0], out_channels, h, w

def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
	groesse = dilation * (kernel_size - 1) + 1
	for _ in range(1, input_size):
		groesse += stride
	groesse -= padding
	groesse -= padding
	groesse += output_padding
	return groesse  # end