"""Experiments

Three small experiments with numbers instead of trainings.

Larger kernels see more, and cost more: a convolution k×k from C_in to C_out channels with
bias has k · k · C_in · C_out + C_out parameters, and the receptive field grows by k − 1
where all strides are 1. Padding does not change it.

A *dilated* convolution sees further with the same weights: with dilation d the receptive
field grows by d · (k − 1).

Height and width can be halved by pooling, without parameters, or by a convolution with
stride 2, which learns how. For odd sizes the two differ: from 7, max pooling 2×2 makes
floor(7 / 2) = 3, and a convolution with kernel 3, padding 1 and stride 2 makes ceil(7 / 2)
= 4.
"""

from torch import nn


def kernel_size_table(kernel_sizes: list[int], input_size: int) -> list[dict[str, int]]:
    """For each kernel size k: what two convolutions in a row cost, and what they see.

    The first is nn.Conv2d(1, 16, k), the second nn.Conv2d(16, 16, k), with bias and without
    padding. A row of the table is a dict with "kernel_size", "parameters" (of both),
    "receptive_field" (after both) and "output_size" (the height of the map after both, from
    an image of height input_size).

    >>> kernel_size_table([3], input_size=28)
    [{'kernel_size': 3, 'parameters': 2480, 'receptive_field': 5, 'output_size': 24}]
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def dilated_receptive_field(dilations: list[int]) -> tuple[int, int]:
    """The receptive field and the parameters of 3×3 convolutions with these dilations.

    There is one convolution for each dilation, one after the other, with stride 1, each
    from 1 channel to 1 channel and with bias. Without any the receptive field is 1.

    >>> dilated_receptive_field([1, 1, 1])
    (7, 30)
    >>> dilated_receptive_field([1, 2, 4])
    (15, 30)
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def pool_or_stride(channels: int) -> tuple[nn.Module, nn.Module]:
    """Two modules that both halve height and width and keep the channels.

    The first is max pooling 2×2. The second is a convolution 3×3 with padding 1, stride 2
    and bias. Where the size is odd they differ:

    >>> import torch
    >>> pool, conv = pool_or_stride(4)
    >>> pool(torch.zeros(2, 4, 7, 10)).shape
    torch.Size([2, 4, 3, 5])
    >>> conv(torch.zeros(2, 4, 7, 10)).shape
    torch.Size([2, 4, 4, 5])
    """
    # YOUR CODE HERE
    raise NotImplementedError()
