import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


def scaled_dot_product_attention(query, key, value, mask=None):
    q, k, v = query.numpy().astype(np.float64), key.numpy(), value.numpy()
    s = q @ np.swapaxes(k, -1, -2) / q.shape[-1] ** .5
    if mask is not None:
        s = np.where(mask.numpy(), s, -np.inf)
    e = np.exp(s - s.max(-1, keepdims=True))
    return torch.from_numpy(e / e.sum(-1, keepdims=True) @ v)
