"""conv2d_params."""

from torch import nn

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged

from ..output_size.conv2d_output_shape import pair


@reference(points=4)
def conv2d_params(in_channels, out_channels, kernel_size, bias=True):
    """How many numbers does a single output channel need for itself?

    An output channel has one plane of the kernel for each input channel, and one bias for all of them. The other output
    channels need just as many.

    In the chapter: the parameters of SimpleCNN, layer by layer. Those of the network with three blocks add up to
    620,810; the sum that is printed there is wrong.
    """
    height, width = pair(kernel_size)
    weights = height * width * in_channels * out_channels
    return weights + out_channels * bool(bias)


@check(conv2d_params, points=1.25)
def square_kernel(draw):
    """An output channel has k × k weights per input channel, and one bias"""
    yield from cases(conv2d_params, ((1, 16, 3), 160), ((16, 32, 3), 4640), ((3, 64, 7), 9472), ((4, 4, 3), 148))
    yield case(5, 1, 2)
    yield case(draw.integer(2, 9), draw.integer(10, 40), draw.integer(3, 7))


@check(conv2d_params, points=1.5)
def convolution_without_bias(draw):
    """With bias=False only the kernels count"""
    yield from (case(3, 64, 1, bias=False), case(4, 5, 1, False))
    yield case(draw.integer(2, 9), draw.integer(10, 40), 1, bias=False)


@check(conv2d_params, points=1)
def rectangular_kernel(draw):
    """A pair is a kernel with its own height and width"""
    yield from cases(conv2d_params, ((3, 8, (3, 5)), 368), ((4, 6, (7, 1)), 174), ((4, 6, (2, 5), False), 240))
    yield case(draw.integer(2, 9), draw.integer(10, 40), (draw.integer(4, 6), draw.integer(2, 3)))


@check(conv2d_params, points=0.25, ask=changed, compare=unchanged(), needs=square_kernel)
def counting_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case(3, 8, 5)


@misconception(conv2d_params)
def convolution_built_to_count(in_channels, out_channels, kernel_size, bias=True):
    """A layer made only to be counted draws its weights and so moves the random state, which belongs to others. A
    product and a sum need no layer."""
    return sum(one.numel() for one in nn.Conv2d(in_channels, out_channels, kernel_size, bias=bias).parameters())


wrong = mistakes(
    conv2d_params,
    """
    bias_per_input_channel: The bias is added to a finished map, so there is one for each output channel.
        out_channels * bool(bias) -> in_channels * bool(bias)
    bias_per_kernel_plane: The maps of all input channels are summed first, and then one bias is added to the sum.
        out_channels * bool(bias) -> in_channels * out_channels * bool(bias)
    one_bias_for_the_layer: Each output channel has a bias of its own; the layer does not share one.
        out_channels * bool(bias) -> bool(bias)
    bias_forgotten: A convolution has biases unless bias=False: one more parameter for each output channel.
        bool(bias) -> 0
    bias_always_counted: With bias=False the layer has no biases, so only the kernels are left to count.
        bool(bias) -> 1
    one_side_of_the_kernel: A k × k kernel holds k times k weights, not k.
        height * width -> height
    pair_read_as_square: A pair gives the height and the width of the kernel, and both count.
        height * width -> height ** 2
    sides_added: A kernel has a weight at every crossing of row and column: height times width.
        height * width -> height + width
    out_channels_forgotten: Each output channel has kernels of its own, so the kernels count out_channels times.
        height * width * in_channels * out_channels -> height * width * in_channels
    in_channels_forgotten: A kernel spans all input channels: it has height × width weights for each of them.
        height * width * in_channels -> height * width
    pair_of_sides_added: A pair gives the height and the width of the kernel: it has a weight at every crossing of row
        and column, so the two are multiplied.
        height * width -> (height * width if isinstance(kernel_size, int) else height + width)
    bias_with_a_kernel_of_its_own: A bias is one number for each output channel, added to the whole map; it has no
        kernel, as one more input channel would have.
        out_channels * bool(bias) -> height * width * out_channels * bool(bias)
    last_side_of_the_pair_only: A pair gives the height and the width of the kernel, and both count.
        height * width -> width ** 2
    """,
)
