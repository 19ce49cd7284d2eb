import numpy as np


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    sizes = np.array([input_size, kernel_size])
    if np.any(sizes < 1):
        raise ValueError("sizes have to be positive")
    starts = np.arange(-padding, input_size + padding, stride)
    ends = starts + dilation * (kernel_size - 1)
    positions = np.count_nonzero(ends < input_size + padding)
    if positions == 0:
        raise ValueError("kernel too large")
    return positions


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    size = np.array(input_shape[2:])
    k, s, p, d = (np.broadcast_to(setting, 2) for setting in (kernel_size, stride, padding, dilation))
    h, w = (size + 2 * p - d * (k - 1) - 1) // s + 1
    return input_shape[0], out_channels, h, w


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return np.dot([stride, -2, dilation, 1], [input_size - 1, padding, kernel_size - 1, output_padding + 1])
