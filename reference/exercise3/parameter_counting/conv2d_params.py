"""conv2d_params."""

from autograder.author import case, check, misconception, reference

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
    return out_channels * (in_channels * height * width + bool(bias))


@check(conv2d_params, points=1.5)
def square_kernel(draw):
    """An output channel has k × k weights per input channel, and one bias"""
    yield case(1, 16, 3)
    yield case(16, 32, 3)
    yield case(3, 64, 7)
    yield case(draw.integer(2, 9), draw.integer(10, 40), draw.integer(3, 7))


@check(conv2d_params, points=1)
def convolution_without_bias(draw):
    """With bias=False only the kernels count"""
    yield case(3, 64, 7, bias=False)
    yield case(draw.integer(2, 9), draw.integer(10, 40), 5, bias=False)


@check(conv2d_params, points=1.5)
def rectangular_kernel(draw):
    """A pair is a kernel with its own height and width"""
    yield case(3, 8, (3, 5))
    yield case(4, 6, (7, 1))
    yield case(draw.integer(2, 9), draw.integer(10, 40), (draw.integer(4, 6), draw.integer(2, 3)))


@misconception(conv2d_params)
def bias_per_input_channel(in_channels, out_channels, kernel_size, bias=True):
    """The bias is added to a finished map, so there is one for each output channel."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + in_channels * bias


@misconception(conv2d_params)
def bias_per_kernel_plane(in_channels, out_channels, kernel_size, bias=True):
    """The maps of all input channels are summed first, and then one bias is added to the sum."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + in_channels * out_channels * bias


@misconception(conv2d_params)
def one_bias_for_the_layer(in_channels, out_channels, kernel_size, bias=True):
    """Each output channel has a bias of its own; the layer does not share one."""
    return conv2d_params(in_channels, out_channels, kernel_size, False) + bias


@misconception(conv2d_params)
def bias_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """A convolution has biases unless bias=False: one more parameter for each output channel."""
    return conv2d_params(in_channels, out_channels, kernel_size, False)


@misconception(conv2d_params)
def bias_always_counted(in_channels, out_channels, kernel_size, bias=True):
    """With bias=False the layer has no biases, so only the kernels are left to count."""
    return conv2d_params(in_channels, out_channels, kernel_size, True)


@misconception(conv2d_params)
def one_side_of_the_kernel(in_channels, out_channels, kernel_size, bias=True):
    """A k × k kernel holds k times k weights, not k."""
    return conv2d_params(in_channels, out_channels, (pair(kernel_size)[0], 1), bias)


@misconception(conv2d_params)
def pair_read_as_square(in_channels, out_channels, kernel_size, bias=True):
    """A pair gives the height and the width of the kernel, and both count."""
    return conv2d_params(in_channels, out_channels, pair(kernel_size)[0], bias)


@misconception(conv2d_params)
def sides_added(in_channels, out_channels, kernel_size, bias=True):
    """A kernel has a weight at every crossing of row and column: height times width."""
    return conv2d_params(in_channels, out_channels, (sum(pair(kernel_size)), 1), bias)


@misconception(conv2d_params)
def out_channels_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """Each output channel has kernels of its own, so the kernels count out_channels times."""
    return conv2d_params(in_channels, 1, kernel_size, False) + out_channels * bias


@misconception(conv2d_params)
def in_channels_forgotten(in_channels, out_channels, kernel_size, bias=True):
    """A kernel spans all input channels: it has height × width weights for each of them."""
    return conv2d_params(1, out_channels, kernel_size, bias)
