"""conv_transpose_output_size."""

from autograder.author import case, check, misconception, mistakes, reference

from .conv_output_size import never_refused


@reference(points=3)
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Each input value lays down one kernel. Where does the first kernel begin, and where does the last one end?

    Between the starts of the first and the last kernel lie as many strides as there are values, less one; then the last
    kernel adds its whole length. Padding cuts off at both ends, output_padding adds at one.

    In the chapter: the decoder of the U-Net, which doubles the size at each step. In the documentation:
    torch.nn.ConvTranspose2d, Shape.
    """
    return (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1


@check(conv_transpose_output_size, points=1)
def doubled_size(draw):
    """Kernel 2 with stride 2 doubles the size, as in the U-Net"""
    yield case(14, 2, stride=2)
    yield case(5, 2, stride=2)
    yield case(draw.integer(6, 60), 2, stride=2)


@check(conv_transpose_output_size, points=0.5)
def kernels_laid_at_each_stride(draw):
    """Kernels lie one stride apart, and the last one adds its full length"""
    yield case(7, 3)
    yield case(7, 3, stride=2)
    yield case(4, 5, stride=3)
    yield case(draw.integer(5, 20), draw.integer(3, 6), stride=draw.integer(2, 4))


@check(conv_transpose_output_size, points=0.5)
def padding_cuts(draw):
    """Padding cuts values off at both ends"""
    yield case(14, 4, stride=2, padding=1)
    yield case(9, 3, padding=2)
    yield case(draw.integer(8, 20), draw.integer(4, 6), stride=draw.integer(2, 3), padding=draw.integer(1, 2))


@check(conv_transpose_output_size, points=0.5)
def output_padding_at_one_end(draw):
    """output_padding adds values at one end"""
    yield case(7, 3, stride=2, output_padding=1)
    yield case(draw.integer(8, 20), 5, stride=4, output_padding=draw.integer(2, 3))


@check(conv_transpose_output_size, points=0.5)
def dilation_lengthens(draw):
    """Dilation makes each kernel longer"""
    yield case(7, 3, dilation=2)
    yield case(draw.integer(8, 20), draw.integer(3, 5), stride=2, dilation=draw.integer(2, 4))


@misconception(conv_transpose_output_size)
def formula_of_the_convolution(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """A transposed convolution goes the other way: it gives the size from which a convolution with the same
    settings gets back to the input size."""
    return never_refused.wrong(input_size, kernel_size, stride, padding, dilation) + output_padding


WRONG = mistakes(
    conv_transpose_output_size,
    """
    only_the_stride: n · stride is right for a kernel as long as the stride, without padding. In general the kernels
        overlap or leave gaps, and the last one adds its own length.
        (input_size - 1) * stride - 2 * padding + dilation * (kernel_size - 1) + output_padding + 1 -> input_size * stride
    """,
)


@misconception(conv_transpose_output_size)
def a_stride_for_each_value(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Between n values there are n − 1 steps of one stride; the last kernel adds its length."""
    return stride + conv_transpose_output_size(input_size, kernel_size, stride, padding, output_padding, dilation)


@misconception(conv_transpose_output_size)
def padding_enlarges(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Padding makes the input of a convolution larger, so going back it makes the output smaller."""
    return conv_transpose_output_size(input_size, kernel_size, stride, -padding, output_padding, dilation)


@misconception(conv_transpose_output_size)
def padding_cut_once(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Padding is cut off at both ends, so it counts twice."""
    return padding + conv_transpose_output_size(input_size, kernel_size, stride, padding, output_padding, dilation)


@misconception(conv_transpose_output_size)
def output_padding_left_out(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Several input sizes of a strided convolution give the same output size; output_padding says which of
    them is meant and is added to the result."""
    return conv_transpose_output_size(input_size, kernel_size, stride, padding, 0, dilation)


@misconception(conv_transpose_output_size)
def output_padding_twice(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Unlike padding, output_padding belongs to one end only and counts once."""
    return conv_transpose_output_size(input_size, kernel_size, stride, padding, 2 * output_padding, dilation)


@misconception(conv_transpose_output_size)
def transposed_without_dilation(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """A dilated kernel spans dilation · (kernel − 1) + 1 values, in a transposed convolution too."""
    return conv_transpose_output_size(input_size, kernel_size, stride, padding, output_padding)


@misconception(conv_transpose_output_size)
def last_value_left_out(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """A kernel of k values reaches k − 1 values beyond its first one, and the first one counts as well."""
    return conv_transpose_output_size(input_size, kernel_size, stride, padding, output_padding, dilation) - 1
