import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class BatchNorm2d(nn.Module):
	def __init__(self, num_features, eps=1e-5, momentum=0.1):
		super().__init__()
		self.eps = eps
		self.momentum = momentum
		self.weight = nn.Parameter(torch.ones(num_features))
		self.bias = nn.Parameter(torch.zeros(num_features))
		self.register_buffer("running_mean", torch.zeros(num_features))
		self.register_buffer("running_var", torch.ones(num_features))

	def forward(self, x):
		outputs = []
		for c in range(x.shape[1]):
			channel = x[:, c, :, :]
			if self.training:
				number_of_values = channel.numel()
				mean = channel.sum() / number_of_values
				variance = ((channel - mean) ** 2).sum() / number_of_values
				unbiased_variance = variance * number_of_values / (number_of_values - 1)
				with torch.no_grad():
					self.running_mean[c] = (1 - self.momentum) * self.running_mean[c] + self.momentum * mean
					self.running_var[c] = (1 - self.momentum) * self.running_var[c] + self.momentum * unbiased_variance
			else:
				# clone: the buffers may change before backward
				mean = self.running_mean[c].clone()
				variance = self.running_var[c].clone()
			normalised = (channel - mean) / torch.sqrt(variance + self.eps)
			outputs.append(self.weight[c] * normalised + self.bias[c])
		return torch.stack(outputs, dim=1)


from collections import OrderedDict

class SimpleCNNBatchNorm(nn.Sequential):
	def __init__(self, in_channels=1, num_classes=10):
		layers = OrderedDict()
		for n, (i, o) in enumerate([(in_channels, 16), (16, 32)], 1):
			layers[f"conv{n}"] = nn.Conv2d(i, o, 3, padding=1)
			layers[f"norm{n}"] = BatchNorm2d(o)
			layers[f"relu{n}"] = nn.ReLU()
			layers[f"pool{n}"] = nn.MaxPool2d(2)
		layers["flatten"] = nn.Flatten()
		layers["linear"] = nn.Linear(1568, num_classes)
		super().__init__(layers)


class DeepCNN(nn.Module):
	def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
		super().__init__()
		layers, last = [], in_channels
		for width, pool in ((8, False), (8, True), (16, False), (16, True)):
			layers += [nn.Conv2d(last, width, 3, padding=1)]
			layers += [nn.BatchNorm2d(width)] if batch_norm else []
			layers += [nn.ReLU()]
			layers += [nn.MaxPool2d(2)] if pool else []
			last = width
		self.features = torch.compile(nn.Sequential(*layers), backend="eager", dynamic=True)
		self.fc = nn.Linear(784, num_classes)

	def forward(self, x):
		return self.fc(torch.flatten(self.features(x), 1))


def compare_batchnorm(images, labels, lr = 0.1, steps = 60, batch_size = 64, seed = 0):
	# 1) network without batch norm
	torch.manual_seed(seed)
	model1 = DeepCNN(batch_norm = False)
	optimizer1 = torch.optim.SGD(model1.parameters(), lr = lr)
	torch.manual_seed(seed)
	losses1 = []
	for step in range(steps):
		indices = torch.randint(len(images), (batch_size,))
		x = images[indices]
		y = labels[indices]
		optimizer1.zero_grad()
		loss = F.cross_entropy(model1(x), y)
		loss.backward()
		optimizer1.step()
		losses1.append(loss.item())
	# 2) the same with batch norm
	torch.manual_seed(seed)
	model2 = DeepCNN(batch_norm = True)
	optimizer2 = torch.optim.SGD(model2.parameters(), lr = lr)
	torch.manual_seed(seed)
	losses2 = []
	for step in range(steps):
		indices = torch.randint(len(images), (batch_size,))
		x = images[indices]
		y = labels[indices]
		optimizer2.zero_grad()
		loss = F.cross_entropy(model2(x), y)
		loss.backward()
		optimizer2.step()
		losses2.append(loss.item())
	# plt.plot(losses1); plt.plot(losses2)
	result = {}
	result["plain"] = losses1
	result["batchnorm"] = losses2
	return result
