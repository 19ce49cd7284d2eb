def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0:
        raise ValueError("sizes must be positive")
    effective = dilation * (kernel_size - 1) + 1
    if effective > input_size + 2 * padding:
        raise ValueError("kernel does not fit")
    return (input_size + 2 * padding - effective) // stride + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    def pair(v):
        return (v, v) if isinstance(v, int) else v
    k, s, p, d = pair(kernel_size), pair(stride), pair(padding), pair(dilation)
    n, _, h, w = input_shape
    return (n, out_channels,
            conv_output_size(h, k[0], s[0], p[0], d[0]),
            conv_output_size(w, k[1], s[1], p[1], d[1]))


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1
