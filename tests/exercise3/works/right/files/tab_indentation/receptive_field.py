import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def receptive_field(layers):
	if len(layers) == 0:
		return 1
	a = np.array([tuple(l) + (1,) * (3 - len(l)) for l in layers], dtype=np.int64)
	jumps = np.concatenate(([1], np.cumprod(a[:-1, 1])))
	return int(1 + (a[:, 2] * (a[:, 0] - 1) * jumps).sum())


def receptive_field_table(layers):
	if not layers:
		return []
	k = np.array([l[0] for l in layers]); s = np.array([l[1] for l in layers])
	d = np.array([l[2] if len(l) == 3 else 1 for l in layers])
	after = np.cumprod(s)
	before = after // s
	r = 1 + np.cumsum(d * (k - 1) * before)
	return list(zip(after.tolist(), r.tolist()))


def flatten_features(image_size, channels, num_pools):
	height = image_size
	width = image_size
	for i in range(0, num_pools):
		height = math.floor(height / 2)
		width = math.floor(width / 2)
		# print(i, height, width)
	pixels = height * width
	features = pixels * channels
	return features
