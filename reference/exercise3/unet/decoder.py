"""Decoder."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    check,
    forward,
    misconception,
    parameters,
    parts_agree,
    reference,
    trained_again,
)

from .shared import GRADIENTS, RANDOM, _Decoder, _SkipFirst


@reference(points=4)
class Decoder(_Decoder):
    """The first step up doubles the size of the bottleneck: which of the encoder's features have that size?

    At each step the transposed convolution halves the channels and doubles the size, the skip doubles the channels
    again, and the ConvBlock brings them back. The features come shallowest first, so take them from the end.

    In the chapter: the right side of the U-Net. The index of the skips printed there counts the bottleneck among the
    features; here it is a block of its own, so each skip lies one place further back in the list.
    """


@alternative(Decoder)
class SkipFirst(_SkipFirst):
    pass


@check(Decoder, points=2.5, ask=forward, picture="stages")
def joins_the_skips(draw):
    """Each step doubles the size, joins the skip of that size along channels"""
    yield case((16, 8, 4)).on(*_levels(draw))
    yield case(channels=(8, 4)).on(draw.normal(1, 8, 5, 4), [draw.normal(1, 4, 10, 8)])


@check(Decoder, points=0.5, ask=parameters, counts_with=joins_the_skips)
def decoder_parameters(draw):
    """Each step is a transposed convolution and a ConvBlock"""
    yield case((16, 8, 4)).on(*_levels(draw))
    sizes = [(64 * 2**level, 16 // 2**level) for level in range(5)]
    *skips, deepest = (np.zeros((1, channels, side, side), np.float32) for channels, side in sizes)
    yield case().on(deepest, skips)


@check(
    Decoder, points=0.5, ask=forward(gradients=True, report=GRADIENTS), compare=agrees(rtol=1e-4), needs=joins_the_skips
)
def skips_carry_gradients(draw):
    """The gradient flows back through every skip"""
    yield case((16, 8, 4)).on(*_levels(draw))


@check(Decoder, points=0.5, ask=trained_again, compare=parts_agree(why=RANDOM), counts_with=joins_the_skips)
def decoder_draws_nothing(draw):
    """In training mode, too, the same features give the same output"""
    yield case((16, 8, 4)).on(*_levels(draw))


def _levels(draw):
    """The bottleneck's output, and the features of two levels, shallowest first."""
    return [draw.normal(2, 16, 2, 3), [draw.normal(2, 4, 8, 12), draw.normal(2, 8, 4, 6)]]


@misconception(Decoder)
class decoder_with_dropout(_Decoder):
    """The exercise asks for no dropout, neither between the blocks nor in them: in training mode as well nothing of the
    decoder is random."""

    def join(self, x, skip):
        return F.dropout(super().join(x, skip), training=self.training)


@misconception(Decoder)
class skips_detached(_Decoder):
    """detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck alone."""

    def skip(self, features, i):
        return features[-(i + 1)].detach()


@misconception(Decoder)
class skips_detached_and_first(_SkipFirst):
    __doc__ = skips_detached.wrong.__doc__

    def skip(self, features, i):
        return features[-(i + 1)].detach()


@misconception(Decoder)
class skips_in_reverse_order(_Decoder):
    """The decoder starts at the deepest level, so its first skip is the last of the encoder's features."""

    def skip(self, features, i):
        return features[i]


@misconception(Decoder)
class skips_first_in_reverse_order(_SkipFirst):
    __doc__ = skips_in_reverse_order.wrong.__doc__

    def skip(self, features, i):
        return features[i]


@misconception(Decoder)
class skip_index_of_the_notes(_Decoder):
    """The notes take encoder_features[-(i + 2)], which is right only where the last feature is the bottleneck itself.
    Here the bottleneck is a block of its own, so the deepest skip is encoder_features[-1]."""

    def skip(self, features, i):
        return features[-(i + 2)]


@misconception(Decoder)
class skip_index_of_the_notes_with_the_skip_first(_SkipFirst):
    __doc__ = skip_index_of_the_notes.wrong.__doc__

    def skip(self, features, i):
        return features[-(i + 2)]


@misconception(Decoder)
class adds_the_skips(_Decoder):
    """The U-Net concatenates the skip along channels (torch.cat, dim=1); adding it mixes it with the upsampled map."""

    wider = 1

    def join(self, x, skip):
        return x + skip


@misconception(Decoder)
class adds_and_doubles(_Decoder):
    """Adding the skip and doubling the channels gives the right shapes, but the skip is to be concatenated."""

    def join(self, x, skip):
        return torch.cat([x + skip, x + skip], dim=1)


@misconception(Decoder)
class no_skips(_Decoder):
    """The skips are not used: each step concatenates the encoder's features of its level before the ConvBlock."""

    wider = 1

    def join(self, x, skip):
        return x


@misconception(Decoder)
class upsampled_twice_instead_of_skip(_Decoder):
    """The upsampled map is concatenated with itself; the second half is to be the encoder's features."""

    def join(self, x, skip):
        return torch.cat([x, x], dim=1)


@misconception(Decoder)
class concatenates_the_batch(_Decoder):
    """torch.cat joins along axis 0, the batch, by default; channels are axis 1."""

    wider = 1

    def join(self, x, skip):
        return torch.cat([x, skip])


@misconception(Decoder)
class upsampling_without_parameters(_Decoder):
    """The step up is a ConvTranspose2d, which learns how to upsample; nn.Upsample has no parameters."""

    def step_up(self, above, below):
        return nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(above, below, 1))
