import math


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    span = dilation * (kernel_size - 1) + 1
    room = input_size + 2 * padding - span
    if room < 0 or input_size <= 0 or kernel_size <= 0:
        raise ValueError("kernel of size %d does not fit in %d" % (kernel_size, input_size))
    return math.floor(room / stride + 1)


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def axis(i):
        def pick(v):
            return v[i] if isinstance(v, (tuple, list)) else v

        return conv_output_size(input_shape[2 + i], pick(kernel_size), pick(stride), pick(padding), pick(dilation))

    return (input_shape[0], out_channels, axis(0), axis(1))


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    size = (input_size - 1.0) * stride - 2.0 * padding + dilation * (kernel_size - 1.0) + output_padding + 1.0
    return int(size)
