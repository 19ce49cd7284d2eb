"""Output size"""

from autograder.author import case, check, misconception, reference


def pair(setting):
    """A setting as (height, width)."""
    return (setting, setting) if isinstance(setting, int) else tuple(setting)


def by_axis(*settings):
    """The settings of the height, then those of the width."""
    return zip(*map(pair, settings), strict=True)


@reference(points=5)
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Draw a row of seven squares and a kernel of three: at how many places can it lie? Then see what each setting
    changes in your drawing.

    Padding makes the row longer at both ends, dilation makes the kernel longer, and the stride divides the steps that
    come after the first place, rounded down. Before all that, ask whether the kernel fits at all.

    In the chapter: the formula for the output size. It is printed without the floor and without dilation; the whole one
    stands in the documentation of torch.nn.Conv2d under Shape.
    """
    if min(input_size, kernel_size, stride, dilation) < 1 or padding < 0:
        raise ValueError("sizes, stride and dilation are positive, and padding is not negative")
    free = input_size + 2 * padding - (dilation * (kernel_size - 1) + 1)
    if free < 0:
        raise ValueError("the dilated kernel is larger than the padded input")
    return free // stride + 1


@check(conv_output_size, points=1)
def plain_kernel(draw):
    """A kernel fits into the input at input − kernel + 1 positions"""
    yield case(28, 5)
    yield case(32, 3)
    yield case(7, 7)
    for _ in range(2):
        kernel_size = draw.integer(2, 6)
        yield case(kernel_size + draw.integer(1, 40), kernel_size)


@check(conv_output_size, points=1)
def stride_rounds_down(draw):
    """A last step that does not fit is left out"""
    yield case(28, 2, stride=2)
    yield case(28, 3, stride=2)
    yield case(10, 3, 3)
    for _ in range(2):
        kernel_size, stride = draw.integer(2, 5), draw.integer(2, 4)
        yield case(kernel_size + draw.integer(5, 40), kernel_size, stride=stride)


@check(conv_output_size, points=1)
def padding_at_both_ends(draw):
    """Padding is added at both ends"""
    yield case(28, 5, padding=2)
    yield case(28, 3, padding=1)
    yield case(28, 4, padding=2)
    for _ in range(2):
        kernel_size = draw.integer(3, 6)
        yield case(kernel_size + draw.integer(1, 30), kernel_size, padding=draw.integer(1, 4))


@check(conv_output_size, points=1)
def dilated_kernel(draw):
    """A dilated kernel spans dilation · (kernel − 1) + 1 values"""
    yield case(28, 3, dilation=2)
    yield case(32, 5, dilation=3)
    for _ in range(2):
        yield case(draw.integer(20, 40), draw.integer(2, 5), dilation=draw.integer(2, 4))


@check(conv_output_size, points=0.5)
def all_settings_together(draw):
    """Stride, padding and dilation work together"""
    yield case(224, 7, 2, 3)
    yield case(32, 5, stride=2, padding=5, dilation=3)
    yield case(40, 3, stride=2, padding=1, dilation=5)
    for _ in range(3):
        kernel_size, stride, padding = draw.integer(2, 5), draw.integer(2, 4), draw.integer(1, 3)
        dilation = draw.integer(2, 3)
        yield case(draw.integer(16, 60), kernel_size, stride=stride, padding=padding, dilation=dilation)


@check(conv_output_size, points=0.5)
def impossible_sizes(draw):
    """A kernel that does not fit, or a size below 1, raises ValueError"""
    yield case(3, 5)
    yield case(3, 5, stride=4)
    yield case(4, 6, padding=2)
    yield case(4, 9, stride=3, padding=2)
    yield case(4, 3, dilation=2)
    yield case(0, 3, padding=2)
    yield case(5, 0)
    input_size = draw.integer(2, 9)
    yield case(input_size, input_size + draw.integer(3, 6), padding=1)


@misconception(conv_output_size)
def dilation_left_out(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """A dilated kernel has gaps and spans dilation · (kernel − 1) + 1 values. The formula in the lecture
    notes leaves dilation out and holds for dilation 1 only."""
    return conv_output_size(input_size, kernel_size, stride, padding)


@misconception(conv_output_size)
def kernel_times_dilation(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Dilation widens the gaps between the kernel's values, and k values have k − 1 gaps."""
    return conv_output_size(input_size, kernel_size * dilation, stride, padding)


@misconception(conv_output_size)
def padding_added_once(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Padding is added at both ends, so it counts twice."""
    return conv_output_size(input_size + padding, kernel_size, stride, 0, dilation)


@misconception(conv_output_size)
def padding_left_out(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Padding makes the input longer before the kernel slides over it."""
    return conv_output_size(input_size, kernel_size, stride, 0, dilation)


@misconception(conv_output_size)
def half_the_kernel_keeps_the_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Padding of kernel // 2 keeps the size for odd kernels with stride 1 and dilation 1 only. The lecture
    notes say it in general, but an even kernel gives one value more."""
    if padding > 0 and padding == kernel_size // 2:
        return input_size // stride
    return conv_output_size(input_size, kernel_size, stride, padding, dilation)


@misconception(conv_output_size)
def rounded_up(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """A last step that reaches beyond the input is not taken, so the division rounds down."""
    free = conv_output_size(input_size, kernel_size, 1, padding, dilation) - 1
    return -(-free // stride) + 1


@misconception(conv_output_size)
def one_added_before_the_stride(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The stride divides the steps only: the first position comes on top, after the division."""
    return conv_output_size(input_size, kernel_size, 1, padding, dilation) // stride


@misconception(conv_output_size)
def first_position_left_out(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The kernel already has a position before its first step, so there is one position more than steps."""
    return conv_output_size(input_size, kernel_size, stride, padding, dilation) - 1


@misconception(conv_output_size)
def divided_to_a_float(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """A size is a whole number: the division rounds down, and its result is an int."""
    return (conv_output_size(input_size, kernel_size, 1, padding, dilation) - 1) / stride + 1


@misconception(conv_output_size)
def formula_of_the_notes(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The formula (W − K + 2P)/S + 1 in the lecture notes leaves things out: the division rounds down, K stands
    for the dilated kernel, dilation · (K − 1) + 1, and there is no size where that does not fit."""
    return (input_size - kernel_size + 2 * padding) / stride + 1


@misconception(conv_output_size)
def never_refused(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The formula gives a number even where no kernel fits, so sizes that make no sense need a ValueError."""
    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1


@misconception(conv_output_size)
def rounded_towards_zero(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """int() rounds towards 0: where the kernel misses by less than one stride, int(-0.5) + 1 makes a size of 1. The
    floor is −1; or ask whether the kernel fits before you divide."""
    size = never_refused_and_cut_off.wrong(input_size, kernel_size, stride, padding, dilation)
    if size < 1 or min(input_size, kernel_size) < 1:
        raise ValueError("the kernel does not fit")
    return size


@misconception(conv_output_size)
def never_refused_and_cut_off(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The formula gives a number even where no kernel fits, so sizes that make no sense need a ValueError. Its number
    can even look right: int() rounds towards 0, and int(-0.5) + 1 is 1."""
    return int((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1


@misconception(conv_output_size)
def nothing_fits_is_zero(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """A size of 0 hides the mistake until a later layer fails; a ValueError names it where it happens."""
    return max(never_refused.wrong(input_size, kernel_size, stride, padding, dilation), 0)


@misconception(conv_output_size)
def bare_sizes_compared(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """The kernel has to fit after both are prepared: the kernel is dilated and the input is padded."""
    if kernel_size > input_size or min(input_size, kernel_size) < 1:
        raise ValueError("the kernel does not fit")
    return never_refused.wrong(input_size, kernel_size, stride, padding, dilation)


@reference(points=4)
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A shape has four numbers: which does a convolution leave alone, which is given, and which have to be computed?

    Make a pair (height, width) of every setting first. Then height and width are the same question twice, each with its
    own settings, and you have answered it already.

    In the chapter: the shapes (N, C, H, W) of feature maps. In the documentation: torch.nn.Conv2d, Shape.
    """
    N, _, *sizes = input_shape
    height, width = (
        conv_output_size(size, *settings)
        for size, settings in zip(sizes, by_axis(kernel_size, stride, padding, dilation), strict=True)
    )
    return N, out_channels, height, width


@check(conv2d_output_shape, points=1)
def shape_order(draw):
    """The shape is (N, out_channels, height, width)"""
    yield case((2, 3, 32, 28), 8, 5)
    yield case((4, 1, 28, 20), 16, 3)
    yield case((draw.integer(2, 9), 3, draw.integer(21, 30), draw.integer(10, 20)), draw.integer(10, 20), 3)


@check(conv2d_output_shape, points=1)
def shape_with_stride_and_padding(draw):
    """Stride and padding hold for height and width alike"""
    yield case((2, 3, 32, 28), 8, 3, padding=1)
    yield case((2, 3, 224, 192), 64, 7, stride=2, padding=3)
    for _ in range(2):
        sizes = draw.integer(20, 30), draw.integer(31, 40)
        yield case((3, 2, *sizes), 5, 4, stride=draw.integer(2, 3), padding=draw.integer(1, 2))


@check(conv2d_output_shape, points=1)
def shape_with_pairs(draw):
    """A pair gives the height first, then the width"""
    yield case((2, 3, 12, 20), 4, (3, 5))
    yield case((2, 3, 12, 20), 4, (5, 3), stride=(1, 2), padding=(2, 0))
    yield case((2, 3, 12, 20), 4, 3, stride=(3, 1), padding=(0, 4))
    for _ in range(2):
        kernel_size = draw.integer(2, 3), draw.integer(4, 6)
        yield case((3, 2, draw.integer(10, 20), 24), 5, kernel_size, padding=(draw.integer(2, 3), 1))


@check(conv2d_output_shape, points=0.5)
def shape_with_dilation(draw):
    """Dilation widens the kernel along both axes"""
    yield case((2, 3, 28, 24), 8, 3, dilation=2)
    yield case((2, 3, draw.integer(26, 30), draw.integer(20, 25)), 8, 4, dilation=draw.integer(2, 4))


@check(conv2d_output_shape, points=0.5)
def shape_with_everything(draw):
    """Numbers and pairs may be mixed in one call"""
    yield case((5, 3, 40, 33), 6, (3, 2), stride=2, padding=(0, 1), dilation=(2, 3))
    yield case((5, 3, draw.integer(30, 40), 29), 6, 3, stride=(2, 3), padding=draw.integer(1, 2), dilation=(3, 1))


@misconception(conv2d_output_shape)
def height_and_width_swapped(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """torch puts the height before the width, in shapes as well as in pairs."""
    shape = conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)
    return shape[0], shape[1], shape[3], shape[2]


@misconception(conv2d_output_shape)
def pairs_read_as_width_and_height(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A pair is (height, width), in the order of the axes of the tensor."""
    settings = (pair(setting)[::-1] for setting in (kernel_size, stride, padding, dilation))
    return conv2d_output_shape(input_shape, out_channels, *settings)


@misconception(conv2d_output_shape)
def padding_pair_swapped(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """The first number of the padding belongs to the height, the second one to the width, as in all other pairs. Only
    F.pad begins with the last axis."""
    return conv2d_output_shape(input_shape, out_channels, kernel_size, stride, pair(padding)[::-1], dilation)


@misconception(conv2d_output_shape)
def first_of_each_pair(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """Height and width have settings of their own where a pair is given."""
    settings = (pair(setting)[0] for setting in (kernel_size, stride, padding, dilation))
    return conv2d_output_shape(input_shape, out_channels, *settings)


@misconception(conv2d_output_shape)
def height_for_both(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """Images need not be square: the width has a size of its own."""
    shape = conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)
    return *shape[:3], shape[2]


@misconception(conv2d_output_shape)
def batch_lost(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A convolution works on each image of the batch, so N stays the first axis."""
    return conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)[1:]


@misconception(conv2d_output_shape)
def channels_lost(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """Each of the out_channels kernels makes a map of its own, so the channels stay an axis."""
    shape = conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)
    return shape[0], shape[2], shape[3]


@misconception(conv2d_output_shape)
def in_channels_kept(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A kernel sums over the input channels and makes one map, so the output has out_channels maps."""
    return conv2d_output_shape(input_shape, input_shape[1], kernel_size, stride, padding, dilation)


@misconception(conv2d_output_shape)
def channels_multiplied(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A kernel spans all input channels and sums over them: it makes one map, not one per input channel."""
    channels = input_shape[1] * out_channels
    return conv2d_output_shape(input_shape, channels, kernel_size, stride, padding, dilation)


@misconception(conv2d_output_shape)
def channels_last(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """torch keeps the channels before height and width: (N, C, H, W)."""
    shape = conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)
    return shape[0], shape[2], shape[3], shape[1]


@misconception(conv2d_output_shape)
def shape_without_dilation(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """Dilation spreads the kernel along both axes, so the maps get smaller."""
    return conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding)


@misconception(conv2d_output_shape)
def shape_with_padding_once(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """Padding is added on all four sides, so it counts twice along the height and twice along the width."""
    (top, left), (N, C, H, W) = pair(padding), input_shape
    return conv2d_output_shape((N, C, H + top, W + left), out_channels, kernel_size, stride, 0, dilation)


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


@misconception(conv_transpose_output_size)
def only_the_stride(input_size, kernel_size, stride=1, padding=0, output_padding=0, dilation=1):
    """n · stride is right for a kernel as long as the stride, without padding. In general the kernels overlap or
    leave gaps, and the last one adds its own length."""
    return input_size * stride


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
