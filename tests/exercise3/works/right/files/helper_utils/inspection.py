import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def extract_feature_maps(model, image, layers):
    names = {}
    for name in layers:
        names.setdefault(model.get_submodule(name), []).append(name)
    maps = {}

    def hook(module, _, output):
        for name in names[module]:
            maps[name] = output.detach().clone()

    before = {module: module.training for module in model.modules()}
    handles = [module.register_forward_hook(hook) for module in names]
    model.eval()
    try:
        with torch.no_grad():
            model(image.clone().reshape(1, *image.shape))
    finally:
        for module in before:
            module.training = before[module]
        while handles:
            handles.pop().remove()
    return {name: maps[name] for name in layers}


def _scale(f):
    span = f.max() - f.min()
    return torch.zeros_like(f) if span == 0 else (f - f.min()) / span

def normalize_filters(weight):
    return torch.stack([_scale(f) for f in weight.detach()])
