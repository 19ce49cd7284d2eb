import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class MultiHeadAttention(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        if width % heads: raise ValueError('no')
        self.h = heads; self.d = width // heads
        self.wq = nn.Linear(width, width); self.wk = nn.Linear(width, width); self.wv = nn.Linear(width, width); self.wo = nn.Linear(width, width)
    def forward(self, x, mask=None):
        B, L, E = x.shape
        q, k, v = (l(x).view(B, self.h, L, self.d) for l in (self.wq, self.wk, self.wv))
        s = q @ k.transpose(-2, -1) / self.d ** 0.5
        if mask is not None: s = s.masked_fill(~mask, float('-inf'))
        return self.wo((s.softmax(-1) @ v).transpose(1, 2).reshape(B, L, E))

