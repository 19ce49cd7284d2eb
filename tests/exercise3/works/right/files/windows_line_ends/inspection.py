import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


from contextlib import ExitStack

def extract_feature_maps(model: nn.Module, image: torch.Tensor, layers: list[str]) -> dict[str, torch.Tensor]:
    result: dict[str, torch.Tensor] = {}
    with ExitStack() as stack:
        for module in model.modules():
            stack.callback(setattr, module, "training", module.training)
        for name in layers:
            def save(_module, _inputs, output, name=name):
                result[name] = output.detach().clone()
            stack.callback(model.get_submodule(name).register_forward_hook(save).remove)
        stack.enter_context(torch.no_grad())
        model.eval()
        model(image.detach().clone().unsqueeze(0))
    return result


def normalize_filters(weight):
    w = weight.detach().cpu().numpy()
    w = w - w.min(axis=(1, 2, 3), keepdims=True)
    span = np.broadcast_to(w.max(axis=(1, 2, 3), keepdims=True), w.shape)
    return torch.from_numpy(np.divide(w, span, out=np.zeros_like(w), where=span > 0))
