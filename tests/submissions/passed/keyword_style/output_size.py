import operator

import numpy as np


def _checked(*, free, size, kernel):
    if free < 0 or size < 1 or kernel < 1:
        raise ValueError("no room for the kernel")
    return free


conv_output_size = lambda input_size, kernel_size, stride=1, padding=0, dilation=1: np.int64(
    1
    + operator.floordiv(
        _checked(
            free=input_size + padding + padding - (kernel_size + (kernel_size - 1) * (dilation - 1)),
            size=input_size,
            kernel=kernel_size,
        ),
        stride,
    )
)


def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    settings = dict(kernel_size=kernel_size, stride=stride, padding=padding, dilation=dilation)
    per_axis = [
        {name: value if np.isscalar(value) else value[axis] for name, value in settings.items()} for axis in (0, 1)
    ]
    n, _, h, w = input_shape
    return [
        n,
        out_channels,
        conv_output_size(input_size=h, **per_axis[0]),
        conv_output_size(input_size=w, **per_axis[1]),
    ]


def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1, **ignored):
    spread = lambda *, n, gap: (n - 1) * gap + 1
    return np.int32(
        spread(n=input_size, gap=stride) + spread(n=kernel_size, gap=dilation) - 1 - 2 * padding + output_padding
    )
