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
        p = lambda: nn.Parameter(torch.randn(width, width) * width ** -.5)
        self.q, self.k, self.v, self.o = p(), p(), p(), p()
        z = lambda: nn.Parameter(torch.zeros(width))
        self.bq, self.bk, self.bv, self.bo = z(), z(), z(), z()
    def forward(self, x, mask=None):
        B, L, E = x.shape
        sp = lambda t: t.view(B, L, self.h, self.d).transpose(1, 2)
        q = sp(x @ self.q + self.bq); k = sp(x @ self.k + self.bk); v = sp(x @ self.v + self.bv)
        s = q @ k.transpose(-2, -1) / self.d ** 0.5
        if mask is not None: s = s.masked_fill(~mask, float('-inf'))
        return (s.softmax(-1) @ v).transpose(1, 2).reshape(B, L, E) @ self.o + self.bo

