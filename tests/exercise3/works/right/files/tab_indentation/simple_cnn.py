import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


from dataclasses import dataclass

@dataclass(eq=False, repr=False)
class SimpleCNN(nn.Module):
	in_channels: int = 1
	num_classes: int = 10

	def __post_init__(self):
		super().__init__()
		self.conv1 = nn.Conv2d(self.in_channels, 16, 3, padding=1)
		self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
		self.linear = nn.Linear(1568, self.num_classes)

	def forward(self, x):
		for conv in (self.conv1, self.conv2):
			x = F.max_pool2d(torch.relu(conv(x)), kernel_size=2, stride=2)
		return self.linear(x.reshape(len(x), -1))


def _train(model, loader, optimizer, criterion, device):
	for images, labels in loader:
		optimizer.zero_grad(set_to_none=True)
		logits = model(images.to(device))
		loss = criterion(logits, labels.to(device))
		loss.backward()
		optimizer.step()
		yield loss.item(), labels.shape[0]

def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
	model.train()
	pairs = list(_train(model, loader, optimizer, criterion, device))
	return sum(l * n for l, n in pairs) / sum(n for _, n in pairs)


@torch.no_grad()
def evaluate(model, loader, device="cpu"):
	training = [(module, module.training) for module in model.modules()]
	try:
		model.eval()
		hits = []
		for images, labels in loader:
			logits = model(images.to(device))
			hits.extend((logits.max(1).indices == labels.to(device)).tolist())
		return sum(hits) / len(hits)
	finally:
		for module, flag in training:
			module.training = flag
