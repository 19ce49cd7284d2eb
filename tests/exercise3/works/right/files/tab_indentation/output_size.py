import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class _Size:
	def __call__(self, input_size, kernel_size, stride=1, padding=0, dilation=1):
		self._check(input_size, kernel_size, stride, padding, dilation)
		free = input_size + 2 * padding - dilation * (kernel_size - 1) - 1
		if free < 0:
			raise ValueError(f"kernel {kernel_size} with dilation {dilation} is too large for {input_size}")
		return free // stride + 1

	@staticmethod
	def _check(*values):
		names = ("input_size", "kernel_size", "stride", "padding", "dilation")
		for name, value in zip(names, values):
			if value < (0 if name == "padding" else 1):
				raise ValueError(f"{name} = {value}")

conv_output_size = _Size()


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
	kernel = (kernel_size, kernel_size) if isinstance(kernel_size, int) else tuple(kernel_size)
	x = torch.empty(tuple(input_shape), device="meta")
	w = torch.empty((out_channels, input_shape[1], *kernel), device="meta")
	return tuple(F.conv2d(x, w, stride=stride, padding=padding, dilation=dilation).shape)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
	touched = {i * stride + j * dilation for i in range(input_size) for j in range(kernel_size)}
	length = max(touched) + 1
	return length - 2 * padding + output_padding
