"""conv2d_output_shape."""

from functools import partial  # noqa: F401 - in the words of a mistake

from torch import nn

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged

from .conv_output_size import conv_output_size


def pair(setting):
    """A setting as (height, width)."""
    return (setting, setting) if isinstance(setting, int) else tuple(setting)


@reference(points=4)
def conv2d_output_shape(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A shape has four numbers: which does a convolution leave alone, which is given, and which have to be computed?

    Make a pair (height, width) of every setting first. Then height and width are the same question twice, each with its
    own settings, and you have answered it already.

    In the chapter: the shapes (N, C, H, W) of feature maps. In the documentation: torch.nn.Conv2d, Shape.
    """
    N, _, H, W = input_shape
    height, width = map(conv_output_size, (H, W), *map(pair, (kernel_size, stride, padding, dilation)))
    return N, out_channels, height, width


@check(conv2d_output_shape, points=1)
def shape_order(draw):
    """The shape is (N, out_channels, height, width)"""
    shapes = (((2, 3, 32, 28), 8, 5), (2, 8, 28, 24)), (((4, 1, 28, 20), 16, 3), (4, 16, 26, 18))
    yield from cases(conv2d_output_shape, *shapes)
    yield from (case((2, 3, 15, 9), 4, 3), case((3, 4, 9, 8), 4, 3), case((2, 3, 9, 8), 5, 1))
    yield case((draw.integer(2, 9), 3, draw.integer(21, 30), draw.integer(10, 20)), draw.integer(10, 20), 3)


@check(conv2d_output_shape, points=1)
def shape_with_stride_and_padding(draw):
    """Stride and padding hold for height and width alike"""
    yield case((2, 1, 28, 28), 8, 3, padding=1)
    yield case((2, 1, 224, 224), 64, 7, stride=2, padding=3)
    yield case((2, 1, 9, 9), 5, 1, 3, 1)
    for _ in range(2):
        size = draw.integer(20, 40)
        yield case((3, 1, size, size), 5, 4, stride=draw.integer(2, 3), padding=draw.integer(1, 2))


@check(conv2d_output_shape, points=0.75)
def shape_with_pairs(draw):
    """A pair gives the height first, then the width"""
    yield from cases(conv2d_output_shape, (((2, 3, 12, 20), 4, (3, 5)), (2, 4, 10, 16)))
    yield case((2, 3, 12, 20), 4, (5, 3), stride=(1, 2), padding=(2, 0))
    yield case((2, 3, 12, 20), 4, 3, stride=(3, 1), padding=(0, 4))
    for _ in range(2):
        kernel_size = draw.integer(2, 3), draw.integer(4, 6)
        yield case((3, 2, draw.integer(10, 20), 24), 5, kernel_size, padding=(draw.integer(2, 3), 1))


@check(conv2d_output_shape, points=0.5)
def shape_with_dilation(draw):
    """Dilation widens the kernel along both axes"""
    size = draw.integer(20, 30)
    yield case((3, 1, 28, 28), 8, 3, dilation=2)
    yield case((5, 1, size, size), 8, 4, dilation=draw.integer(2, 4))


@check(conv2d_output_shape, points=0.5)
def shape_with_everything(draw):
    """Numbers and pairs may be mixed in one call"""
    yield case((5, 3, 41, 34), 6, (3, 2), stride=2, padding=(0, 1), dilation=(2, 3))
    yield case((5, 3, 41, 33), 6, 5, stride=3, padding=2, dilation=2)
    yield case((2, 3, 21, 30), 4, (2, 3), (3, 2), (1, 0), (2, 1))
    yield case((5, 3, draw.integer(30, 40), 29), 6, 3, stride=(2, 3), padding=draw.integer(1, 2), dilation=(3, 1))


@check(conv2d_output_shape, points=0.25, ask=changed, compare=unchanged(), needs=shape_order)
def shape_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case((2, 3, 12, 20), 4, (3, 5), stride=2)


@misconception(conv2d_output_shape)
def shape_of_a_layer(input_shape, out_channels, kernel_size, stride=1, padding=0, dilation=1):
    """A layer, or random weights, made only to ask for a shape move the random state, which belongs to others. The
    formula needs neither."""
    shape = conv2d_output_shape(input_shape, out_channels, kernel_size, stride, padding, dilation)
    nn.Conv2d(input_shape[1], out_channels, kernel_size)
    return shape


def size_of(input_size, kernel_size, stride, padding, dilation, divide):
    """The output size with another division of what the kernel leaves free."""
    return divide(input_size + 2 * padding - dilation * (kernel_size - 1) - 1, stride) + 1


wrong = mistakes(
    conv2d_output_shape,
    """
    height_and_width_swapped: torch puts the height before the width, in shapes as well as in pairs.
        N, out_channels, height, width -> N, out_channels, width, height
    pairs_read_as_width_and_height: A pair is (height, width), in the order of the axes of the tensor.
        pair -> lambda setting: pair(setting)[::-1]
    padding_pair_swapped: The first number of the padding belongs to the height, the second one to the width, as in all
        other pairs. Only F.pad begins with the last axis.
        padding -> pair(padding)[::-1]
    first_of_each_pair: Height and width have settings of their own where a pair is given.
        pair -> lambda setting: pair(pair(setting)[0])
    height_for_both: Images need not be square: the width has a size of its own.
        N, out_channels, height, width -> N, out_channels, height, height
    batch_lost: A convolution works on each image of the batch, so N stays the first axis.
        N, out_channels, height, width -> out_channels, height, width
    channels_lost: Each of the out_channels kernels makes a map of its own, so the channels stay an axis.
        N, out_channels, height, width -> N, height, width
    in_channels_kept: A kernel sums over the input channels and makes one map, so the output has out_channels maps.
        out_channels -> input_shape[1]
    channels_multiplied: A kernel spans all input channels and sums over them: it makes one map, not one per input
        channel.
        out_channels -> input_shape[1] * out_channels
    channels_last: torch keeps the channels before height and width: (N, C, H, W).
        N, out_channels, height, width -> N, height, width, out_channels
    shape_without_dilation: Dilation spreads the kernel along both axes, so the maps get smaller.
        dilation -> 1
    shape_with_padding_once: Padding is added on all four sides, so it counts twice along the height and twice along the
        width.
        (H, W) -> (H + pair(padding)[0], W + pair(padding)[1])
        padding -> 0
    kernel_pair_swapped: The first number of kernel_size belongs to the height, the second one to the width, as in all
        other pairs.
        kernel_size -> pair(kernel_size)[::-1]
    stride_pair_swapped: The first number of the stride belongs to the height, the second one to the width, as in all
        other pairs.
        stride -> pair(stride)[::-1]
    dilation_pair_swapped: The first number of the dilation belongs to the height, the second one to the width, as in
        all other pairs.
        dilation -> pair(dilation)[::-1]
    padding_pair_taken_for_both_ends: A pair of paddings is (height, width). Each of them is added at both ends of its
        axis; they are not the padding before and after.
        (H, W) -> (H + sum(pair(padding)), W + sum(pair(padding)))
        padding -> 0
    first_of_the_kernel_pair: The kernel has a height and a width; where a pair is given, the width needs the second
        number.
        kernel_size -> pair(kernel_size)[0]
    first_of_the_stride_pair: The stride has a number for the height and one for the width; where a pair is given, the
        width needs the second one.
        stride -> pair(stride)[0]
    first_of_the_padding_pair: The padding has a number for the height and one for the width; where a pair is given, the
        width needs the second one.
        padding -> pair(padding)[0]
    first_of_the_dilation_pair: The dilation has a number for the height and one for the width; where a pair is given,
        the width needs the second one.
        dilation -> pair(dilation)[0]
    stride_left_out_of_the_shape: With a stride the kernel stops at fewer places, so the maps get smaller.
        stride -> 1
    padding_left_out_of_the_shape: Padding makes the image larger on all four sides before the kernel slides over it.
        padding -> 0
    width_for_both: Images need not be square: the height has a size of its own.
        N, out_channels, height, width -> N, out_channels, width, width
    batch_of_one_assumed: A convolution works on each image of the batch, so N is the first number of input_shape and
        not always 1.
        N, out_channels, height, width -> 1, out_channels, height, width
    shape_rounded_up: A last step that reaches beyond the image is not taken, so both divisions round down.
        conv_output_size -> partial(size_of, divide=lambda free, stride: -(-free // stride))
    shape_as_floats: Height and width are whole numbers: the division rounds down, and its result is an int.
        conv_output_size -> partial(size_of, divide=lambda free, stride: free / stride)
    shape_one_too_small: The kernel already has a position before its first step: the + 1 of the formula comes after the
        division, for the height and for the width.
        conv_output_size -> partial(size_of, divide=lambda free, stride: free // stride - 1)
    """,
)
