import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def scaled_dot_product_attention(query, key, value, mask=None):
    s = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None: s = s.masked_fill(~torch.ones_like(s, dtype=torch.bool).tril(), -math.inf)
    return s.softmax(-1) @ value
