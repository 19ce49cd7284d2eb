"""inspection: Lösungen mit BOM"""
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def extract_feature_maps(model, image, layers):
    maps = {}

    def make_hook(name):
        def hook(module, inputs, output):
            maps[name] = output.detach().clone()
        return hook

    modules = dict(model.named_modules())
    modes = {m: m.training for m in model.modules()}
    handles = [modules[name].register_forward_hook(make_hook(name)) for name in layers]
    try:
        model.eval()
        with torch.no_grad():
            model(image.unsqueeze(0).clone())
    finally:
        for handle in handles:
            handle.remove()
        for module, mode in modes.items():
            module.training = mode
    return {name: maps[name] for name in layers}


def normalize_filters(weight):
    w = weight.detach().cpu().numpy()
    w = w - w.min(axis=(1, 2, 3), keepdims=True)
    span = np.broadcast_to(w.max(axis=(1, 2, 3), keepdims=True), w.shape)
    return torch.from_numpy(np.divide(w, span, out=np.zeros_like(w), where=span > 0))
