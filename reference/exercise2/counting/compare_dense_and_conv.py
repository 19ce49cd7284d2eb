"""compare_dense_and_conv."""

import torch

from autograder.author import case, changed, check, misconception, mistakes, reference, unchanged

from ..judging import entries


@reference(points=2.5)
def compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size):
    """Which pairs of values does each layer connect with a weight of its own?

    A linear layer has one weight for every value of the image and every output. A convolution has one kernel for every
    input channel and every output channel; the size of the image does not matter.

    In the chapter: why convolutions. A 3 × 3 filter is said to have 9 weights there; it has 9 for each input channel.
    """
    channels, height, width = input_shape
    kernel = kernel_size * kernel_size
    return {"dense": channels * height * width * hidden, "conv": out_channels * channels * kernel}


@check(compare_dense_and_conv, points=1, compare=entries(keys=["dense"]))
def dense_weights(draw):
    """A linear layer connects every value of the image with every output"""
    yield case((3, 224, 224), 1000, 64, 3)
    yield case((1, 28, 20), 10, 4, 5)
    yield case((2, 5, 7), 1, 3, 3)
    yield case((3, draw.integer(4, 9), draw.integer(10, 20)), draw.integer(5, 9), 4, 3)


@check(compare_dense_and_conv, points=1.25, compare=entries(keys=["conv"]))
def convolution_weights(draw):
    """A convolution has a kernel for each pair of input and output channel"""
    yield case((3, 224, 224), 1000, 64, 3)
    yield case((1, 28, 20), 10, 4, 5)
    yield case((2, 5, 7), 10, 6, 1)
    yield case((draw.integer(2, 5), 8, 12), 10, draw.integer(6, 9), draw.integer(2, 7))


@check(compare_dense_and_conv, points=0.25, ask=changed, compare=unchanged(), needs=dense_weights)
def comparing_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case((3, 4, 5), 6, 7, 3)


wrong = mistakes(
    compare_dense_and_conv,
    """
    dense_bias_counted: Only the weights are asked for; the bias of each output is no weight.
        channels * height * width * hidden -> channels * height * width * hidden + hidden
    conv_bias_counted: Only the weights are asked for; the bias of each output channel is no weight.
        out_channels * channels * kernel -> out_channels * (channels * kernel + 1)
    nine_weights_for_all_channels: A filter has K × K weights for each input channel. The lecture notes give a 3 × 3
        filter 9 weights, but for an image with 3 channels it has 27.
        out_channels * channels * kernel -> out_channels * kernel
    filters_not_counted: There is one filter for each output channel.
        out_channels * channels * kernel -> channels * kernel
    kernel_side_once: A kernel is two-dimensional and has kernel_size rows and kernel_size columns.
        kernel_size * kernel_size -> kernel_size
    weights_at_every_position: A convolution uses the same weights at every position, so the size of the image does not
        count.
        out_channels * channels * kernel -> out_channels * channels * kernel * height * width
    colours_not_connected: Each channel of a pixel is a value of its own, with weights of its own.
        channels * height * width * hidden -> height * width * hidden
    outputs_not_counted: Each of the outputs has a weight for every value of the image.
        channels * height * width * hidden -> channels * height * width
    image_taken_as_square: Images need not be square: the height is the second number, the width the third.
        channels * height * width * hidden -> channels * height * height * hidden
    """,
)


@misconception(compare_dense_and_conv)
def counted_with_layers(input_shape, hidden, out_channels, kernel_size):
    """Layers made only to count their weights draw random numbers, and the random state belongs to others. Two products
    need no layers."""
    torch.rand(1)
    return compare_dense_and_conv(input_shape, hidden, out_channels, kernel_size)
