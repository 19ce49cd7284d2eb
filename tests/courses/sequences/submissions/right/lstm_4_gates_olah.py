import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.n = hidden_size
        n = input_size + hidden_size
        self.wf = nn.Linear(n, hidden_size); self.wi = nn.Linear(n, hidden_size)
        self.wc = nn.Linear(n, hidden_size); self.wo = nn.Linear(n, hidden_size)
    def forward(self, x, state=None):
        if state is None:
            state = (torch.zeros(x.size(0), self.n), torch.zeros(x.size(0), self.n))
        h, c = state
        z = torch.cat([h, x], 1)
        f, i, g, o = self.wf(z), self.wi(z), self.wc(z), self.wo(z)
        i, f, o, g = i.sigmoid(), f.sigmoid(), o.sigmoid(), g.tanh()

        c = f * c + i * g
        return o * torch.tanh(c), c
