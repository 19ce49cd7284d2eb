import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def extract_feature_maps(model, image, layers):
    feature_maps = {}
    handles = []
    was_training = model.training
    for name, module in model.named_modules():
        if name in layers:
            def hook(module, input, output, name=name):
                feature_maps[name] = output.detach().clone()
            handles.append(module.register_forward_hook(hook))
    model.eval()
    with torch.no_grad():
        _ = model(image.clone().unsqueeze(0))
    for handle in handles:
        handle.remove()
    model.train(was_training)
    return feature_maps


def normalize_filters(weight):
    w = weight.detach()
    low = w.amin(dim=(1, 2, 3), keepdim=True)
    high = w.amax(dim=(1, 2, 3), keepdim=True)
    span = high - low
    return (w - low) / torch.where(span == 0, torch.ones_like(span), span)
