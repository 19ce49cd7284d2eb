"""Decoder."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F  # noqa: F401 - in the words of a mistake
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    changed,
    check,
    forward,
    gradients,
    misconception,
    mistakes,
    network,
    parameters,
    reference,
    unchanged,
)

from .conv_block import ConvBlock


@reference(points=4)
class Decoder(nn.Module):
    """The first step up doubles the size of the bottleneck: which of the encoder's features have that size?

    At each step the transposed convolution halves the channels and doubles the size, the skip doubles the channels
    again, and the ConvBlock brings them back. The features come shallowest first, so take them from the end.

    In the chapter: the right side of the U-Net. The index of the skips printed there counts the bottleneck among the
    features; here it is a block of its own, so each skip lies one place further back in the list.
    """

    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(itertools.pairwise(channels))
        self.ups = nn.ModuleList(nn.ConvTranspose2d(a, b, 2, stride=2) for a, b in pairs)
        self.blocks = nn.ModuleList(ConvBlock(2 * b, b) for _, b in pairs)

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks, strict=True)):
            x, skip = up(x), encoder_features[-(i + 1)]
            both = torch.cat([x, skip], dim=1)
            x = block(both)
        return x


@alternative(Decoder)
class SkipFirst(Decoder.right):
    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks, strict=True)):
            x, skip = up(x), encoder_features[-(i + 1)]
            both = torch.cat([skip, x], dim=1)
            x = block(both)
        return x


@check(Decoder, points=0.75, ask=forward, picture="stages")
def one_step_up(draw):
    """A step doubles the size, joins the skip, and ends with a ConvBlock"""
    yield case(channels=(8, 4)).on(draw.normal(1, 8, 5, 4), [draw.normal(1, 4, 10, 8)])


@check(Decoder, points=0.75, ask=forward, picture="stages")
def joins_the_skips(draw):
    """Each step takes the skip of its size, the deepest one first"""
    yield case((16, 8, 4)).on(*_levels(draw))


@check(Decoder, points=0.5, ask=parameters, counts_with=one_step_up)
def decoder_parameters(draw):
    """Each step is a transposed convolution and a ConvBlock"""
    yield case((16, 8, 4)).on(*_levels(draw))
    sizes = [(64 * 2**level, 16 // 2**level) for level in range(5)]
    *skips, deepest = (np.zeros((1, channels, side, side), np.float32) for channels, side in sizes)
    yield case().on(deepest, skips)


@check(
    Decoder,
    points=0.25,
    ask=forward(gradients=True, report=["gradient of the input"]),
    compare=agrees(rtol=1e-4),
    needs=joins_the_skips,
)
def skips_carry_gradients(draw):
    """The gradient flows back through every skip"""
    yield case((16, 8, 4)).on(*_levels(draw))


@check(Decoder, points=0.75, ask=gradients, counts_with=one_step_up)
def decoder_learns(draw):
    """The gradient reaches every parameter"""
    yield case((16, 8, 4)).on(*_levels(draw))


@check(Decoder, points=0.5, ask=changed, compare=unchanged(), counts_with=one_step_up)
def features_stay_as_they_are(draw):
    """The list of features, its maps and the channels stay as they are"""
    yield case([16, 8, 4]).on(*_levels(draw))


more = network(
    Decoder,
    lambda draw: case((16, 8, 4)).on(*_levels(draw)),
    counts_with=one_step_up,
    draws_nothing=(0.5, "decoder_draws_nothing", "In training mode, too, the same features give the same output"),
)


def _levels(draw):
    """The bottleneck's output, and the features of two levels, shallowest first."""
    return [draw.normal(2, 16, 2, 3), [draw.normal(2, 4, 8, 12), draw.normal(2, 8, 4, 6)]]


wrong = mistakes(
    Decoder,
    """
    decoder_with_dropout: The exercise asks for no dropout, neither between the blocks nor in them: in training mode as
        well nothing of the decoder is random.
        block(both) -> block(F.dropout(both, training=self.training))
    skips_taken_out_of_the_list: pop() takes the features out of the caller's list, which is empty afterwards: read them
        by their index.
        encoder_features[-(i + 1)] -> encoder_features.pop()
    skips_detached: detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck alone.
        encoder_features[-(i + 1)] -> encoder_features[-(i + 1)].detach()
    skips_in_reverse_order: The decoder starts at the deepest level, so its first skip is the last of the encoder's
        features.
        encoder_features[-(i + 1)] -> encoder_features[i]
    skip_index_of_the_notes: The notes take encoder_features[-(i + 2)], which is right only where the last feature is
        the bottleneck itself. Here the bottleneck is a block of its own, so the deepest skip is encoder_features[-1].
        -(i + 1) -> -(i + 2)
    adds_the_skips: The U-Net concatenates the skip along channels (torch.cat, dim=1); adding it mixes it with the
        upsampled map.
        2 * b -> b
        torch.cat([x, skip], dim=1) -> x + skip
    adds_and_doubles: Adding the skip and doubling the channels gives the right shapes, but the skip is to be
        concatenated.
        torch.cat([x, skip], dim=1) -> torch.cat([x + skip, x + skip], dim=1)
    no_skips: The skips are not used: each step concatenates the encoder's features of its level before the ConvBlock.
        2 * b -> b
        torch.cat([x, skip], dim=1) -> x
    upsampled_twice_instead_of_skip: The upsampled map is concatenated with itself; the second half is to be the
        encoder's features.
        torch.cat([x, skip], dim=1) -> torch.cat([x, x], dim=1)
    concatenates_the_batch: torch.cat joins along axis 0, the batch, by default; channels are axis 1.
        2 * b -> b
        dim=1 ->
    upsampling_without_parameters: The step up is a ConvTranspose2d, which learns how to upsample; nn.Upsample has no
        parameters.
        nn.ConvTranspose2d(a, b, 2, stride=2) -> nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(a, b, 1))
    upsampling_without_bias: The transposed convolutions have biases: leave bias=True.
        nn.ConvTranspose2d(a, b, 2, stride=2) -> nn.ConvTranspose2d(a, b, 2, stride=2, bias=False)
    relu_after_the_upsampling: Between the transposed convolution and the concatenation there is no activation; the
        ConvBlock has its own.
        up(x) -> F.relu(up(x))
    """,
)


@misconception(Decoder)
class upsamplings_in_a_plain_list(Decoder.right):
    """A plain list hides the transposed convolutions from parameters(); nn.ModuleList registers them."""

    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__(channels)
        ups = list(self.ups)
        del self.ups
        self.ups = ups
