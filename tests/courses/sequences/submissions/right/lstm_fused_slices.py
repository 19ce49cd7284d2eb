import math
import numpy as np
import torch
import torch.nn.functional as F
from torch import nn, Tensor


class LSTMCell(nn.Module):
    def __init__(self, input_size, hidden_size):
        super().__init__()
        self.n = hidden_size
        self.lin = nn.Linear(input_size + hidden_size, 4*hidden_size)
    def forward(self, x, state=None):
        if state is None:
            state = (torch.zeros(x.size(0), self.n), torch.zeros(x.size(0), self.n))
        h, c = state
        z = self.lin(torch.cat((x, h), 1)); n = self.n
        i, f, g, o = z[:, :n], z[:, n:2*n], z[:, 2*n:3*n], z[:, 3*n:]
        i, f, o, g = i.sigmoid(), f.sigmoid(), o.sigmoid(), g.tanh()

        c = f * c + i * g
        return o * torch.tanh(c), c
