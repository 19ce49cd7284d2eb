import utils
from utils import pair, span


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    room = input_size + 2 * padding - span(kernel_size, dilation)
    if min(input_size, kernel_size) < 1 or room < 0:
        raise ValueError(f"kernel {kernel_size} does not fit into {input_size}")
    return room // stride + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    settings = zip(input_shape[2:], *map(pair, (kernel_size, stride, padding, dilation)))
    return (input_shape[0], out_channels) + tuple(conv_output_size(*s) for s in settings)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + utils.span(kernel_size, dilation) + output_padding
