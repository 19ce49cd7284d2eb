import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class ImageTensor(torch.Tensor):
	def show_shape(self):
		return "x".join(map(str, self.shape))

def to_image_tensor(rows):
	x = torch.from_numpy(rows.astype(np.float32)).reshape(-1, 1, 28, 28) / 255
	return x.as_subclass(ImageTensor)


def to_channels_first(images):
	array = images.detach().numpy()
	return torch.from_numpy(np.ascontiguousarray(np.transpose(array, (0, 3, 1, 2))))


from torch.utils.data import BatchSampler, DataLoader, RandomSampler, SequentialSampler, TensorDataset

def make_loader(images, labels, batch_size=32, shuffle=True):
	dataset = TensorDataset(images, labels.long())
	order = (RandomSampler if shuffle else SequentialSampler)(dataset)
	return DataLoader(dataset, sampler=BatchSampler(order, batch_size, drop_last=False), batch_size=None)
