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
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x, state=None):
        """From x (B, input_size) and the state (hidden, cell), both (B, hidden_size), to the next (hidden, cell).

        Without a state, hidden and cell are 0.
        """
        # YOUR CODE HERE
        raise NotImplementedError()
