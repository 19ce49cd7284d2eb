def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size < 1:
        raise ValueError("input_size")
    if kernel_size < 1:
        raise ValueError("kernel_size")
    count = 0
    position = -padding
    while position + dilation * (kernel_size - 1) <= input_size - 1 + padding:
        count += 1
        position += stride
    if count == 0:
        raise ValueError("the kernel does not fit")
    return count


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    if isinstance(kernel_size, int):
        kernel_size = (kernel_size, kernel_size)
    if isinstance(stride, int):
        stride = (stride, stride)
    if isinstance(padding, int):
        padding = (padding, padding)
    if isinstance(dilation, int):
        dilation = (dilation, dilation)
    shape = [input_shape[0], out_channels]
    for axis in range(2):
        shape.append(
            conv_output_size(input_shape[axis + 2], kernel_size[axis], stride[axis], padding[axis], dilation[axis])
        )
    return tuple(shape)


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    last = 0
    for i in range(input_size):
        for k in range(kernel_size):
            last = max(last, i * stride + k * dilation)
    return last + 1 - padding - padding + output_padding
