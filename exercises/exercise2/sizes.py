"""Sizes

Along one axis, a kernel of size K fits into an input of size W at W − K + 1 positions. Three
kinds of padding have names of their own (stride 1):

- **valid**: no padding. The output has K − 1 values fewer than the input.
- **same**: the output is as long as the input. That needs (K − 1) / 2 zeros at each end.
- **full**: K − 1 zeros at each end. Every window that meets at least one input value counts,
  so the output has K − 1 values more than the input.

With dilation D the kernel spans D · (K − 1) + 1 values, and this number takes the place of K.

A pooling moves a window in the same way, but its stride is the window's size unless you say
otherwise. A 2 × 2 pooling therefore halves both sides and rounds down: 7 becomes 3.

In LeNet-5, an image with 32 rows becomes maps with 28, 14, 10 and 5 rows: convolution 5 × 5,
pooling, convolution 5 × 5, pooling. A U-Net with four poolings halves both sides four times
and then doubles them four times. Sizes that are divisible by 16 come back as they were.

All of this is arithmetic: no function here needs a layer, a tensor or a random number.
"""


def effective_kernel_size(kernel_size: int, dilation: int = 1) -> int:
    """The number of input values that a dilated kernel spans, its gaps included.

    Dilation 1 leaves no gaps, dilation 2 leaves one value out between two neighbours of the
    kernel, dilation 3 leaves out two.

    >>> effective_kernel_size(3)
    3
    >>> effective_kernel_size(3, 2)
    5
    >>> effective_kernel_size(5, dilation=3)
    13
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def same_padding(kernel_size: int, dilation: int = 1) -> int:
    """The padding at each end with which a convolution of stride 1 keeps the size.

    Raises ValueError if no whole number of zeros at each end keeps the size.

    >>> same_padding(3)
    1
    >>> same_padding(7)
    3
    >>> same_padding(3, dilation=2)
    2
    >>> same_padding(2, dilation=2)
    1
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def full_padding(kernel_size: int, dilation: int = 1) -> int:
    """The padding at each end with which the first and the last window meet the input in one
    value each (stride 1).

    >>> full_padding(3)
    2
    >>> full_padding(3, dilation=2)
    4
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def padding_name(kernel_size: int, padding: int) -> str:
    """The name of a padding, for stride 1 and dilation 1: "valid", "same", "full" or "other".

    Padding 0 is "valid", for a kernel of size 1 too.

    >>> padding_name(3, 0)
    'valid'
    >>> padding_name(3, 1)
    'same'
    >>> padding_name(3, 2)
    'full'
    >>> padding_name(4, 2)
    'other'
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def pool_output_size(
    input_size: int, kernel_size: int, stride: int | None = None, padding: int = 0
) -> int:
    """The size of a pooling's output along one axis, as `nn.MaxPool2d` gives it.

    The stride is the kernel size unless it is given. The padding counts at both ends. A
    window that does not fit is left out.

    >>> pool_output_size(28, 2)
    14
    >>> pool_output_size(7, 2)
    3
    >>> pool_output_size(7, 3, stride=2)
    3
    >>> pool_output_size(112, 3, stride=2, padding=1)
    56
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def trace_shapes(
    layers: list[tuple], input_shape: tuple[int, int, int]
) -> list[tuple[int, ...]]:
    """The shape after each layer, for one image of shape (C, H, W).

    A layer is one of these tuples:

    - ("conv", out_channels, kernel_size, stride, padding)
    - ("pool", kernel_size), a pooling whose stride is its kernel size
    - ("flatten",), which turns the image into a vector: (C · H · W,)
    - ("linear", out_features), which turns a vector into another vector: (out_features,)

    >>> trace_shapes([("conv", 6, 5, 1, 0), ("pool", 2)], (1, 32, 28))
    [(6, 28, 24), (6, 14, 12)]
    >>> trace_shapes([("flatten",), ("linear", 10)], (16, 5, 5))
    [(400,), (10,)]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def max_pools(size: int) -> int:
    """The number of 2 × 2 poolings that turn a map of size × size into one of 1 × 1.

    An odd side rounds down: 7 becomes 3.

    >>> max_pools(64)
    6
    >>> max_pools(28)
    4
    >>> max_pools(1)
    0
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def is_valid_unet_size(height: int, width: int, depth: int = 4) -> bool:
    """Whether both sides can be halved `depth` times without a remainder, as a U-Net with
    that many poolings needs.

    >>> is_valid_unet_size(256, 320)
    True
    >>> is_valid_unet_size(256, 200)
    False
    >>> is_valid_unet_size(256, 200, depth=3)
    True
    """
    # YOUR CODE HERE
    raise NotImplementedError()
