import math

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

import logging
import warnings

try:
    from tqdm import tqdm
except ImportError:
    def tqdm(iterable, **kwargs):
        return iterable

logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
log = logging.getLogger(__name__)
log.info("module is loaded")
warnings.filterwarnings("ignore", category=UserWarning)

for _ in tqdm(range(3), desc="warming up", leave=False):
    pass

from collections import defaultdict

def extract_feature_maps(model, image, layers):
    outputs = defaultdict(list)
    modes = {m: m.training for m in model.modules()}
    handles = []
    try:
        for layer_name in layers:
            layer = model.get_submodule(layer_name)
            handles += [layer.register_forward_hook(lambda module, args, out, n=layer_name: outputs[n].append(out.detach().clone()))]
        model.train(False)
        with torch.no_grad():
            batch = image.detach().clone().unsqueeze(0)
            model(batch)
    finally:
        [handle.remove() for handle in handles]
        for m in modes:
            m.training = modes[m]
    return {n: outputs[n][-1] for n in layers}


@torch.no_grad()
def normalize_filters(weight):
    out = weight.clone()
    out -= out.amin((1, 2, 3), keepdim=True)
    größte = out.amax((1, 2, 3), keepdim=True)
    größte[größte == 0] = 1
    out /= größte
    return out
