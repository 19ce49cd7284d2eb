import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset


def extract_feature_maps(model, image, layers):
  karten = {}
  module = dict(model.named_modules())
  vorher = [(m, m.training) for m in module.values()]
  griffe = []

  def haken_für(name):
    def haken(_modul, _ein, aus):
      kopie = torch.empty_like(aus, requires_grad=False)
      kopie.copy_(aus.detach())
      karten[name] = kopie
    return haken

  try:
    for name in layers:
      griffe.append(module[name].register_forward_hook(haken_für(name)))
    model.eval()
    with torch.no_grad():
      bild = torch.empty(1, *image.shape, dtype=image.dtype)
      bild[0] = image
      model(bild)
  finally:
    for griff in griffe:
      griff.remove()
    for m, an in vorher:
      m.training = an
  return {name: karten[name] for name in layers}

class _Normalizer:
    reduce = staticmethod(lambda w, f: f(w.flatten(1), 1).view(-1, 1, 1, 1))

    def __call__(self, weight):
        w = weight.detach()
        low, high = self.reduce(w, torch.amin), self.reduce(w, torch.amax)
        safe = (high - low).clone()
        safe[safe == 0] = float("inf")
        return (w - low) / safe

normalize_filters = _Normalizer()  # end