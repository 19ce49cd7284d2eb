"""Counting

A convolution uses the same few weights at every position of the image. An output channel has
K × K weights for *each input channel*: a 3 × 3 filter for an image with 3 channels has 27
weights, not 9. A dense (fully connected) layer has one weight for each pair of an input value
and an output value. With 1000 outputs, an image of 3 × 224 × 224 needs 150,528,000 weights.

Small kernels in a row see as much as a large one and need fewer weights: two 3 × 3 layers see
5 × 5 pixels with 18 weights per pair of channels, one 5 × 5 layer has 25. Each further layer
of stride 1 adds K − 1 to the receptive field. Padding does not change the receptive field.

An *activation* is one value of a feature map. Networks often double the channels when they
halve height and width. The activations then become half as many: 16 · 28 · 28 = 12,544, but
32 · 14 · 14 = 6,272.

All of this is arithmetic: no function here needs a layer, a tensor or a random number.
"""

import math


def compare_dense_and_conv(
    input_shape: tuple[int, int, int], hidden: int, out_channels: int, kernel_size: int
) -> dict[str, int]:
    """The numbers of weights, without biases, of two first layers for an image (C, H, W).

    "dense" is a linear layer from all values of the image to `hidden` outputs; "conv" is a
    convolution to `out_channels` maps with kernels of kernel_size × kernel_size.

    >>> compare_dense_and_conv((3, 224, 224), 1000, 64, 3)
    {'dense': 150528000, 'conv': 1728}
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def stacked_params(kernel_sizes: list[int], channels: int, bias: bool = False) -> int:
    """The number of parameters of convolutions in a row, one for each kernel size.

    Each of them goes from `channels` to `channels` maps. With bias=True each has a bias for
    each of its output channels.

    >>> stacked_params([3, 3], 1)
    18
    >>> stacked_params([5], 1)
    25
    >>> stacked_params([3, 3], 64)
    73728
    >>> stacked_params([3, 3], 64, bias=True)
    73856
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def layers_needed(receptive_field: int, kernel_size: int = 3) -> int:
    """The smallest number of convolutions in a row whose receptive field is at least
    `receptive_field`, along one axis.

    All have stride 1 and the same kernel size, 2 or more. Without a layer a value sees one
    pixel: itself.

    >>> layers_needed(5)
    2
    >>> layers_needed(6)
    3
    >>> layers_needed(9, kernel_size=5)
    2
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def activations(channels: int, height: int, width: int) -> int:
    """The number of values in the feature maps of one image.

    >>> activations(16, 28, 28)
    12544
    >>> activations(32, 14, 14)
    6272
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def kept_by_pooling(kernel_size: int, stride: int) -> float:
    """The share of the values of a large map that a pooling leaves, as a number from 0 to 1.

    The map is so large that its border does not count.

    >>> kept_by_pooling(2, 2)
    0.25
    >>> kept_by_pooling(3, 1)
    1.0
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def unet_shapes(
    size: int, in_channels: int = 1, base_channels: int = 64
) -> dict[str, tuple[int, int, int]]:
    """The shape (C, H, W) of each stage of a U-Net, for one square image. `size` is divisible
    by 16.

    - "input": the image, with in_channels channels.
    - "encoder1" to "encoder4": the maps of each encoder block, before it is pooled. The
      first block has base_channels maps and the size of the image. A 2 × 2 pooling follows
      each block, and the next block doubles the channels.
    - "bottleneck": the block after the last pooling. It doubles the channels once more.
    - "decoder4" to "decoder1": the maps of each decoder block. Each has the shape of the
      encoder block with its number, whose maps it gets.
    - "output": the result of the last 1 × 1 convolution. It has the shape of the image.

    >>> shapes = unet_shapes(64, in_channels=3)
    >>> len(shapes)
    11
    >>> shapes["encoder1"], shapes["encoder2"], shapes["bottleneck"]
    ((64, 64, 64), (128, 32, 32), (1024, 4, 4))
    """
    # YOUR CODE HERE
    raise NotImplementedError()
