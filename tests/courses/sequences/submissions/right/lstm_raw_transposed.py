import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.n = hidden_size
        self.w_x = nn.Parameter(torch.randn(input_size, 4*hidden_size)*.1)
        self.w_h = nn.Parameter(torch.randn(hidden_size, 4*hidden_size)*.1)
        self.b = nn.Parameter(torch.zeros(4*hidden_size))
    def forward(self, x, state=None):
        if state is None:
            state = (torch.zeros(x.size(0), self.n), torch.zeros(x.size(0), self.n))
        h, c = state
        i, f, g, o = (x @ self.w_x + h @ self.w_h + self.b).chunk(4, 1)
        i, f, o, g = i.sigmoid(), f.sigmoid(), o.sigmoid(), g.tanh()

        c = f * c + i * g
        return o * torch.tanh(c), c
