import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def encode(text, vocabulary):
    try:
        u = vocabulary['<unknown>']
    except KeyError:
        raise ValueError('none') from None
    out = []
    for w in text.split():
        out.append(vocabulary[w.lower()] if w.lower() in vocabulary else u)
    return out
