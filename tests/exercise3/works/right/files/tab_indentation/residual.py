import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ResidualBlock(nn.Module):
	def __init__(self, in_channels, out_channels, stride=1):
		super().__init__()
		self.stride = stride
		self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride=stride, padding=1, bias=False)
		self.bn1 = nn.BatchNorm2d(out_channels)
		self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False)
		self.bn2 = nn.BatchNorm2d(out_channels)
		if stride != 1 or in_channels != out_channels:
			self.project = nn.Linear(in_channels, out_channels, bias=False)
			self.bn3 = nn.BatchNorm2d(out_channels)
		else:
			self.project = None

	def forward(self, x):
		y = self.bn2(self.conv2(F.relu(self.bn1(self.conv1(x)))))
		if self.project is not None:
			s = x[:, :, ::self.stride, ::self.stride].movedim(1, 3)
			x = self.bn3(self.project(s).movedim(3, 1))
		return F.relu(x + y)


from torch.utils.checkpoint import checkpoint_sequential

class LeNet5(nn.Module):
	def __init__(self, num_classes=10):
		super().__init__()
		self.stages = nn.Sequential(
			nn.Sequential(nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2)),
			nn.Sequential(nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2), nn.Flatten()),
			nn.Sequential(nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh()))
		self.last = nn.Linear(84, num_classes)

	def forward(self, x):
		return self.last(checkpoint_sequential(self.stages, 3, x, use_reentrant=False))
