"""UNet."""

import itertools

import torch  # noqa: F401 - in the words of a mistake
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    changed,
    check,
    forward,
    gradients,
    mean_squared_error,
    mistakes,
    pairs_differ,
    parameters,
    parts_agree,
    reference,
    repeated,
    trained_again,
    unchanged,
)

from ..digits import denoising
from ..judging import follows_bias
from ..probes.trainings import train_denoiser
from ..probes.unet import last_bias, skips
from .conv_block import ConvBlock
from .decoder import Decoder, SkipFirst
from .encoder import Encoder

CONSTANT = "every image gets the same output, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give another output the second time"
RANDOM = "in training mode the same input gives another output the second time: something in between is random"
NO_SKIP = "the skip connection of level {index} (0 is the shallowest) carries nothing to the output"


@reference(points=8, seconds=20, training_seconds=120)
class UNet(nn.Module):
    """Which shape does each part hand on to the next, for an image of 32×48?

    Encoder, then its deepest features pooled, then a ConvBlock with twice the channels, then the decoder with all the
    features, then a 1×1 convolution to out_channels, and nothing after it.

    In the chapter: the picture of the whole U-Net. It is figure 1 of Ronneberger, Fischer and Brox (2015).
    """

    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        widths = [base_channels * 2**level for level in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = ConvBlock(widths[-2], widths[-1])
        self.up = Decoder(widths[::-1])
        self.head = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(features[-1], 2))
        x = self.up(x, features)
        return self.head(x)


@alternative(UNet)
class SkipFirstUNet(nn.Module):
    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        widths = [base_channels * 2**level for level in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = ConvBlock(widths[-2], widths[-1])
        self.up = SkipFirst.right(widths[::-1])
        self.head = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        x = self.bottleneck(F.max_pool2d(features[-1], 2))
        x = self.up(x, features)
        return self.head(x)


@check(
    UNet,
    points=0.5,
    ask=repeated,
    compare=parts_agree(why=SHAKY, constant=CONSTANT),
    counts_with=lambda: computes_the_output,
    picture="stages",
)
def unet_is_repeatable(draw):
    """In eval mode the same images give the same output, of the images' size"""
    # with the weights of seed 4 the outputs pass both 0 and 1, so that a clamp does not make them all the same
    yield case(base_channels=4).on(draw.uniform(2, 1, 16, 16)).given(seed=4)


@check(UNet, points=1, ask=forward, needs=unet_is_repeatable, picture="stages")
def computes_the_output(draw):
    """Encoder, bottleneck, decoder and a last 1×1 convolution"""
    # with the weights of seed 5 all outputs are above 1: a clamp always fails here, a last ReLU in another check
    yield case(base_channels=4).on(draw.normal(1, 1, 32, 32)).given(seed=5)


@check(UNet, points=0.5, ask=parameters, counts_with=computes_the_output)
def unet_parameters(draw):
    """By default there are 31,042,369 registered parameters"""
    yield case().on(draw.normal(1, 1, 16, 16))
    yield case(in_channels=3, out_channels=2, base_channels=4).on(draw.normal(1, 3, 16, 16))


@check(UNet, points=0.5, ask=forward, needs=unet_is_repeatable)
def any_size_divisible_by_16(draw):
    """Height and width may be any multiples of 16, also different ones"""
    yield case(base_channels=4).on(draw.normal(3, 1, 16, 48)).given(seed=5)


@check(UNet, points=0.5, ask=forward, needs=unet_is_repeatable)
def other_channel_counts(draw):
    """in_channels and out_channels are free"""
    # with the weights of seed 7 some outputs are below 0, some above 1
    yield case(3, 2, 4).on(draw.normal(1, 3, 16, 32)).given(seed=7)
    yield case(4, 4, 4).on(draw.normal(1, 4, 32, 16)).given(seed=7)


@check(
    UNet,
    points=0.75,
    ask=skips(levels=4),
    compare=pairs_differ(why=NO_SKIP, least=1e-7),
    needs=unet_is_repeatable,
    counts_with=computes_the_output,
)
def every_skip_carries(draw):
    """Each level's skip carries information to the output"""
    yield case(base_channels=4).on(draw.normal(1, 1, 32, 16)).given(seed=7)


@check(
    UNet,
    points=0.5,
    ask=forward(gradients=True, report=["gradient of the input"]),
    compare=agrees(rtol=1e-3),
    needs=computes_the_output,
)
def gradients_take_every_skip(draw):
    """The gradient of the images takes every skip as well"""
    yield case(base_channels=4).on(draw.normal(1, 1, 16, 32)).given(seed=7)


@check(UNet, points=0.25, ask=changed, compare=unchanged(), counts_with=computes_the_output)
def unet_changes_nothing(draw):
    """Images and statistics stay as they are; no random seed is set"""
    yield case(base_channels=1).on(draw.normal(1, 1, 16, 16))


@check(UNet, points=0.5, ask=last_bias, compare=follows_bias, needs=unet_is_repeatable, counts_with=computes_the_output)
def output_is_not_squashed(draw):
    """The last convolution has a bias, and nothing follows it"""
    yield case(base_channels=4).on(draw.normal(1, 1, 16, 32))


@check(
    UNet,
    points=0.5,
    ask=trained_again,
    compare=parts_agree(why=RANDOM),
    needs=unet_is_repeatable,
    counts_with=computes_the_output,
)
def unet_draws_nothing(draw):
    """In training mode, too, the same images give the same output"""
    yield case(base_channels=4).on(draw.normal(4, 1, 16, 32))


@check(UNet, points=0.5, ask=gradients, counts_with=computes_the_output)
def unet_learns(draw):
    """The gradient reaches every parameter"""
    yield case(base_channels=4).on(draw.normal(2, 1, 32, 16))


@check(
    UNet,
    points=2,
    ask=train_denoiser,
    measure=mean_squared_error(
        most=0.030,
        sentence="the mean squared error of 200 denoised digits is {value:.4f}, expected at most {threshold:.3f}",
    ),
)
def denoises_digits(draw):
    """After a short training it denoises digits better than a median filter"""
    for _ in range(6):  # the 95 % bound for a U-Net without BatchNorm is 0.2 an attempt: benchmarks/training.md
        yield denoising(draw, case(base_channels=16), noise=0.5, batch_size=16, steps=80, max_lr=2e-3)


class _Joins(Decoder.right):
    """The decoder with another way to join, which gives `wider` times the channels that a block returns."""

    def __init__(self, channels, join, wider=1):
        super().__init__(channels)
        self.join = join
        self.blocks = nn.ModuleList(ConvBlock(wider * b, b) for b in channels[1:])

    def forward(self, x, encoder_features):
        for up, block, skip in zip(self.ups, self.blocks, reversed(encoder_features), strict=True):
            x = block(self.join(up(x), skip))
        return x


class _Upsamples(Decoder.right):
    def __init__(self, channels):
        super().__init__(channels)
        pairs = itertools.pairwise(channels)
        self.ups = nn.ModuleList(nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(a, b, 1)) for a, b in pairs)


wrong = mistakes(
    UNet,
    """
    unet_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the script
        that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    unet_detaches_its_skips: detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck
        alone.
        self.up(x, features) -> self.up(x, [skip.detach() for skip in features])
    unet_with_dropout: The exercise asks for no dropout, neither in the bottleneck nor in a block: in training mode as
        well nothing of the network is random.
        self.up(x, features) -> self.up(F.dropout(x, training=self.training), features)
    sigmoid_on_the_output: The last 1×1 convolution has no activation after it: a sigmoid makes the output of a
        regression hard to reach.
        self.head(x) -> self.head(x).sigmoid()
    relu_on_the_output: The last 1×1 convolution has no activation after it: a ReLU cuts off the gradient wherever the
        output is 0.
        self.head(x) -> F.relu(self.head(x))
    output_clamped: Nothing follows the last 1×1 convolution: a clamp to [0, 1] cuts off the gradient wherever the
        output lies outside, and before the training that may be everywhere.
        self.head(x) -> self.head(x).clamp(0, 1)
    bottleneck_is_missing: Between encoder and decoder, after a pooling, comes the bottleneck: a ConvBlock with 16 ·
        base_channels.
        ConvBlock(widths[-2], widths[-1]) -> nn.Identity()
        Decoder(widths[::-1]) -> Decoder([widths[-2], *widths[-2::-1]])
    bottleneck_without_pooling: A 2×2 max pooling comes before the bottleneck; without it the decoder's first step is
        larger than its skip.
        F.max_pool2d(features[-1], 2) -> features[-1]
    unet_with_the_skip_index_of_the_notes: The notes take encoder_features[-(i + 2)], which is right only where the last
        feature is the bottleneck itself. Here the bottleneck is a block of its own, so the deepest skip is
        encoder_features[-1].
        self.up(x, features) -> self.up(x, features[:-1])
    unet_with_skips_in_reverse_order: The decoder starts at the deepest level, so its first skip is the last of the
        encoder's features.
        self.up(x, features) -> self.up(x, features[::-1])
    unet_adds_the_skips: The U-Net concatenates its skips along channels (torch.cat, dim=1); adding them is the ResNet's
        way.
        Decoder(widths[::-1]) -> _Joins(widths[::-1], torch.add)
    unet_without_skips: Without skips all detail has to pass the bottleneck: concatenate the encoder's features at each
        level.
        Decoder(widths[::-1]) -> _Joins(widths[::-1], lambda x, skip: x)
    unet_repeats_instead_of_skips: The upsampled map is concatenated with itself; the other half is to be the encoder's
        features of that level.
        Decoder(widths[::-1]) -> _Joins(widths[::-1], lambda x, skip: torch.cat([x, x], dim=1), wider=2)
    top_skip_is_missing: The shallowest skip is not used, and it carries the finest detail; each of the four levels has
        its skip.
        self.up(x, features) -> self.up(x, [torch.zeros_like(features[0]), *features[1:]])
    skips_from_after_the_pool: The skips are taken after the pooling and blown up again; they are to be the features
        before it.
        self.up(x, features) -> self.up(x, [F.interpolate(F.max_pool2d(skip, 2), scale_factor=2) for skip in features])
    unet_upsampling_without_parameters: The steps up are ConvTranspose2d layers, which learn how to upsample;
        nn.Upsample has no parameters.
        Decoder -> _Upsamples
    last_convolution_of_3_by_3: The last convolution is 1×1: it mixes the channels of a pixel and looks at no
        neighbours.
        nn.Conv2d(widths[0], out_channels, 1) -> nn.Conv2d(widths[0], out_channels, 3, padding=1)
    as_many_channels_out_as_in: The last convolution has out_channels outputs, which need not be in_channels.
        nn.Conv2d(widths[0], out_channels, 1) -> nn.Conv2d(widths[0], in_channels, 1)
    """,
)
