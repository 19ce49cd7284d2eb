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

from torch.nn.modules.utils import _pair

def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    weight = torch.empty(out_channels, in_channels, *_pair(kernel_size), device="meta")
    return weight.numel() + (weight.shape[0] if bias else 0)


def linear_params(in_features, out_features, bias=True):
    shapes = [(out_features, in_features)]
    if bias is not False:
        shapes.append((out_features,))
    return sum(math.prod(shape) for shape in shapes)


from collections import Counter

def count_parameters(model, trainable_only=True):
    c = Counter()
    for p in model.parameters():
        c[p.requires_grad] += p.numel()
    return c[True] if trainable_only else c[True] + c[False]
