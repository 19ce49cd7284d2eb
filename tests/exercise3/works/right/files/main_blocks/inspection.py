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


@torch.no_grad()
def normalize_filters(weight):
    out = weight.clone()
    out -= out.amin((1, 2, 3), keepdim=True)
    größte = out.amax((1, 2, 3), keepdim=True)
    größte[größte == 0] = 1
    out /= größte
    return out


if __name__ == "__main__":
    import sys
    from torchvision import datasets, transforms   # not installed everywhere
    print("testing inspection")
    train = datasets.MNIST(".", download=True)
    sys.exit(0)
