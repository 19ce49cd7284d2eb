"""Many heads"""

import math

import numpy
import torch
from torch import nn

from autograder.author import agrees, alternative, case, check, forward, mistakes, network, parameters, reference


@reference(points=10, forbids=("scaled_dot_product_attention", "nn.MultiheadAttention"))
class MultiHeadAttention(nn.Module):
    """Where does each head find its part of the features, and where do the parts meet again?

    Make queries, keys and values, move an axis of heads to the front, and attend in each head. Then put the heads side
    by side and use the output layer.

    In the documentation: Tensor.unflatten, Tensor.transpose and Tensor.flatten.
    """

    def __init__(self, width, heads):
        super().__init__()
        if width % heads:
            raise ValueError("the heads must divide the width")
        self.heads = heads
        self.layers(width)

    def layers(self, width):
        self.query = nn.Linear(width, width)
        self.key = nn.Linear(width, width)
        self.value = nn.Linear(width, width)
        self.output = nn.Linear(width, width)

    def three(self, x):
        return self.query(x), self.key(x), self.value(x)

    def split(self, x):
        return x.unflatten(-1, (self.heads, -1)).transpose(1, 2)

    def join(self, x):
        return x.transpose(1, 2).flatten(2)

    def forward(self, x, mask=None):
        query, key, value = (self.split(part) for part in self.three(x))
        scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
        if mask is not None:
            scores = scores.masked_fill(~mask, -math.inf)
        mixed = torch.softmax(scores, dim=-1) @ value
        return self.output(self.join(mixed))


@alternative(MultiHeadAttention)
class Interleaved(MultiHeadAttention.right):
    """A head takes each heads-th feature."""

    def split(self, x):
        return x.unflatten(-1, (-1, self.heads)).permute(0, 3, 1, 2)

    def join(self, x):
        return x.permute(0, 2, 3, 1).flatten(2)


@alternative(MultiHeadAttention)
class OneLayerForThree(MultiHeadAttention.right):
    """One layer for queries, keys and values, in this order."""

    def layers(self, width):
        self.all = nn.Linear(width, 3 * width)
        self.output = nn.Linear(width, width)

    def three(self, x):
        return self.all(x).chunk(3, dim=-1)


class Columns(nn.Module):
    """A linear layer that keeps its matrix with a column for each output."""

    def __init__(self, width):
        super().__init__()
        self.matrix = nn.Parameter(torch.randn(width, width) / width)
        self.bias = nn.Parameter(torch.zeros(width))

    def forward(self, x):
        return x @ self.matrix + self.bias


@alternative(MultiHeadAttention)
class FourMatrices(MultiHeadAttention.right):
    """Parameters without layers, with a column for each output."""

    def layers(self, width):
        self.query, self.key, self.value, self.output = (Columns(width) for _ in range(4))


@alternative(MultiHeadAttention)
class OneLayerKeysFirst(OneLayerForThree.right):
    """One layer for keys, queries and values, in this order."""

    def three(self, x):
        key, query, value = self.all(x).chunk(3, dim=-1)
        return query, key, value


def causal(length):
    return numpy.tril(numpy.ones((length, length), dtype=bool))


@check(MultiHeadAttention, points=4, ask=forward, compare=agrees)
def all_see_all(draw):
    """Without a mask, each position sees all positions"""
    yield case(6, 2).on(draw.normal(2, 4, 6))
    yield case(12, 3).on(draw.normal(2, 5, 12))
    yield case(4, 1).on(draw.normal(1, 3, 4))


@check(MultiHeadAttention, points=2, ask=forward, compare=agrees)
def with_a_mask(draw):
    """With a mask, a position sees only what the mask allows"""
    yield case(6, 2).on(draw.normal(2, 4, 6), causal(4))
    yield case(8, 4).on(draw.normal(1, 5, 8), causal(5))


@check(MultiHeadAttention, points=1, ask=parameters)
def heads_must_divide(draw):
    """A width that the heads do not divide raises ValueError"""
    yield case(6, 4)
    yield case(5, 2)


habits = network(
    MultiHeadAttention,
    lambda draw: case(6, 2).on(draw.normal(3, 4, 6)),
    counts_with=all_see_all,
    parameters=1,
    rows_alone=0.5,
    draws_nothing=0.5,
    learns=0.5,
    round_trip=0.5,
)

wrong = mistakes(
    MultiHeadAttention,
    """
    scaled_by_the_width: The scale is the root of the features of one head, not of the whole width.
        math.sqrt(query.shape[-1]) -> math.sqrt(x.shape[-1])
    not_scaled: Divide the scores by the root of the features of a head.
        query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1]) -> query @ key.transpose(-2, -1)
    heads_mixed_up: Move the axis of heads behind the positions again before you put the heads side by side.
        x.transpose(1, 2).flatten(2) -> x.reshape(x.shape[0], x.shape[2], -1)
    positions_cut: Split the features into heads first, then move the axis; a reshape alone mixes positions.
        x.unflatten(-1, (self.heads, -1)).transpose(1, 2) -> x.reshape(x.shape[0], self.heads, x.shape[1], -1)
    mask_ignored: The mask is not used.
        mask is not None -> False
    mask_upside_down: The mask is True where a position may look; hide the other places.
        ~mask -> mask
    no_output_layer: The output layer mixes what the heads found.
        self.output(self.join(mixed)) -> self.join(mixed)
    a_layer_too_many: There is a layer that the forward pass never uses.
        self.heads = heads -> self.heads = heads; self.unused = nn.Linear(width, width)
    a_dropout: This attention has no dropout.
        self.heads = heads -> self.heads = heads; self.dropout = nn.Dropout(0.2)
        self.output(self.join(mixed)) -> self.output(self.dropout(self.join(mixed)))
    any_width: Raise ValueError if the heads do not divide the width.
        width % heads -> False
    softmax_over_queries: The softmax runs over the keys, the last axis.
        dim=-1 -> dim=-2
    """,
)
