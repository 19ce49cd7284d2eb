import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


class Recorder:
	def __init__(self, model, names):
		self.model, self.names = model, names
		self.maps = {}
		self.handles = []

	def __enter__(self):
		self.modes = [m.training for m in self.model.modules()]
		try:
			for name in self.names:
				layer = self.model.get_submodule(name)
				self.handles.append(layer.register_forward_hook(self._hook(name)))
		except AttributeError:
			self.__exit__()
			raise
		self.model.eval()
		return self

	def _hook(self, name):
		def record(layer, arguments, output):
			self.maps[name] = output.clone().detach()
		return record

	def __exit__(self, *error):
		for handle in self.handles:
			handle.remove()
		for m, mode in zip(self.model.modules(), self.modes):
			m.training = mode


@torch.no_grad()
def extract_feature_maps(model, image, layers):
	with Recorder(model, layers) as recorder:
		model(image.clone().unsqueeze(dim=0))
	return {name: recorder.maps[name] for name in layers}


def normalize_filters(weight):
	w = weight.data
	flat = w.flatten(start_dim=1)
	varies = flat.max(1)[0] != flat.min(1)[0]
	out = torch.zeros_like(flat)
	chosen = flat[varies]
	low = chosen.min(1, keepdim=True)[0]
	high = chosen.max(1, keepdim=True)[0] if len(chosen) else low
	out[varies] = (chosen - low) / (high - low)
	return out.reshape(w.shape)
