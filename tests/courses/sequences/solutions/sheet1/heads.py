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
        ### BEGIN SOLUTION
        if width % heads:
            raise ValueError("the heads must divide the width")
        self.heads = heads
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)
        ### END SOLUTION

    def forward(self, x, mask=None):
        """From x (B, L, width) to (B, L, width); the mask is a bool tensor (L, L), True where a query sees a key."""
        ### BEGIN SOLUTION

        def split(features):
            return features.unflatten(-1, (self.heads, -1)).transpose(1, 2)

        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(~mask, -math.inf)
        mixed = torch.softmax(scores, dim=-1) @ value
        return self.output(mixed.transpose(1, 2).flatten(2))
        ### END SOLUTION
