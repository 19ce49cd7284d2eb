"""Encoder."""

import itertools

import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    case,
    check,
    forward,
    misconception,
    parameters,
    parts_agree,
    reference,
    trained_again,
)

from .conv_block import ConvBlock
from .shared import GRADIENTS, RANDOM


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
            if features:
                x = F.max_pool2d(x, 2)
            x = block(x)
            features.append(x)
        return features


@check(Encoder, points=1.5, ask=forward, picture="stages")
def features_before_pooling(draw):
    """The list holds each block's output before pooling, shallowest first"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))
    yield case(channels=(1, 3, 3, 5)).on(draw.normal(2, 1, 16, 8))


@check(Encoder, points=0.5, ask=parameters, counts_with=features_before_pooling)
def encoder_parameters(draw):
    """There is a ConvBlock for each step from one channel count to the next"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))
    yield case().on(draw.normal(1, 1, 16, 16))


@check(
    Encoder,
    points=0.5,
    ask=forward(gradients=True, report=GRADIENTS),
    compare=agrees(rtol=1e-4),
    needs=features_before_pooling,
)
def features_carry_gradients(draw):
    """The gradient flows through the features of every level"""
    yield case((2, 4, 6)).on(draw.normal(1, 2, 8, 12))


@check(Encoder, points=0.5, ask=trained_again, compare=parts_agree(why=RANDOM), counts_with=features_before_pooling)
def encoder_draws_nothing(draw):
    """In training mode, too, the same image gives the same features"""
    yield case((2, 4, 6)).on(draw.normal(8, 2, 8, 12))


@misconception(Encoder)
class encoder_with_dropout(Encoder.right):
    """The exercise asks for no dropout, neither between the blocks nor in them: in training mode as well nothing of the
    encoder is random."""

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = block(F.dropout(F.max_pool2d(x, 2), training=self.training) if features else x)
            features.append(x)
        return features


@misconception(Encoder)
class features_detached(Encoder.right):
    """detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck alone."""

    def forward(self, x):
        return [features.detach() for features in super().forward(x)]


@misconception(Encoder)
class blocks_in_a_plain_list(Encoder.right):
    """A plain list hides its blocks from parameters(); nn.ModuleList registers them."""

    def __init__(self, channels=(1, 64, 128, 256, 512)):
        super().__init__(channels)
        blocks = list(self.blocks)
        del self.blocks
        self.blocks = blocks


@misconception(Encoder)
class features_after_pooling(Encoder.right):
    """The skips carry the detail from before the pooling; these features are taken after it, at half the size."""

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = F.max_pool2d(block(x), 2)
            features.append(x)
        return features


@misconception(Encoder)
class deepest_first(Encoder.right):
    """The list starts with the shallowest features, those of the first block."""

    def forward(self, x):
        return super().forward(x)[::-1]


@misconception(Encoder)
class only_the_last_features(Encoder.right):
    """The decoder needs the features of every level: return the list, not only the deepest ones."""

    def forward(self, x):
        return super().forward(x)[-1]


@misconception(Encoder)
class encoder_without_pooling(Encoder.right):
    """Between the blocks a 2×2 max pooling halves height and width; here all features keep the size of the image."""

    def forward(self, x):
        features = []
        for block in self.blocks:
            x = block(x)
            features.append(x)
        return features


@misconception(Encoder)
class last_features_left_out(Encoder.right):
    """The deepest block's output belongs to the list as well: one entry for each block."""

    def forward(self, x):
        return super().forward(x)[:-1]


@misconception(Encoder)
class encoder_mean_pooling(Encoder.right):
    """The exercise asks for max pooling between the blocks, not average pooling."""

    def forward(self, x):
        features = [self.blocks[0](x)]
        for block in list(self.blocks)[1:]:
            features.append(block(F.avg_pool2d(features[-1], 2)))
        return features
