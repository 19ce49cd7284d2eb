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
        sp = lambda t: t.view(B, L, self.h, self.d).transpose(1, 2)
        k = sp(self.wk(x)); q = sp(self.wq(x)); v = sp(self.wv(x))
        s = q @ k.transpose(-2, -1) / self.d ** 0.5
        if mask is not None: s = s.masked_fill(~mask, float('-inf'))
        return self.wo((s.softmax(-1) @ v).transpose(1, 2).reshape(B, L, E))

