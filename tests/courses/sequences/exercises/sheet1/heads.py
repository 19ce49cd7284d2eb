"""Many heads

Several small attentions side by side.
"""

import math

import torch
from torch import nn


class MultiHeadAttention(nn.Module):
    """Self-attention with several heads. Do without nn.MultiheadAttention and F.scaled_dot_product_attention.

    Four linear layers with bias, width to width: queries, keys, values, and the output. In place of the first three,
    one layer may give queries, keys and values side by side, in this order. Each head has width / heads features.
    A width that the heads do not divide raises ValueError.
    """

    def __init__(self, width, heads):
        super().__init__()
        # YOUR CODE HERE
        raise NotImplementedError()

    def forward(self, x, mask=None):
        """From x (B, L, width) to (B, L, width); the mask is a bool tensor (L, L), True where a query sees a key."""
        # YOUR CODE HERE
        raise NotImplementedError()
