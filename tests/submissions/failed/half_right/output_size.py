"""Output size"""


def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    # formula from the lecture, with // so that it is an int
    return (input_size - kernel_size + 2 * padding) // stride + 1


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    N, C, H, W = input_shape
    H_out = conv_output_size(H, kernel_size, stride, padding, dilation)
    W_out = conv_output_size(W, kernel_size, stride, padding, dilation)
    return (N, out_channels, H_out, W_out)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    return (input_size - 1) * stride - 2 * padding + kernel_size
