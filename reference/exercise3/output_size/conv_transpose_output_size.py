"""conv_transpose_output_size."""

from torch import nn

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged


@reference(points=3)
def conv_transpose_output_size(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """Each input value lays down one kernel. Where does the first kernel begin, and where does the last one end?

    Between the starts of the first and the last kernel lie as many strides as there are values, less one; then the last
    kernel adds its whole length. Padding cuts off at both ends, output_padding adds at one.

    In the chapter: the decoder of the U-Net, which doubles the size at each step. In the documentation:
    torch.nn.ConvTranspose2d, Shape.
    """
    starts = (input_size - 1) * stride  # from the start of the first kernel to that of the last
    span = dilation * (kernel_size - 1) + 1
    return starts + span - 2 * padding + output_padding


@check(conv_transpose_output_size, points=0.75)
def doubled_size(draw):
    """Kernel 2 with stride 2 doubles the size, as in the U-Net"""
    for input_size in 14, 5, draw.integer(6, 60):
        yield case(input_size, 2, stride=2)


@check(conv_transpose_output_size, points=0.5)
def kernels_laid_at_each_stride(draw):
    """Kernels lie one stride apart, and the last one adds its full length"""
    yield from cases(conv_transpose_output_size, ((7, 3), 9))
    yield case(7, 3, stride=2)
    yield from (case(4, 5, stride=3), case(5, 2, stride=4), case(1, 3, stride=2))
    yield case(draw.integer(5, 20), draw.integer(3, 6), stride=draw.integer(2, 4))


@check(conv_transpose_output_size, points=0.5)
def padding_cuts(draw):
    """Padding cuts values off at both ends"""
    yield from (case(9, 3, padding=2), case(14, 5, 1, 1))
    yield case(draw.integer(8, 20), draw.integer(4, 6), padding=draw.integer(1, 2))


@check(conv_transpose_output_size, points=0.5)
def output_padding_at_one_end(draw):
    """output_padding adds values at one end"""
    yield case(7, 3, stride=2, output_padding=1)
    yield from cases(conv_transpose_output_size, ((7, 3, 2, 1, 1), 14), ((7, 4, 4, 1, 1), 27))
    yield case(draw.integer(8, 20), 5, stride=4, output_padding=draw.integer(2, 3))


@check(conv_transpose_output_size, points=0.25)
def dilation_lengthens(draw):
    """Dilation makes each kernel longer"""
    yield from (case(7, 3, dilation=2), case(7, 4, 1, 0, 0, 3))
    yield case(draw.integer(8, 20), draw.integer(3, 5), dilation=draw.integer(2, 4))


@check(conv_transpose_output_size, points=0.25)
def transposed_with_everything(draw):
    """All settings work together"""
    yield from (case(6, 3, stride=2, output_padding=2, dilation=3), case(6, 3, output_padding=1, dilation=2))
    yield case(draw.integer(6, 12), 4, 3, 1, 2, 2)


@check(conv_transpose_output_size, points=0.25, ask=changed, compare=unchanged(), needs=doubled_size)
def transposed_size_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case(14, 2, stride=2)


@misconception(conv_transpose_output_size)
def asked_a_transposed_layer(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """A layer, or random weights, made only to ask for a size move the random state, which belongs to others. The
    formula needs neither."""
    size = conv_transpose_output_size(input_size, kernel_size, stride, padding, output_padding, dilation)
    nn.ConvTranspose1d(1, 1, kernel_size)
    return size


wrong = mistakes(
    conv_transpose_output_size,
    """
    formula_of_the_convolution: A transposed convolution goes the other way: it gives the size from which a convolution
        with the same settings gets back to the input size.
        starts + span - 2 * padding -> (input_size + 2 * padding - span) // stride + 1
    only_the_stride: n · stride is right for a kernel as long as the stride, without padding. In general the kernels
        overlap or leave gaps, and the last one adds its own length.
        starts + span - 2 * padding + output_padding -> input_size * stride
    a_stride_for_each_value: Between n values there are n − 1 steps of one stride; the last kernel adds its length.
        input_size - 1 -> input_size
    padding_enlarges: Padding makes the input of a convolution larger, so going back it makes the output smaller.
        starts + span - 2 * padding -> starts + span + 2 * padding
    padding_cut_once: Padding is cut off at both ends, so it counts twice.
        2 * padding -> padding
    output_padding_left_out: Several input sizes of a strided convolution give the same output size; output_padding says
        which of them is meant and is added to the result.
        output_padding -> 0
    output_padding_twice: Unlike padding, output_padding belongs to one end only and counts once.
        output_padding -> 2 * output_padding
    transposed_without_dilation: A dilated kernel spans dilation · (kernel − 1) + 1 values, in a transposed convolution
        too.
        dilation * (kernel_size - 1) + 1 -> kernel_size
    last_value_left_out: A kernel of k values reaches k − 1 values beyond its first one, and the first one counts as
        well.
        dilation * (kernel_size - 1) + 1 -> dilation * (kernel_size - 1)
    padding_not_cut: Padding cuts values off at both ends of the output.
        2 * padding -> 0
    output_padding_cut_off: output_padding makes the output longer; only padding makes it shorter.
        starts + span - 2 * padding + output_padding -> starts + span - 2 * padding - output_padding
    output_padding_before_the_stride: output_padding adds values to the output; it does not add to the input, so the
        stride does not multiply it.
        (input_size - 1) * stride -> (input_size - 1 + output_padding) * stride
        starts + span - 2 * padding + output_padding -> starts + span - 2 * padding
    dilation_and_output_padding_exchanged: The order of the parameters is output_padding, then dilation: a call may give
        them by their place.
        output_padding=0 -> dilation=1
        dilation=1 -> output_padding=0
    transposed_stride_left_out: The kernels begin one stride apart, so the stride multiplies the steps between them.
        (input_size - 1) * stride -> input_size - 1
    transposed_kernel_times_dilation: Dilation widens the gaps between the kernel's values, and k values have k − 1
        gaps.
        dilation * (kernel_size - 1) + 1 -> dilation * kernel_size
    transposed_dilation_taken_for_the_gaps: Dilation 2 means that neighbouring values lie 2 apart, so there is one gap
        between them, not two: dilation − 1 gaps each time.
        dilation * (kernel_size - 1) + 1 -> (1 if dilation == 1 else dilation + 1) * (kernel_size - 1) + 1
    kernel_of_one_stride_multiplies: A kernel as long as the stride gives input · stride only without padding and
        output_padding; both count in this case, too.
        starts + span -> (input_size * stride if kernel_size == stride else starts + span)
        2 * padding -> (2 * padding if kernel_size != stride else 0)
        output_padding -> (output_padding if kernel_size != stride else 0)
    """,
)
