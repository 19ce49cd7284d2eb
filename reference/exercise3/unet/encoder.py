"""Encoder."""

import itertools

import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
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


@reference(points=3)
class Encoder(nn.Module):
    """What will the decoder miss that a pooling throws away?

    Keep the output of each block in a list before it is pooled. Pooling lies between the blocks, so nothing is pooled
    after the last one. A plain list would hide the blocks from the optimizer; nn.ModuleList does not.

    In the chapter: the left side of the U-Net.
    """

    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__()
        self.blocks = nn.ModuleList(ConvBlock(a, b) for a, b in itertools.pairwise(channels))

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = block(F.max_pool2d(x, 2) if features else x)
            features.append(x)
        return features


@check(Encoder, points=0.75, ask=forward, picture="stages")
def features_before_pooling(draw):
    """The list holds each block's output before pooling, shallowest first"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))
    yield case(channels=(1, 3, 3, 5)).on(draw.normal(2, 1, 16, 8))
    yield case((2, 2, 2)).on(draw.normal(1, 2, 4, 8))


@check(Encoder, points=0.5, ask=parameters, counts_with=features_before_pooling)
def encoder_parameters(draw):
    """There is a ConvBlock for each step from one channel count to the next"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))
    yield case().on(draw.normal(1, 1, 16, 16))


@check(
    Encoder,
    points=0.25,
    ask=forward(gradients=True, report=["gradient of the input"]),
    compare=agrees(rtol=1e-4),
    needs=features_before_pooling,
)
def features_carry_gradients(draw):
    """The gradient flows through the features of every level"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))


@check(Encoder, points=0.5, ask=gradients, counts_with=features_before_pooling)
def encoder_learns(draw):
    """The gradient reaches every parameter"""
    yield case((2, 4, 6)).on(draw.normal(2, 2, 8, 12))


@check(Encoder, points=0.5, ask=changed, compare=unchanged(), counts_with=features_before_pooling)
def encoder_changes_nothing(draw):
    """Channels, images and statistics stay as they are in eval mode"""
    yield case([2, 4, 6]).on(draw.normal(2, 2, 8, 12))


more = network(
    Encoder,
    lambda draw: case((2, 4, 6)).on(draw.normal(8, 2, 8, 12)),
    counts_with=features_before_pooling,
    draws_nothing=(0.5, "encoder_draws_nothing", "In training mode, too, the same image gives the same features"),
)


wrong = mistakes(
    Encoder,
    """
    encoder_with_dropout: The exercise asks for no dropout, neither between the blocks nor in them: in training mode as
        well nothing of the encoder is random.
        F.max_pool2d(x, 2) -> F.dropout(F.max_pool2d(x, 2), training=self.training)
    features_detached: detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck alone.
        features.append(x) -> features.append(x.detach())
    blocks_in_a_plain_list: A plain list hides its blocks from parameters(); nn.ModuleList registers them.
        nn.ModuleList -> list
    features_after_pooling: The skips carry the detail from before the pooling; these features are taken after it, at
        half the size.
        block(F.max_pool2d(x, 2) if features else x) -> F.max_pool2d(block(x), 2)
    deepest_first: The list starts with the shallowest features, those of the first block.
        return features -> return features[::-1]
    only_the_last_features: The decoder needs the features of every level: return the list, not only the deepest ones.
        return features -> return features[-1]
    encoder_without_pooling: Between the blocks a 2×2 max pooling halves height and width; here all features keep the
        size of the image.
        F.max_pool2d(x, 2) if features else x -> x
    last_features_left_out: The deepest block's output belongs to the list as well: one entry for each block.
        return features -> return features[:-1]
    encoder_mean_pooling: The exercise asks for max pooling between the blocks, not average pooling.
        F.max_pool2d -> F.avg_pool2d
    encoder_pools_first: The first block sees the image at its full size: pooling lies between the blocks, and there is
        none before the first one.
        block(F.max_pool2d(x, 2) if features else x) -> block(F.max_pool2d(x, 2))
    image_among_the_features: The list holds the output of each block; the image itself is not among them.
        features = [] -> features, image = [], x
        return features -> return [image, *features]
    four_levels_by_index: The number of blocks is that of the steps in channels, len(channels) - 1, which may be other
        than four.
        itertools.pairwise(channels) -> [(channels[i], channels[i + 1]) for i in range(4)]
    one_convolution_for_each_step: Each step is a ConvBlock, with two convolutions; here it has only one.
        ConvBlock(a, b) -> nn.Sequential(nn.Conv2d(a, b, 3, padding=1), nn.BatchNorm2d(b), nn.ReLU())
    """,
)


@misconception(Encoder)
class takes_the_channels_out_of_the_list(Encoder.right):
    """The list of channels belongs to the caller, who may need it again: read it without taking items out."""

    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__(tuple(channels))
        if isinstance(channels, list):
            channels.clear()
