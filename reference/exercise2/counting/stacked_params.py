"""stacked_params."""

import torch

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged


@reference(points=2)
def stacked_params(kernel_sizes, channels, bias=False):
    """How many weights has one convolution from `channels` maps to `channels` maps? And two?

    Each layer has a K × K kernel for every pair of an input channel and an output channel. Add the layers up. A bias
    belongs to an output channel, and each layer has its own.

    In the chapter: two 3 × 3 convolutions for one 5 × 5. For one channel they have 18 weights and 25.
    """
    total = 0
    for kernel_size in kernel_sizes:
        total += channels * channels * kernel_size**2
        if bias:
            total += channels
    return total


@check(stacked_params, points=0.75)
def weights_of_one_channel(draw):
    """With one channel a layer has the weights of one kernel"""
    yield from cases(stacked_params, (([3, 3], 1), 18), (([5], 1), 25), (([3, 3, 3], 1), 27), (([7, 1, 2], 1), 54))
    yield case([draw.integer(2, 9), draw.integer(2, 9), 3], 1)


@check(stacked_params, points=0.5)
def weights_of_many_channels(draw):
    """Each pair of input and output channel has a kernel"""
    yield from cases(stacked_params, (([3, 3], 64), 73728), (([5], 64), 102400), (([3], 2), 36), (([4, 3], 3), 225))
    yield case([draw.integer(2, 9), 3, 3], draw.integer(4, 20))


@check(stacked_params, points=0.5)
def biases_of_each_layer(draw):
    """Each layer has a bias for each output channel, if asked for"""
    yield from cases(stacked_params, (([3, 3], 64, True), 73856), (([5], 1, True), 26), (([3, 2, 1], 4, True), 236))
    yield case([3, draw.integer(2, 9)], draw.integer(4, 20), bias=True)
    yield case([3, 5], 2, bias=False)


@check(stacked_params, points=0.25, ask=changed, compare=unchanged(), needs=weights_of_one_channel)
def kernel_sizes_stay(draw):
    """The list of sizes stays as it is, and nothing is drawn at random"""
    yield case([3, 5, 3], 2, bias=True)


wrong = mistakes(
    stacked_params,
    """
    sizes_not_squared: A kernel has kernel_size rows and kernel_size columns.
        channels * channels * kernel_size**2 -> channels * channels * kernel_size
    one_large_kernel: Each layer has kernels of its own: square each size before you add them up.
        total = 0 -> total = channels * channels * (sum(kernel_sizes) ** 2 - sum(k**2 for k in kernel_sizes))
    channels_counted_once: A layer has a kernel for every pair of an input channel and an output channel.
        channels * channels * kernel_size**2 -> channels * kernel_size**2
    channels_not_counted: Each layer has a kernel for every pair of an input channel and an output channel.
        channels * channels * kernel_size**2 -> kernel_size**2
    channels_doubled: With n input channels and n output channels there are n · n pairs, not n + n.
        channels * channels * kernel_size**2 -> 2 * channels * kernel_size**2
    last_layer_only: The weights of all layers are added up.
        total += channels * channels * kernel_size**2 -> total = channels * channels * kernel_size**2
    bias_in_any_case: The biases count only with bias=True.
        if bias: total += channels -> total += channels
    bias_never_counted: With bias=True each layer has one bias for each of its output channels.
        if bias: total += channels -> total += 0
    one_bias_for_each_layer: A bias belongs to an output channel, so a layer has as many as it has output channels.
        if bias: total += channels -> total += 1 if bias else 0
    bias_of_one_layer: Each layer has biases of its own, not only one of them.
        total = 0 -> total = channels if bias else 0
        if bias: total += channels -> total += 0
    bias_for_each_pair: A bias is added once for each output channel, after the sum over the input channels.
        if bias: total += channels -> total += channels * channels if bias else 0
    sizes_used_up: The list belongs to the caller, who may need it again: walk through it without changing it.
        kernel_sizes -> (kernel_sizes.pop() for _ in list(kernel_sizes))
    """,
)


@misconception(stacked_params)
def parameters_of_layers(kernel_sizes, channels, bias=False):
    """Layers made only to count their parameters draw random numbers, and the random state belongs to others. A sum of
    products needs no layers."""
    torch.rand(1)
    return stacked_params(kernel_sizes, channels, bias)
