"""unet_shapes."""

import torch

from autograder.author import case, changed, check, misconception, mistakes, reference, unchanged

from ..judging import entries, same_keys

ENCODER = [f"encoder{stage}" for stage in range(1, 5)]
DECODER = [f"decoder{stage}" for stage in range(1, 5)]


@reference(points=3)
def unet_shapes(size, in_channels=1, base_channels=64):
    """Draw the U of the network. What happens to channels and sides with each step down, and with each step up?

    Down the left side, channels double and sides halve, from block to block. The blocks of the right side have the
    shapes of their neighbours on the left, in reverse order. The image is at both ends.

    In the chapter: the picture of the U-Net.
    """
    image = (in_channels, size, size)
    shapes = {"input": image}
    channels, side = base_channels, size
    for stage in range(1, 5):
        shapes[f"encoder{stage}"] = (channels, side, side)
        channels, side = 2 * channels, side // 2
    shapes["bottleneck"] = (channels, side, side)
    for stage in (4, 3, 2, 1):
        channels, side = channels // 2, 2 * side
        shapes[f"decoder{stage}"] = (channels, side, side)
    shapes["output"] = image
    return shapes


def sizes(draw):
    yield case(64)
    yield case(48, in_channels=3)
    yield case(240, 2, 12)
    yield case(16 * draw.integer(2, 9), draw.integer(2, 5), 4 * draw.integer(2, 9))


@check(unet_shapes, points=0.5, compare=entries(keys=["input", "output"]))
def image_at_both_ends(draw):
    """Input and output have the shape of the image"""
    yield from sizes(draw)


@check(unet_shapes, points=0.75, compare=entries(keys=ENCODER))
def encoder_stages(draw):
    """From one encoder block to the next, channels double and sides halve"""
    yield from sizes(draw)


@check(unet_shapes, points=0.5, compare=entries(keys=["bottleneck"]))
def bottleneck_stage(draw):
    """The bottleneck has 16 times the channels, a sixteenth of each side"""
    yield from sizes(draw)


@check(unet_shapes, points=0.75, compare=entries(keys=DECODER))
def decoder_stages(draw):
    """Each decoder block has the shape of the encoder block of its number"""
    yield from sizes(draw)


@check(unet_shapes, points=0.25, compare=same_keys, needs=encoder_stages)
def eleven_stages(draw):
    """The dict holds the eleven stages and nothing else"""
    yield case(64)


@check(unet_shapes, points=0.25, ask=changed, compare=unchanged(), needs=encoder_stages)
def stages_draw_nothing(draw):
    """The call draws no random numbers"""
    yield case(32, 1, 4)


wrong = mistakes(
    unet_shapes,
    """
    pooled_maps_noted: An encoder block works on its maps before they are pooled, so the first block has the size of the
        image.
        channels, side = base_channels, size -> channels, side = base_channels, size // 2
        shapes["bottleneck"] = (channels, side, side) -> side *= 2; shapes["bottleneck"] = (channels, side, side)
    channels_not_doubled: Each encoder block doubles the channels of the block before, down to the bottleneck.
        2 * channels, side // 2 -> channels, side // 2
        channels // 2, 2 * side -> channels, 2 * side
    doubled_before_the_first: The first encoder block has base_channels maps; the doubling begins with the second.
        shapes[f"encoder{stage}"] = (channels, side, side) -> shapes[f"encoder{stage}"] = (2 * channels, side, side)
    bottleneck_not_doubled: The bottleneck is a block of its own and doubles the channels once more.
        shapes["bottleneck"] = (channels, side, side) -> shapes["bottleneck"] = (channels // 2, side, side)
    bottleneck_not_pooled: A pooling follows the last encoder block, too, so the bottleneck has half of its sides.
        shapes["bottleneck"] = (channels, side, side) -> shapes["bottleneck"] = (channels, 2 * side, 2 * side)
    decoder_counted_from_below: decoder4 is the deepest one: each decoder block has the number of the encoder block
        whose maps it gets.
        (4, 3, 2, 1) -> (1, 2, 3, 4)
    concatenated_maps_noted: The concatenation has twice the channels, but the decoder's block reduces them; its result
        is asked for.
        shapes[f"decoder{stage}"] = (channels, side, side) -> shapes[f"decoder{stage}"] = (2 * channels, side, side)
    decoder_keeps_the_channels: Each step up halves the channels, as each step down doubles them.
        channels // 2, 2 * side -> channels, 2 * side
    decoder_not_enlarged: Each step up doubles both sides, so that the maps fit to those of the encoder.
        channels // 2, 2 * side -> channels // 2, side
    output_before_the_last_layer: The last 1 × 1 convolution turns the base_channels maps into in_channels maps.
        shapes["output"] = image -> shapes["output"] = (base_channels, size, size)
    always_64_channels: 64 is only the default of base_channels; a number that is given decides.
        channels, side = base_channels, size -> channels, side = 64, size
    always_grey: An image can have several channels; in_channels says how many.
        image = (in_channels, size, size) -> image = (1, size, size)
    channels_last_in_the_shapes: torch puts the channels first: (C, H, W).
        image = (in_channels, size, size) -> image = (size, size, in_channels)
        shapes[f"encoder{stage}"] = (channels, side, side) -> shapes[f"encoder{stage}"] = (side, side, channels)
        shapes["bottleneck"] = (channels, side, side) -> shapes["bottleneck"] = (side, side, channels)
        shapes[f"decoder{stage}"] = (channels, side, side) -> shapes[f"decoder{stage}"] = (side, side, channels)
    pooled_stages_added: The dict holds the eleven stages that the sheet names; the pooled maps are no stage of their
        own.
        return shapes -> return shapes | {"pool1": (base_channels, size // 2, size // 2)}
    sides_as_floats: Sides are whole numbers: // divides to an int.
        2 * channels, side // 2 -> 2 * channels, side / 2
    """,
)


@misconception(unet_shapes)
def network_made_to_be_measured(size, in_channels=1, base_channels=64):
    """Layers made only to look at shapes draw random numbers, and the random state belongs to others. Halving and
    doubling need no layers."""
    torch.rand(1)
    return unet_shapes(size, in_channels, base_channels)
