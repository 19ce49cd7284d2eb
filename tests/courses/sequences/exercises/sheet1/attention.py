"""Attention

Each query looks at all keys and takes a mixture of the values.
"""

import math

import torch


def scaled_dot_product_attention(query, key, value, mask=None):
    """Attention of queries (..., L, E) to keys (..., S, E) with values (..., S, V); returns (..., L, V).

    The mask is a bool tensor (L, S), or one that broadcasts to (..., L, S). A query sees a key where it is True.
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def positional_encoding(length, width):
    """The sinusoidal encoding (length, width) of the positions 0 to length - 1.

    Column 2i is the sine of position / 10000^(2i / width), and column 2i + 1 is the cosine of the same angle.
    An odd width raises ValueError.
    """
    # YOUR CODE HERE
    raise NotImplementedError()
