import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

class ResidualBlock(nn.Module):
	def __init__(self, in_channels, out_channels, stride = 1):
		super(ResidualBlock, self).__init__()
		self.in_channels = in_channels
		self.out_channels = out_channels
		self.stride = stride
		self.first_conv = nn.Conv2d(in_channels, out_channels, kernel_size = 3, stride = stride, padding = 1)
		self.first_bn = nn.BatchNorm2d(out_channels)
		self.relu = nn.ReLU()
		self.second_conv = nn.Conv2d(out_channels, out_channels, kernel_size = 3, stride = 1, padding = 1)
		self.second_bn = nn.BatchNorm2d(out_channels)
		if self.in_channels != self.out_channels or self.stride != 1:
			self.shortcut_conv = nn.Conv2d(in_channels, out_channels, kernel_size = 1, stride = stride, padding = 0)
			self.shortcut_bn = nn.BatchNorm2d(out_channels)

	def forward(self, x):
		out = self.first_conv(x)
		out = self.first_bn(out)
		out = self.relu(out)
		out = self.second_conv(out)
		out = self.second_bn(out)
		# print("main", out.shape)
		if self.in_channels != self.out_channels or self.stride != 1:
			shortcut = self.shortcut_conv(x)
			shortcut = self.shortcut_bn(shortcut)
		else:
			shortcut = x
		# print("shortcut", shortcut.shape)
		out = out + shortcut
		out = self.relu(out)
		return out


class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.model = nn.Sequential(
            nn.LazyConv2d(6, 5), nn.Tanh(), nn.AvgPool2d(2), nn.LazyConv2d(16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten(),
            nn.LazyLinear(120), nn.Tanh(), nn.LazyLinear(84), nn.Tanh(), nn.LazyLinear(num_classes))
        with torch.no_grad():
            self.model(torch.zeros(1, 1, 32, 32))

    def forward(self, x):
        return self.model(x)
