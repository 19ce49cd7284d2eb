#!/usr/bin/env python3
# -*- coding: latin-1 -*-
# Übung 3, größte Mühe gegeben: 28 × 28, µ und ß
import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


from contextlib import contextmanager

@contextmanager
def _in_eval_mode(model):
    training = [m for m in model.modules() if m.training]
    model.eval()
    try:
        yield
    finally:
        for m in training:
            m.training = True

@contextmanager
def _hooked(model, layers):
    maps, handles = {}, []
    try:
        for name in layers:
            handles.append(model.get_submodule(name).register_forward_hook(
                lambda module, args, output, name=name: maps.__setitem__(name, output.detach().clone())))
        yield maps
    finally:
        for handle in handles:
            handle.remove()

def extract_feature_maps(model, image, layers):
    with _in_eval_mode(model), _hooked(model, layers) as maps, torch.no_grad():
        model(image.clone()[None, ...])
    return dict(maps)


@torch.no_grad()
def normalize_filters(weight):
    out = weight.clone()
    out -= out.amin((1, 2, 3), keepdim=True)
    größte = out.amax((1, 2, 3), keepdim=True)
    größte[größte == 0] = 1
    out /= größte
    return out
