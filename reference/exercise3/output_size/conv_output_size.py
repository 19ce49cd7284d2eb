"""conv_output_size."""

from torch import nn

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged


@reference(points=5)
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """Draw a row of seven squares and a kernel of three: at how many places can it lie? Then see what each setting
    changes in your drawing.

    Padding makes the row longer at both ends, dilation makes the kernel longer, and the stride divides the steps that
    come after the first place, rounded down. Before all that, ask whether the kernel fits at all.

    In the chapter: the formula for the output size. It is printed without the floor and without dilation; the whole one
    stands in the documentation of torch.nn.Conv2d under Shape.
    """
    span = dilation * (kernel_size - 1) + 1
    free = input_size + 2 * padding - span
    possible = min(input_size, kernel_size, stride, dilation) >= 1 and min(padding, free) >= 0
    if not possible:
        raise ValueError("sizes, stride and dilation are positive, padding is not negative, and the kernel has to fit")
    return free // stride + 1


@check(conv_output_size, points=1)
def plain_kernel(draw):
    """A kernel fits into the input at input − kernel + 1 positions"""
    yield from cases(conv_output_size, ((28, 5), 24), ((32, 3), 30), ((7, 7), 1))
    for _ in range(2):
        kernel_size = draw.integer(2, 6)
        yield case(kernel_size + draw.integer(1, 40), kernel_size)


@check(conv_output_size, points=1)
def stride_rounds_down(draw):
    """A last step that does not fit is left out"""
    yield case(28, 2, stride=2)
    yield case(28, 3, stride=2)
    yield from cases(conv_output_size, ((10, 3, 3), 3), ((10, 2, 3), 3), ((9, 1, 2), 5), ((12, 2, 5), 3))
    for _ in range(2):
        kernel_size, stride = draw.integer(2, 5), draw.integer(2, 4)
        yield case(kernel_size + draw.integer(5, 40), kernel_size, stride=stride)


@check(conv_output_size, points=1)
def padding_at_both_ends(draw):
    """Padding is added at both ends"""
    for input_size, kernel_size, padding in (28, 5, 2), (28, 3, 1), (28, 4, 2), (28, 8, 3), (1, 3, 1):
        yield case(input_size, kernel_size, padding=padding)
    for _ in range(2):
        kernel_size = draw.integer(3, 6)
        yield case(kernel_size + draw.integer(1, 30), kernel_size, padding=draw.integer(1, 4))


@check(conv_output_size, points=0.75)
def dilated_kernel(draw):
    """A dilated kernel spans dilation · (kernel − 1) + 1 values"""
    yield case(28, 3, dilation=2)
    yield case(32, 5, dilation=3)
    for _ in range(2):
        yield case(draw.integer(20, 40), draw.integer(2, 5), dilation=draw.integer(2, 4))


@check(conv_output_size, points=0.5)
def all_settings_together(draw):
    """Stride, padding and dilation work together"""
    yield from cases(conv_output_size, ((224, 7, 2, 3), 112))
    yield case(32, 5, stride=2, padding=5, dilation=3)
    yield case(40, 3, stride=2, padding=1, dilation=5)
    yield from cases(conv_output_size, ((33, 2, 3, 1, 2), 11), ((30, 4, 4, 2, 3), 7))
    for _ in range(3):
        kernel_size, stride, padding = draw.integer(2, 5), draw.integer(2, 4), draw.integer(1, 3)
        dilation = draw.integer(2, 3)
        yield case(draw.integer(16, 60), kernel_size, stride=stride, padding=padding, dilation=dilation)


@check(conv_output_size, points=0.5)
def impossible_sizes(draw):
    """A kernel that does not fit, or a size below 1, raises ValueError"""
    yield from (case(3, 5), case(3, 5, stride=4), case(4, 6, padding=2), case(4, 9, stride=3, padding=2))
    yield from (case(4, 3, dilation=2), case(0, 3, padding=2), case(5, 0), case(-1, 3, padding=3), case(5, -2))
    input_size = draw.integer(2, 9)
    yield case(input_size, input_size + draw.integer(3, 6), padding=1)


@check(conv_output_size, points=0.25, ask=changed, compare=unchanged(), needs=plain_kernel)
def size_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case(28, 5, stride=2, padding=1)


@misconception(conv_output_size)
def asked_a_layer(input_size, kernel_size, stride=1, padding=0, dilation=1):
    """A layer, or random weights, made only to ask for a size move the random state, which belongs to others. The
    formula needs neither."""
    size = conv_output_size(input_size, kernel_size, stride, padding, dilation)
    nn.Conv1d(1, 1, kernel_size)
    return size


wrong = mistakes(
    conv_output_size,
    """
    dilation_left_out: A dilated kernel has gaps and spans dilation · (kernel − 1) + 1 values. The formula in the
        lecture notes leaves dilation out and holds for dilation 1 only.
        dilation * (kernel_size - 1) + 1 -> kernel_size
    kernel_times_dilation: Dilation widens the gaps between the kernel's values, and k values have k − 1 gaps.
        dilation * (kernel_size - 1) + 1 -> dilation * kernel_size
    padding_added_once: Padding is added at both ends, so it counts twice.
        2 * padding -> padding
    padding_left_out: Padding makes the input longer before the kernel slides over it.
        input_size + 2 * padding -> input_size
    half_the_kernel_keeps_the_size: Padding of kernel // 2 keeps the size for odd kernels with stride 1 and dilation 1
        only. The lecture notes say it in general, but an even kernel gives one value more.
        free // stride + 1 -> input_size // stride if 0 < padding == kernel_size // 2 else free // stride + 1
    rounded_up: A last step that reaches beyond the input is not taken, so the division rounds down.
        free // stride -> -(-free // stride)
    one_added_before_the_stride: The stride divides the steps only: the first position comes on top, after the division.
        free // stride + 1 -> (free + 1) // stride
    first_position_left_out: The kernel already has a position before its first step, so there is one position more than
        steps.
        free // stride + 1 -> free // stride
    divided_to_a_float: A size is a whole number: the division rounds down, and its result is an int.
        free // stride -> free / stride
    formula_of_the_notes: The formula (W − K + 2P)/S + 1 in the lecture notes leaves things out: the division rounds
        down, K stands for the dilated kernel, dilation · (K − 1) + 1, and there is no size where that does not fit.
        dilation * (kernel_size - 1) + 1 -> kernel_size
        not possible -> False
        free // stride -> free / stride
    never_refused: The formula gives a number even where no kernel fits, so sizes that make no sense need a ValueError.
        not possible -> False
    rounded_towards_zero: int() rounds towards 0: where the kernel misses by less than one stride, int(-0.5) + 1 makes a
        size of 1. The floor is −1; or ask whether the kernel fits before you divide.
        min(padding, free) >= 0 -> int(free / stride) >= 0
        free // stride -> int(free / stride)
    never_refused_and_cut_off: The formula gives a number even where no kernel fits, so sizes that make no sense need a
        ValueError. Its number can even look right: int() rounds towards 0, and int(-0.5) + 1 is 1.
        not possible -> False
        free // stride -> int(free / stride)
    nothing_fits_is_zero: A size of 0 hides the mistake until a later layer fails; a ValueError names it where it
        happens.
        not possible -> False
        free // stride + 1 -> max(free // stride + 1, 0)
    bare_sizes_compared: The kernel has to fit after both are prepared: the kernel is dilated and the input is padded.
        min(padding, free) >= 0 -> kernel_size <= input_size
    last_value_of_the_kernel_left_out: A kernel of k values reaches k − 1 values beyond its first one, and the first one
        counts as well: its span is dilation · (k − 1) + 1.
        dilation * (kernel_size - 1) + 1 -> dilation * (kernel_size - 1)
    dilation_taken_for_the_gaps: Dilation 2 means that neighbouring values lie 2 apart, so there is one gap between
        them, not two: dilation − 1 gaps each time.
        dilation * (kernel_size - 1) + 1 -> (1 if dilation == 1 else dilation + 1) * (kernel_size - 1) + 1
    rounded_to_the_nearest: A last step that reaches beyond the input is not taken, however little is missing: the
        division always rounds down.
        free // stride -> round(free / stride)
    stride_and_padding_exchanged: The order of the parameters is stride, then padding: a call such as (224, 7, 2, 3)
        gives them by their place.
        stride=1 -> padding=0
        padding=0 -> stride=1
    kernel_below_one_accepted: A kernel of size 0 has no values, yet the formula gives a number: it needs a ValueError,
        too.
        min(input_size, kernel_size, stride, dilation) -> min(input_size, stride, dilation)
    input_below_one_accepted: An input of size 0 has nothing to convolve, even if padding makes room for the kernel: it
        needs a ValueError, too.
        min(input_size, kernel_size, stride, dilation) -> min(kernel_size, stride, dilation)
    sizes_below_one_accepted: Whether the kernel fits is only half of the question: an input or a kernel of size 0 needs
        a ValueError as well.
        min(input_size, kernel_size, stride, dilation) -> min(stride, dilation)
    undilated_kernel_compared: What has to fit into the padded input is the dilated kernel, dilation · (kernel − 1) + 1
        values long.
        min(padding, free) >= 0 -> kernel_size <= input_size + 2 * padding
    assert_in_the_place_of_raise: assert raises an AssertionError, and Python can switch it off; the caller is promised
        a ValueError, so raise that one.
        ValueError -> AssertionError
    none_for_impossible_sizes: Without a raise the function ends and returns None, or only prints; the caller is
        promised a ValueError.
        not possible -> False
        free // stride + 1 -> (free // stride + 1 if possible else None)
    zero_for_impossible_sizes: A size of 0 looks like an answer, and the mistake shows only in a later layer; raise a
        ValueError where it happens.
        not possible -> False
        free // stride + 1 -> (free // stride + 1 if possible else 0)
    """,
)
