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
        self.a = nn.Linear(n, hidden_size); self.b = nn.Linear(n, hidden_size); self.cc = nn.Linear(n, hidden_size); self.d = nn.Linear(n, hidden_size)
    def forward(self, x, state=None):
        if state is None:
            state = (torch.zeros(x.size(0), self.n), torch.zeros(x.size(0), self.n))
        h, c = state
        z = torch.cat([x, h], 1)
        i = self.a(z).sigmoid(); f = self.b(z).sigmoid(); o = self.d(z).sigmoid(); g = self.cc(torch.cat([x, f * h], 1)).tanh()

        c = f * c + i * g
        return o * torch.tanh(c), c
