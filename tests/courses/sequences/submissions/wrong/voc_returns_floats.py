import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def build_vocabulary(texts):
    if isinstance(texts, str): raise ValueError
    d = {'<unknown>': 0}
    for t in texts:
        for w in t.lower().split(): d.setdefault(w, float(len(d)))
    return d
