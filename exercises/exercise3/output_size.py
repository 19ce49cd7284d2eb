"""Output size

A kernel of size K fits into an input of size W at W − K + 1 positions. Three settings
change that:

- **padding** adds P zeros at *both* ends, so the input becomes W + 2P long;
- **dilation** leaves gaps in the kernel, which then spans D · (K − 1) + 1 values;
- **stride** takes only every S-th position, and a last step that does not fit is left out.

Together: floor((W + 2P − D · (K − 1) − 1) / S) + 1, for each axis on its own. A padding of
`kernel_size // 2` keeps the size, but only for an odd kernel with stride 1 and dilation 1.

All of this is arithmetic: no function here needs a layer, a tensor or a random number.
"""


def conv_output_size(
    input_size: int, kernel_size: int, stride: int = 1, padding: int = 0, dilation: int = 1
) -> int:
    """The size of a convolution's output along one axis, as an int.

    floor((input_size + 2 · padding − dilation · (kernel_size − 1) − 1) / stride) + 1

    Raises ValueError if the dilated kernel does not fit into the padded input, or if a size
    is not positive.

    >>> conv_output_size(28, 5)
    24
    >>> conv_output_size(28, 5, padding=2)
    28
    >>> conv_output_size(28, 3, stride=2)
    13
    >>> conv_output_size(28, 3, dilation=2)
    24
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def conv2d_output_shape(
    input_shape: tuple[int, int, int, int],
    out_channels: int,
    kernel_size: int | tuple[int, int],
    stride: int | tuple[int, int] = 1,
    padding: int | tuple[int, int] = 0,
    dilation: int | tuple[int, int] = 1,
) -> tuple[int, int, int, int]:
    """The shape (N, out_channels, H_out, W_out) that a 2-D convolution makes of (N, C, H,
    W).

    Each setting is an int, which holds for both axes, or a pair (height, width).

    >>> conv2d_output_shape((2, 3, 32, 28), 8, 5)
    (2, 8, 28, 24)
    >>> conv2d_output_shape((2, 3, 12, 20), 4, kernel_size=(3, 5))
    (2, 4, 10, 16)
    >>> conv2d_output_shape((2, 3, 12, 20), 4, kernel_size=3, stride=(3, 1), padding=(0, 4))
    (2, 4, 4, 26)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def conv_transpose_output_size(
    input_size: int,
    kernel_size: int,
    stride: int = 1,
    padding: int = 0,
    output_padding: int = 0,
    dilation: int = 1,
) -> int:
    """The size of a transposed convolution's output along one axis, as an int.

    It goes the other way: each input value lays down one kernel, and the kernels lie one
    stride apart. Padding is cut off at both ends, and output_padding is added at one end:

    (input_size − 1) · stride − 2 · padding + dilation · (kernel_size − 1) + output_padding
    + 1

    The U-Net doubles its maps with kernel 2 and stride 2:

    >>> conv_transpose_output_size(14, 2, stride=2)
    28
    >>> conv_transpose_output_size(7, 3, stride=2)
    15
    >>> conv_transpose_output_size(7, 3, stride=2, padding=1, output_padding=1)
    14
    """
    # YOUR CODE HERE
    raise NotImplementedError()
