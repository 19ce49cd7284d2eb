"""Parameter counting

An output channel of a convolution has height · width weights for every input channel, and
one bias. That makes out_channels · (in_channels · height · width + 1) parameters, whatever
the size of the image. An output of a linear layer has one weight for every input, and one
bias.

A model can hold more tensors than it trains. *Frozen* parameters have `requires_grad` set
to False, *shared* ones are used in several places and exist once, and *buffers*, such as
BatchNorm's running statistics, are no parameters.

Counting is arithmetic: no function here needs a layer of its own or a random number.
"""

from torch import nn


def conv2d_params(
    in_channels: int, out_channels: int, kernel_size: int | tuple[int, int], bias: bool = True
) -> int:
    """The number of parameters of `nn.Conv2d`; kernel_size is an int or a pair (height,
    width).

    >>> conv2d_params(1, 16, 3)
    160
    >>> conv2d_params(3, 64, 7, bias=False)
    9408
    >>> conv2d_params(3, 8, (3, 5))
    368
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def linear_params(in_features: int, out_features: int, bias: bool = True) -> int:
    """The number of parameters of `nn.Linear`.

    >>> linear_params(1568, 10)
    15690
    >>> linear_params(784, 10, bias=False)
    7840
    """
    # YOUR CODE HERE
    raise NotImplementedError()


def count_parameters(model: nn.Module, trainable_only: bool = True) -> int:
    """The number of values in all parameters of `model`, however deep they lie.

    Frozen parameters count only with trainable_only=False. A shared parameter counts once,
    and buffers never count.

    >>> model = nn.Sequential(nn.Conv2d(1, 16, 3), nn.BatchNorm2d(16), nn.Conv2d(16, 32, 3))
    >>> count_parameters(model)
    4832
    >>> model[0].weight.requires_grad = False
    >>> count_parameters(model)
    4688
    >>> count_parameters(model, trainable_only=False)
    4832
    """
    # YOUR CODE HERE
    raise NotImplementedError()
