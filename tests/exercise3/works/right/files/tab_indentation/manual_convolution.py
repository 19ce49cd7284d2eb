import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
	as2 = lambda v: torch.as_tensor(v).expand(2).tolist()
	(s0, s1), (p0, p1), (d0, d1) = as2(stride), as2(padding), as2(dilation)
	n, c, h, w = x.shape
	o, _, kh, kw = weight.shape
	xp = x.new_zeros(n, c, h + 2 * p0, w + 2 * p1)
	xp[:, :, p0:p0 + h, p1:p1 + w] = x
	rows = torch.arange((h + 2 * p0 - d0 * (kh - 1) - 1) // s0 + 1)[:, None] * s0 + torch.arange(kh) * d0
	cols = torch.arange((w + 2 * p1 - d1 * (kw - 1) - 1) // s1 + 1)[:, None] * s1 + torch.arange(kw) * d1
	patches = xp[:, :, rows[:, None, :, None], cols[None, :, None, :]]      # n c oh ow kh kw
	y = (patches.permute(0, 2, 3, 1, 4, 5).flatten(3) @ weight.flatten(1).T).movedim(-1, 1)
	if bias is not None:
		y = y + bias[None, :, None, None]
	return y


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
	s = stride or kernel_size
	y = F.pad(x, (padding,) * 4, value=-math.inf).contiguous()
	n, c, h, w = y.shape
	a, b, d, e = y.stride()
	k = kernel_size
	view = torch.as_strided(y, (n, c, (h - k) // s + 1, (w - k) // s + 1, k, k), (a, b, d * s, e * s, d, e))
	return view.flatten(-2).max(-1).values


def global_avg_pool(x):
	return x.mean(dim=(2, 3))


_SOBEL = torch.tensor([[-1.0, 0, 1, -2, 0, 2, -1, 0, 1], [-1, -2, -1, 0, 0, 0, 1, 2, 1]])

def sobel_edges(image):
	h, w = image.shape
	g = _SOBEL @ F.unfold(image[None, None], 3)[0]
	return torch.linalg.vector_norm(g, dim=0).reshape(h - 2, w - 2)
