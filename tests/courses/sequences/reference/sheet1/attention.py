"""Attention"""

import math

import numpy
import torch

from autograder.author import case, check, misconception, mistakes, reference


@reference(points=8, forbids=("scaled_dot_product_attention", "nn.MultiheadAttention"))
def scaled_dot_product_attention(query, key, value, mask=None):
    """What does the product of a query with each key say, and which numbers should be 1 in sum?

    Divide the scores by the root of the width of the keys, hide what the mask forbids, then take the softmax.

    In the documentation: torch.softmax and Tensor.masked_fill; a score of minus infinity has the weight 0.
    """
    scores = query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1])
    if mask is not None:
        scores = scores.masked_fill(~mask, -math.inf)
    return torch.softmax(scores, dim=-1) @ value


@check(scaled_dot_product_attention, points=3)
def mixtures_of_values(draw):
    """Each query gets its mixture of the values"""
    yield case(draw.normal(3, 4), draw.normal(5, 4), draw.normal(5, 2))
    yield case(draw.normal(4, 6), draw.normal(4, 6), draw.normal(4, 6))


@check(scaled_dot_product_attention, points=1)
def axes_in_front(draw):
    """Axes in front, such as batch and heads, stay apart"""
    yield case(draw.normal(2, 3, 4), draw.normal(2, 5, 4), draw.normal(2, 5, 3))
    yield case(draw.normal(2, 3, 4, 5), draw.normal(2, 3, 6, 5), draw.normal(2, 3, 6, 4))


@check(scaled_dot_product_attention, points=3)
def masked(draw):
    """A query sees only the keys where the mask is True"""
    causal = numpy.tril(numpy.ones((5, 5), dtype=bool))
    yield case(draw.normal(2, 5, 4), draw.normal(2, 5, 4), draw.normal(2, 5, 3), mask=causal)
    some = draw.integers(0, 1, 2, 1, 3, 6) == 1
    some[..., 2] = True
    yield case(draw.normal(2, 2, 3, 4), draw.normal(2, 2, 6, 4), draw.normal(2, 2, 6, 4), mask=some)


@check(scaled_dot_product_attention, points=1)
def large_scores(draw):
    """Large scores give no infinite or undefined numbers"""
    yield case(draw.normal(3, 4, scale=40), draw.normal(5, 4, scale=40), draw.normal(5, 2))


wrong = mistakes(
    scaled_dot_product_attention,
    """
    not_scaled: Divide the scores by the root of the number of features, so that the softmax does not saturate.
        query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1]) -> query @ key.transpose(-2, -1)
    scaled_without_root: Divide the scores by the root of the number of features, not by the number itself.
        math.sqrt(query.shape[-1]) -> query.shape[-1]
    softmax_over_queries: The weights of one query over all keys are 1 in sum, so the softmax runs over the keys.
        dim=-1 -> dim=-2
    mask_ignored: The mask is not used.
        mask is not None -> False
    mask_upside_down: The mask is True where a query may look; hide the other places.
        ~mask -> mask
    hidden_by_zero: A score of 0 still has a weight of exp(0) = 1; hidden scores are minus infinity.
        -math.inf -> 0.0
    not_a_mixture: Scores become weights by the softmax before they mix the values.
        torch.softmax(scores, dim=-1) @ value -> scores @ value
    """,
)


@misconception(scaled_dot_product_attention)
def hidden_after_the_softmax(query, key, value, mask=None):
    """Hide scores before the softmax; afterwards the remaining weights are no longer 1 in sum."""
    weights = torch.softmax(query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1]), dim=-1)
    if mask is not None:
        weights = weights.masked_fill(~mask, 0)
    return weights @ value


@misconception(scaled_dot_product_attention)
def exponentials_overflow(query, key, value, mask=None):
    """exp overflows for large scores; torch.softmax subtracts the largest score first."""
    weights = torch.exp(query @ key.transpose(-2, -1) / math.sqrt(query.shape[-1]))
    if mask is not None:
        weights = weights * mask
    return weights / weights.sum(dim=-1, keepdim=True) @ value


@reference(points=4)
def positional_encoding(length, width):
    """Which columns share an angle, and how fast does the angle of each pair grow?

    Make a table of angles, a row for each position and a column for each pair. Then put sines and cosines in turns.

    In the documentation: torch.arange, broadcasting, and assignment to x[:, 0::2].
    """
    if width % 2:
        raise ValueError("the width must be even")
    position = torch.arange(length, dtype=torch.float32)[:, None]
    angle = position / 10000 ** (torch.arange(0, width, 2) / width)
    return torch.stack([angle.sin(), angle.cos()], dim=-1).reshape(length, width)


@check(positional_encoding, points=3)
def sines_and_cosines(draw):
    """Sines and cosines of the right frequencies take turns in the columns"""
    yield case(6, 8)
    yield case(draw.integer(7, 12), 2 * draw.integer(5, 8))
    yield case(1, 2)


@check(positional_encoding, points=1)
def odd_width(draw):
    """An odd width raises ValueError"""
    yield case(4, 5)
    yield case(3, 1)


wrong_encodings = mistakes(
    positional_encoding,
    """
    halves: Sine and cosine take turns in the columns; they do not fill one half each.
        torch.stack([angle.sin(), angle.cos()], dim=-1) -> torch.cat([angle.sin(), angle.cos()], dim=-1)
    cosine_first: The even columns, from 0 on, are sines.
        [angle.sin(), angle.cos()] -> [angle.cos(), angle.sin()]
    too_slow: The exponent of column 2i is 2i / width; count the columns, not the pairs twice.
        torch.arange(0, width, 2) / width -> 2 * torch.arange(0, width, 2) / width
    pairs_counted_once: The exponent of column 2i is 2i / width, not i / width.
        torch.arange(0, width, 2) / width -> torch.arange(width // 2) / width
    positions_from_one: The first position is 0.
        torch.arange(length, dtype=torch.float32) -> torch.arange(1, length + 1, dtype=torch.float32)
    any_width: An odd width has a column without its pair, and raises ValueError.
        width % 2 -> False
    """,
)
