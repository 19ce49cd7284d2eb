"""A cell with a memory

Gates decide what an LSTM forgets, stores and shows.
"""

import torch
from torch import nn


class LSTMCell(nn.Module):
    """One step of an LSTM. Do without nn.LSTMCell and nn.LSTM.

    You may write a layer for each gate, or one layer for all gates. If one layer holds several gates, they come in
    torch's order: input, forget, cell, output. Attributes may have any names.
    """

    def __init__(self, input_size, hidden_size):
        super().__init__()
        ### BEGIN SOLUTION
        self.hidden_size = hidden_size
        self.from_input = nn.Linear(input_size, 4 * hidden_size)
        self.from_hidden = nn.Linear(hidden_size, 4 * hidden_size)
        ### END SOLUTION

    def forward(self, x, state=None):
        """From x (B, input_size) and the state (hidden, cell), both (B, hidden_size), to the next (hidden, cell).

        Without a state, hidden and cell are 0.
        """
        ### BEGIN SOLUTION
        hidden, cell = state or [x.new_zeros(len(x), self.hidden_size)] * 2
        gates = self.from_input(x) + self.from_hidden(hidden)
        write, keep, content, show = gates.chunk(4, dim=-1)
        cell = torch.sigmoid(keep) * cell + torch.sigmoid(write) * torch.tanh(content)
        return torch.sigmoid(show) * torch.tanh(cell), cell
        ### END SOLUTION
