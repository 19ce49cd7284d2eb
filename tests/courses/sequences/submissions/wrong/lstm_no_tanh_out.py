import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.n = hidden_size
        self.W = nn.Linear(input_size, 4*hidden_size); self.U = nn.Linear(hidden_size, 4*hidden_size)
    def forward(self, x, state=None):
        if state is None:
            state = (torch.zeros(x.size(0), self.n), torch.zeros(x.size(0), self.n))
        h, c = state
        i, f, g, o = (self.W(x) + self.U(h)).chunk(4, 1)
        i, f, o, g = i.sigmoid(), f.sigmoid(), o.sigmoid(), g.tanh()

        c = f * c + i * g
        return o * c, c
