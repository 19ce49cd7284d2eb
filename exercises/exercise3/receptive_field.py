"""Receptive field

The receptive field of a value is the stretch of input pixels that it depends on, counted
along one axis. Before the first layer a value sees one pixel: itself.

Going from the first layer to the last, keep two numbers. The *jump* is the distance, in
pixels, between the inputs of neighbouring values; it starts at 1. A layer first lets the
receptive field grow by dilation · (kernel_size − 1) · jump, and then its stride multiplies
the jump for the layers that follow. Pooling counts like a convolution with the same kernel
and stride.

All of this is arithmetic: no function here needs a layer, a tensor or a random number.
"""


def receptive_field(layers: list[tuple[int, ...]]) -> int:
    """The receptive field after all layers, as an int.

    A layer is (kernel_size, stride) or (kernel_size, stride, dilation); without a dilation
    it is 1. The empty list gives 1.

    >>> receptive_field([])
    1
    >>> receptive_field([(3, 1), (3, 1)])
    5
    >>> receptive_field([(3, 1), (3, 1), (2, 2), (3, 1)])
    10
    >>> receptive_field([(3, 1, 1), (3, 1, 2), (3, 1, 4)])
    15
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def receptive_field_table(layers: list[tuple[int, ...]]) -> list[tuple[int, int]]:
    """The pair (jump, receptive_field) after each layer, one row per layer; the input has
    no row.

    Two convolutions, a pooling, and a third convolution:

    >>> receptive_field_table([(3, 1), (3, 1), (2, 2), (3, 1)])
    [(1, 3), (1, 5), (2, 6), (2, 10)]

    The same with the pooling last:

    >>> receptive_field_table([(3, 1), (3, 1), (3, 1), (2, 2)])
    [(1, 3), (1, 5), (1, 7), (2, 8)]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def flatten_features(image_size: int, channels: int, num_pools: int) -> int:
    """The number of features that a Linear layer gets after `num_pools` poolings 2 × 2 of a
    square image.

    The convolutions keep the size, `channels` is the number of maps at the end, and each
    pooling halves the height and the width. An odd side rounds down: 7 becomes 3.

    >>> flatten_features(28, 32, 2)
    1568
    >>> flatten_features(64, 128, 3)
    8192
    >>> flatten_features(28, 16, 3)
    144
    """
    # YOUR CODE HERE
    raise NotImplementedError()
