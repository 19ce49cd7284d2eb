"""U-Net."""

import itertools

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import alternative, case, check, misconception, reference

from .digits import denoising

CONSTANT = "every image gets the same output, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give another output the second time"
RANDOM = "in training mode the same input gives another output the second time: something in between is random"
GRADIENTS = ["gradient of the input"]
SAME_NOISE = "two equal images of a batch get the same noise: each image needs noise of its own"
NO_SKIP = "the skip connection of level {index} (0 is the shallowest) carries nothing to the output"


@reference(points=3)
class ConvBlock(nn.Sequential):
    """Six layers in a row, and three kinds of them: in which order?

    Convolution, BatchNorm, ReLU, and the same again. The first convolution changes the number of channels, the second
    keeps it, and padding keeps the size.

    In the chapter: the double convolution of the U-Net. In the documentation: torch.nn.BatchNorm2d.
    """

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


@check(ConvBlock, points=0.5, probe="parameters", counts_with=("block_in_eval_mode",))
def block_parameters(draw):
    """Two convolutions with bias and two BatchNorms hold the parameters"""
    yield case(3, 5).given(inputs=[draw.normal(2, 3, 6, 7)])


@check(ConvBlock, points=1, probe="forward", compare="agrees")
def block_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU, twice; height and width stay"""
    yield case(3, 5).given(inputs=[draw.normal(2, 3, 6, 7)], seed=draw.seed())
    yield case(in_channels=4, out_channels=2).given(inputs=[draw.normal(1, 4, 5, 9)], seed=draw.seed())
    yield case(3, 3).given(inputs=[draw.normal(2, 3, 5, 4)], seed=draw.seed())


@check(ConvBlock, points=1, probe="forward", compare="agrees", rtol=1e-4)
def block_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, 5).given(inputs=[draw.normal(4, 3, 6, 7)], seed=draw.seed(), mode="train")


@check(ConvBlock, points=0.5, probe="gradients", compare="all_reached", counts_with=("block_in_eval_mode",))
def block_learns(draw):
    """The gradient reaches every parameter"""
    yield case(3, 5).given(inputs=[draw.normal(2, 3, 6, 7)])


@misconception(ConvBlock)
class one_convolution(nn.Sequential):
    """The block holds two convolutions, the second from out_channels to out_channels."""

    def __init__(self, in_channels, out_channels):
        super().__init__(nn.Conv2d(in_channels, out_channels, 3, padding=1), nn.BatchNorm2d(out_channels), nn.ReLU())


@misconception(ConvBlock)
class block_without_batchnorm(nn.Sequential):
    """Each convolution of the block is followed by a BatchNorm, before the ReLU."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class batchnorm_without_weight_and_bias(nn.Sequential):
    """Each BatchNorm has a weight and a bias for each channel, which it learns; affine=False leaves them out."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels, affine=False),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.BatchNorm2d(out_channels, affine=False),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class relu_before_batchnorm(nn.Sequential):
    """The order is convolution, BatchNorm, ReLU: the normalisation comes before the nonlinearity."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.BatchNorm2d(out_channels),
            nn.Conv2d(out_channels, out_channels, 3, padding=1),
            nn.ReLU(),
            nn.BatchNorm2d(out_channels),
        )


@misconception(ConvBlock)
class block_without_gradients(ConvBlock.right):
    """torch.no_grad() belongs around an evaluation, not into forward: no parameter of the block could learn."""

    @torch.no_grad()
    def forward(self, x):
        return super().forward(x)


@misconception(ConvBlock)
class last_relu_missing(nn.Sequential):
    """Both convolutions are followed by BatchNorm and ReLU, the second one too."""

    def __init__(self, in_channels, out_channels):
        super().__init__(*list(ConvBlock(in_channels, out_channels))[:-1])


@misconception(ConvBlock)
class convolutions_without_bias(nn.Sequential):
    """The exercise counts the biases: leave bias=True, although BatchNorm would make them superfluous."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3, padding=1, bias=False),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


@misconception(ConvBlock)
class one_batchnorm_for_both(nn.Module):
    """Each convolution has a BatchNorm of its own, since its channels have statistics of their own; here one BatchNorm
    serves both."""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.first = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(out_channels)
        self.second = nn.Conv2d(out_channels, out_channels, 3, padding=1)

    def forward(self, x):
        return F.relu(self.norm(self.second(F.relu(self.norm(self.first(x))))))


@misconception(ConvBlock)
class shortcut_where_the_channels_agree(ConvBlock.right):
    """A ConvBlock has no shortcut, not even where in_channels equals out_channels: adding the input is the
    ResidualBlock's way."""

    def forward(self, x):
        y = super().forward(x)
        return y + x if y.shape == x.shape else y


@misconception(ConvBlock)
class one_convolution_where_the_channels_agree(nn.Sequential):
    """The block holds two convolutions also where in_channels equals out_channels: the first one does more than to
    change the number of channels."""

    def __init__(self, in_channels, out_channels):
        layers = list(ConvBlock(in_channels, out_channels))
        super().__init__(*layers[3 * (in_channels == out_channels) :])


@misconception(ConvBlock)
class block_without_padding(nn.Sequential):
    """padding=1 keeps height and width; without it each 3×3 convolution takes 2 away and the skips no longer fit."""

    def __init__(self, in_channels, out_channels):
        super().__init__(
            nn.Conv2d(in_channels, out_channels, 3),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
            nn.Conv2d(out_channels, out_channels, 3),
            nn.BatchNorm2d(out_channels),
            nn.ReLU(),
        )


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


@check(Encoder, points=0.5, probe="parameters", counts_with=("features_before_pooling",))
def encoder_parameters(draw):
    """There is a ConvBlock for each step from one channel count to the next"""
    yield case((2, 4, 6)).given(inputs=[draw.normal(1, 2, 8, 12)])
    yield case().given(inputs=[draw.normal(1, 1, 16, 16)])


@check(Encoder, points=1.5, probe="forward", compare="agrees", picture="stages")
def features_before_pooling(draw):
    """The list holds each block's output before pooling, shallowest first"""
    yield case((2, 4, 6)).given(inputs=[draw.normal(1, 2, 8, 12)], seed=draw.seed())
    yield case(channels=(1, 3, 3, 5)).given(inputs=[draw.normal(2, 1, 16, 8)], seed=draw.seed())


@check(Encoder, points=0.5, probe="forward", compare="agrees", rtol=1e-4, needs=("features_before_pooling",))
def features_carry_gradients(draw):
    """The gradient flows through the features of every level"""
    yield case((2, 4, 6)).given(inputs=[draw.normal(1, 2, 8, 12)], seed=draw.seed(), gradients=True, report=GRADIENTS)


@check(
    Encoder,
    points=0.5,
    probe="trained_again",
    compare="parts_agree",
    why=RANDOM,
    counts_with=("features_before_pooling",),
)
def encoder_draws_nothing(draw):
    """In training mode, too, the same image gives the same features"""
    yield case((2, 4, 6)).given(inputs=[draw.normal(8, 2, 8, 12)], seed=draw.seed())


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


class _Decoder(nn.Module):
    """The decoder with its two decisions left open: which skip, and how it is joined."""

    wider = 2

    def __init__(self, channels=(1024, 512, 256, 128, 64)):
        super().__init__()
        pairs = list(itertools.pairwise(channels))
        self.ups = nn.ModuleList(self.step_up(a, b) for a, b in pairs)
        self.blocks = nn.ModuleList(ConvBlock(self.wider * b, b) for _, b in pairs)

    def step_up(self, above, below):
        return nn.ConvTranspose2d(above, below, 2, stride=2)

    def forward(self, x, encoder_features):
        for i, (up, block) in enumerate(zip(self.ups, self.blocks, strict=True)):
            x = block(self.join(up(x), self.skip(encoder_features, i)))
        return x

    def skip(self, features, i):
        return features[-(i + 1)]

    def join(self, x, skip):
        return torch.cat([x, skip], dim=1)


class _SkipFirst(_Decoder):
    def join(self, x, skip):
        return torch.cat([skip, x], dim=1)


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


@check(Decoder, points=0.5, probe="parameters", counts_with=("joins_the_skips",))
def decoder_parameters(draw):
    """Each step is a transposed convolution and a ConvBlock"""
    yield case((16, 8, 4)).given(inputs=_levels(draw))
    sizes = [(64 * 2**level, 16 // 2**level) for level in range(5)]
    *skips, deepest = (np.zeros((1, channels, side, side), np.float32) for channels, side in sizes)
    yield case().given(inputs=[deepest, skips])


@check(Decoder, points=2.5, probe="forward", compare="agrees", picture="stages")
def joins_the_skips(draw):
    """Each step doubles the size, joins the skip of that size along channels"""
    yield case((16, 8, 4)).given(inputs=_levels(draw), seed=draw.seed())
    yield case(channels=(8, 4)).given(inputs=[draw.normal(1, 8, 5, 4), [draw.normal(1, 4, 10, 8)]], seed=draw.seed())


@check(Decoder, points=0.5, probe="forward", compare="agrees", rtol=1e-4, needs=("joins_the_skips",))
def skips_carry_gradients(draw):
    """The gradient flows back through every skip"""
    yield case((16, 8, 4)).given(inputs=_levels(draw), seed=draw.seed(), gradients=True, report=GRADIENTS)


@check(
    Decoder,
    points=0.5,
    probe="trained_again",
    compare="parts_agree",
    why=RANDOM,
    counts_with=("joins_the_skips",),
)
def decoder_draws_nothing(draw):
    """In training mode, too, the same features give the same output"""
    yield case((16, 8, 4)).given(inputs=_levels(draw), seed=draw.seed())


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


class _UNet(nn.Module):
    """The U-Net with its parts left open, so that each misconception changes one."""

    decoder = _Decoder

    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__()
        widths = [base_channels * 2**level for level in range(5)]
        self.encoder = Encoder((in_channels, *widths[:-1]))
        self.bottleneck = ConvBlock(widths[-2], widths[-1])
        self.up = self.decoder(widths[::-1])
        self.head = nn.Conv2d(widths[0], out_channels, 1)

    def forward(self, x):
        features = self.encoder(x)
        return self.head(self.up(self.bottleneck(F.max_pool2d(features[-1], 2)), features))


@reference(points=8, seconds=20, training_seconds=120)
class UNet(_UNet):
    """All parts are there. Which shape does each hand on to the next, for an image of 32×48?

    Encoder, then its deepest features pooled, then a ConvBlock with twice the channels, then the decoder with all the
    features, then a 1×1 convolution to out_channels, and nothing after it.

    In the chapter: the picture of the whole U-Net. It is figure 1 of Ronneberger, Fischer and Brox (2015).
    """


@alternative(UNet)
class SkipFirstUNet(_UNet):
    decoder = _SkipFirst


@check(UNet, points=0.5, probe="parameters", counts_with=("computes_the_output",))
def unet_parameters(draw):
    """By default there are 31,042,369 registered parameters"""
    yield case().given(inputs=[draw.normal(1, 1, 16, 16)])
    yield case(in_channels=3, out_channels=2, base_channels=4).given(inputs=[draw.normal(1, 3, 16, 16)])


@check(
    UNet,
    points=0.5,
    probe="repeated",
    compare="parts_agree",
    why=SHAKY,
    constant=CONSTANT,
    counts_with=("computes_the_output",),
    picture="stages",
)
def unet_is_repeatable(draw):
    """In eval mode the same images give the same output, of the images' size"""
    # with the weights of seed 7 the outputs pass both 0 and 1, so that a clamp does not make them all the same
    yield case(base_channels=4).given(inputs=[draw.uniform(2, 1, 16, 16)], seed=7)


@check(UNet, points=1, probe="forward", compare="agrees", needs=("unet_is_repeatable",), picture="stages")
def computes_the_output(draw):
    """Encoder, bottleneck, decoder and a last 1×1 convolution"""
    yield case(base_channels=4).given(inputs=[draw.normal(1, 1, 32, 32)], seed=draw.seed())


@check(UNet, points=0.5, probe="forward", compare="agrees", needs=("unet_is_repeatable",))
def any_size_divisible_by_16(draw):
    """Height and width may be any multiples of 16, also different ones"""
    yield case(base_channels=4).given(inputs=[draw.normal(3, 1, 16, 48)], seed=draw.seed())


@check(UNet, points=0.5, probe="forward", compare="agrees", needs=("unet_is_repeatable",))
def other_channel_counts(draw):
    """in_channels and out_channels are free"""
    yield case(3, 2, 4).given(inputs=[draw.normal(1, 3, 16, 32)], seed=draw.seed())
    yield case(4, 4, 4).given(inputs=[draw.normal(1, 4, 32, 16)], seed=draw.seed())


@check(
    UNet,
    points=1,
    probe="skips",
    compare="pairs_differ",
    why=NO_SKIP,
    least=1e-7,
    needs=("unet_is_repeatable",),
    counts_with=("computes_the_output",),
)
def every_skip_carries(draw):
    """Each level's skip carries information to the output"""
    yield case(base_channels=4).given(inputs=[draw.normal(1, 1, 32, 16)], levels=4, seed=7)


@check(UNet, points=0.5, probe="forward", compare="agrees", rtol=1e-3, needs=("computes_the_output",))
def gradients_take_every_skip(draw):
    """The gradient of the images takes every skip as well"""
    yield case(base_channels=4).given(
        inputs=[draw.normal(1, 1, 16, 32)], seed=draw.seed(), gradients=True, report=GRADIENTS
    )


@check(
    UNet,
    points=0.5,
    probe="last_bias",
    compare="follows_bias",
    needs=("unet_is_repeatable",),
    counts_with=("computes_the_output",),
)
def output_is_not_squashed(draw):
    """The last convolution has a bias, and nothing follows it"""
    yield case(base_channels=4).given(inputs=[draw.normal(1, 1, 16, 32)])


@check(
    UNet,
    points=0.5,
    probe="trained_again",
    compare="parts_agree",
    why=RANDOM,
    needs=("unet_is_repeatable",),
    counts_with=("computes_the_output",),
)
def unet_draws_nothing(draw):
    """In training mode, too, the same images give the same output"""
    yield case(base_channels=4).given(inputs=[draw.normal(4, 1, 16, 32)], seed=draw.seed())


@check(UNet, points=0.5, probe="gradients", compare="all_reached", counts_with=("computes_the_output",))
def unet_learns(draw):
    """The gradient reaches every parameter"""
    yield case(base_channels=4).given(inputs=[draw.normal(2, 1, 32, 16)])


@check(
    UNet,
    points=2,
    probe="train_denoiser",
    measure="mean_squared_error",
    most=0.026,
    tells="the mean squared error of 200 denoised digits is {value:.4f}, expected at most {threshold:.3f}",
)
def denoises_digits(draw):
    """After a short training it denoises digits better than any filter"""
    for _ in range(6):  # the 95 % bound for a U-Net without BatchNorm is 0.2 an attempt: benchmarks/training.md
        yield denoising(draw, case(base_channels=16), noise=0.5, batch_size=16, steps=80, max_lr=2e-3)


@misconception(UNet)
class unet_detaches_its_skips(_UNet):
    """detach() cuts the skips off from the loss, so that the encoder learns from the bottleneck alone."""

    def forward(self, x):
        features = self.encoder(x)
        skips = [part.detach() for part in features]
        return self.head(self.up(self.bottleneck(F.max_pool2d(features[-1], 2)), skips))


@misconception(UNet)
class unet_detaches_its_skips_and_takes_them_first(unet_detaches_its_skips.wrong):
    __doc__ = unet_detaches_its_skips.wrong.__doc__
    decoder = _SkipFirst


@misconception(UNet)
class unet_with_dropout(_UNet):
    """The exercise asks for no dropout, neither in the bottleneck nor in a block: in training mode as well nothing of
    the network is random."""

    def forward(self, x):
        features = self.encoder(x)
        deepest = self.bottleneck(F.max_pool2d(features[-1], 2))
        return self.head(self.up(F.dropout(deepest, training=self.training), features))


@misconception(UNet)
class sigmoid_on_the_output(_UNet):
    """The last 1×1 convolution has no activation after it: a sigmoid makes the output of a regression hard to reach."""

    def forward(self, x):
        return super().forward(x).sigmoid()


@misconception(UNet)
class sigmoid_on_the_output_with_the_skip_first(sigmoid_on_the_output.wrong):
    __doc__ = sigmoid_on_the_output.wrong.__doc__
    decoder = _SkipFirst


@misconception(UNet)
class relu_on_the_output(_UNet):
    """The last 1×1 convolution has no activation after it: a ReLU cuts off the gradient wherever the output is 0."""

    def forward(self, x):
        return F.relu(super().forward(x))


@misconception(UNet)
class relu_on_the_output_with_the_skip_first(relu_on_the_output.wrong):
    __doc__ = relu_on_the_output.wrong.__doc__
    decoder = _SkipFirst


@misconception(UNet)
class output_clamped(_UNet):
    """Nothing follows the last 1×1 convolution: a clamp to [0, 1] cuts off the gradient wherever the output lies
    outside, and before the training that may be everywhere."""

    def forward(self, x):
        return super().forward(x).clamp(0, 1)


@misconception(UNet)
class output_clamped_with_the_skip_first(output_clamped.wrong):
    __doc__ = output_clamped.wrong.__doc__
    decoder = _SkipFirst


@misconception(UNet)
class bottleneck_is_missing(_UNet):
    """Between encoder and decoder, after a pooling, comes the bottleneck: a ConvBlock with 16 · base_channels."""

    def __init__(self, in_channels=1, out_channels=1, base_channels=64):
        super().__init__(in_channels, out_channels, base_channels)
        widths = [base_channels * 2**level for level in range(4)]
        self.bottleneck = nn.Identity()
        self.up = _Decoder((widths[-1], *widths[::-1]))


@misconception(UNet)
class bottleneck_without_pooling(_UNet):
    """A 2×2 max pooling comes before the bottleneck; without it the decoder's first step is larger than its skip."""

    def forward(self, x):
        features = self.encoder(x)
        return self.head(self.up(self.bottleneck(features[-1]), features))


@misconception(UNet)
class bottleneck_without_pooling_with_the_skip_first(bottleneck_without_pooling.wrong):
    __doc__ = bottleneck_without_pooling.wrong.__doc__
    decoder = _SkipFirst


class _Adds(_Decoder):
    wider = 1

    def join(self, x, skip):
        return x + skip


class _Alone(_Decoder):
    wider = 1

    def join(self, x, skip):
        return x


class _Twice(_Decoder):
    def join(self, x, skip):
        return torch.cat([x, x], dim=1)


class _NoTopSkip(_Decoder):
    def join(self, x, skip):
        top = skip.shape[1] == self.blocks[-1][0].out_channels
        return torch.cat([x, torch.zeros_like(skip) if top else skip], dim=1)


class _Pooled(_Decoder):
    def join(self, x, skip):
        return torch.cat([x, F.interpolate(F.max_pool2d(skip, 2), scale_factor=2)], dim=1)


class _Unlearned(_Decoder):
    def step_up(self, above, below):
        return nn.Sequential(nn.Upsample(scale_factor=2), nn.Conv2d(above, below, 1))


@misconception(UNet)
class unet_with_the_skip_index_of_the_notes(_UNet):
    """The notes take encoder_features[-(i + 2)], which is right only where the last feature is the bottleneck itself.
    Here the bottleneck is a block of its own, so the deepest skip is encoder_features[-1]."""

    decoder = skip_index_of_the_notes.wrong


@misconception(UNet)
class unet_with_the_skip_index_of_the_notes_and_the_skip_first(_UNet):
    __doc__ = unet_with_the_skip_index_of_the_notes.wrong.__doc__
    decoder = skip_index_of_the_notes_with_the_skip_first.wrong


@misconception(UNet)
class unet_with_skips_in_reverse_order(_UNet):
    """The decoder starts at the deepest level, so its first skip is the last of the encoder's features."""

    decoder = skips_in_reverse_order.wrong


@misconception(UNet)
class unet_with_skips_first_in_reverse_order(_UNet):
    __doc__ = unet_with_skips_in_reverse_order.wrong.__doc__
    decoder = skips_first_in_reverse_order.wrong


@misconception(UNet)
class unet_adds_the_skips(_UNet):
    """The U-Net concatenates its skips along channels (torch.cat, dim=1); adding them is the ResNet's way."""

    decoder = _Adds


@misconception(UNet)
class unet_without_skips(_UNet):
    """Without skips all detail has to pass the bottleneck: concatenate the encoder's features at each level."""

    decoder = _Alone


@misconception(UNet)
class unet_repeats_instead_of_skips(_UNet):
    """The upsampled map is concatenated with itself; the other half is to be the encoder's features of that level."""

    decoder = _Twice


@misconception(UNet)
class top_skip_is_missing(_UNet):
    """The shallowest skip is not used, and it carries the finest detail; each of the four levels has its skip."""

    decoder = _NoTopSkip


@misconception(UNet)
class skips_from_after_the_pool(_UNet):
    """The skips are taken after the pooling and blown up again; they are to be the features before it."""

    decoder = _Pooled


@misconception(UNet)
class unet_upsampling_without_parameters(_UNet):
    """The steps up are ConvTranspose2d layers, which learn how to upsample; nn.Upsample has no parameters."""

    decoder = _Unlearned


@reference(points=2)
def add_noise(images, noise_factor=0.5):
    """Which of torch's random functions is Gaussian, and in which shape do you need its numbers?

    Draw noise in the shape of all the images, scale it, and add it so that a new tensor comes out; what leaves the
    range of an image is cut off.

    In the chapter: where pairs of noisy and clean images are made for the U-Net. In the documentation: the section on
    random sampling of torch.
    """
    return (images + noise_factor * torch.randn_like(images)).clamp(0, 1)


@check(add_noise, points=0.5, compare="same_moments", rtol=0.1)
def gaussian_noise(draw):
    """The noise is Gaussian with standard deviation noise_factor"""
    grey = draw.uniform(10, 1, 40, 50, low=0.5, high=0.5)
    yield case(grey, noise_factor=0.1)
    yield case(grey, noise_factor=0.3)


@check(add_noise, points=0.25, compare="same_moments", rtol=0.1, counts_with=("gaussian_noise",))
def stays_between_0_and_1(draw):
    """The result is clamped to [0, 1]; noise_factor is 0.5 by default"""
    yield case(draw.uniform(10, 1, 40, 50))


@check(
    add_noise,
    points=0.25,
    compare="parts_differ",
    why="two calls with the same images give the same noise",
    least=0.01,
    most_shared=0.1,
    counts_with=("gaussian_noise",),
)
def fresh_noise(draw):
    """Each call draws new noise"""
    yield case(draw.uniform(2, 1, 5, 4, low=0.5, high=0.5), 0.2).given(times=2)


@check(add_noise, points=0.25, compare="rows_differ", why=SAME_NOISE, least=0.01, counts_with=("gaussian_noise",))
def own_noise_for_each_image(draw):
    """Each image of a batch gets noise of its own"""
    yield case(draw.uniform(1, 1, 6, 5, low=0.3, high=0.7).repeat(3, axis=0), 0.2)


@check(add_noise, points=0.25, needs=("fresh_noise",), counts_with=("gaussian_noise",))
def images_stay_as_they_are(draw):
    """The images that came in are not changed"""
    yield case(draw.uniform(2, 1, 3, 4)).given(watch=["images"], report=["after"])


@check(add_noise, points=0.25, needs=("fresh_noise",), counts_with=("gaussian_noise",))
def no_noise_at_zero(draw):
    """With noise_factor=0 the images come back as they are"""
    yield case(draw.uniform(2, 1, 3, 4), 0.0)
    yield case(draw.uniform(2, 1, 3, 5), noise_factor=0)


@check(
    add_noise,
    points=0.25,
    compare="same_moments",
    rtol=0.1,
    needs=("fresh_noise",),
    counts_with=("gaussian_noise",),
)
def any_number_of_axes(draw):
    """The images may have any number of axes, as may a single one"""
    yield case(draw.uniform(20_000, low=0.5, high=0.5), noise_factor=0.1)
    yield case(draw.uniform(100, 200, low=0.5, high=0.5), noise_factor=0.1)


@misconception(add_noise)
def uniform_noise(images, noise_factor=0.5):
    """torch.rand draws uniformly from [0, 1) and only brightens the images; torch.randn draws Gaussian noise."""
    return (images + noise_factor * torch.rand_like(images)).clamp(0, 1)


@misconception(add_noise)
def centred_uniform_noise(images, noise_factor=0.5):
    """Uniform noise, even if centred, is not Gaussian: torch.randn draws from the normal distribution."""
    return (images + noise_factor * (2 * torch.rand_like(images) - 1)).clamp(0, 1)


@misconception(add_noise)
def zero_taken_for_missing(images, noise_factor=0.5):
    """0 counts as false, so `noise_factor or 0.5` turns it into 0.5; a factor of 0 asks for no noise."""
    return (images + (noise_factor or 0.5) * torch.randn_like(images)).clamp(0, 1)


@misconception(add_noise)
def factor_not_used(images, noise_factor=0.5):
    """The noise is the same whatever noise_factor says: 0.5 is only its default, so multiply by noise_factor itself."""
    return (images + 0.5 * torch.randn_like(images)).clamp(0, 1)


@misconception(add_noise)
def four_axes_taken_for_granted(images, noise_factor=0.5):
    """Not every tensor of images has four axes, and one image has fewer: images.shape or torch.randn_like(images) gives
    the shape without unpacking it."""
    n, c, h, w = images.shape
    return (images + noise_factor * torch.randn(n, c, h, w)).clamp(0, 1)


@misconception(add_noise)
def not_clamped(images, noise_factor=0.5):
    """Noise takes pixels below 0 and above 1; clamp the result to the range of an image."""
    return images + noise_factor * torch.randn_like(images)


@misconception(add_noise)
def changes_the_images(images, noise_factor=0.5):
    """An operation with a trailing underscore, or +=, changes the caller's images; compute a new tensor instead."""
    return images.add_(noise_factor * torch.randn_like(images)).clamp_(0, 1)


@misconception(add_noise)
def noise_added_in_place(images, noise_factor=0.5):
    """`images += noise` changes the caller's images; `images + noise` makes a new tensor."""
    images += noise_factor * torch.randn_like(images)
    return images.clamp(0, 1)


@misconception(add_noise)
def factor_as_variance(images, noise_factor=0.5):
    """noise_factor is the standard deviation, so the noise is multiplied by it, not by its square root."""
    return (images + noise_factor**0.5 * torch.randn_like(images)).clamp(0, 1)


@misconception(add_noise)
def multiplied_noise(images, noise_factor=0.5):
    """The noise is added to the images; multiplied with them it leaves dark pixels untouched."""
    return (images * (1 + noise_factor * torch.randn_like(images))).clamp(0, 1)


@misconception(add_noise)
def one_noise_for_the_batch(images, noise_factor=0.5):
    """The noise has the shape of one image and is repeated for all of them; draw it in the shape of the whole batch."""
    return (images + noise_factor * torch.randn(images.shape[1:])).clamp(0, 1)


@misconception(add_noise)
def same_seed_in_every_call(images, noise_factor=0.5):
    """Setting a seed inside the function gives the same noise every time; leave the random state alone."""
    torch.manual_seed(0)
    return add_noise(images, noise_factor)
