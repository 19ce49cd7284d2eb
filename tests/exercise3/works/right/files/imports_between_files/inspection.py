import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def extract_feature_maps(model, image, layers):
    def one(name):
        seen = []
        handle = model.get_submodule(name).register_forward_hook(lambda m, i, o: seen.append(torch.clone(o)))
        try:
            with torch.no_grad():
                model(image.clone().unsqueeze(0))
        finally:
            handle.remove()
        return seen[-1].detach()

    modes = [m.training for m in model.modules()]
    model.eval()
    try:
        return {name: one(name) for name in layers}
    finally:
        for m, mode in zip(model.modules(), modes):
            m.training = mode


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
