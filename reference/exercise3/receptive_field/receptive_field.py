"""receptive_field."""

from autograder.author import alternative, case, cases, changed, check, mistakes, reference, unchanged


def with_dilation(layers):
    """The layers as (kernel_size, stride, dilation)."""
    return [(*layer, 1)[:3] for layer in layers]


@reference(points=4)
def receptive_field(layers):
    """One value after the first 3×3 layer sees three values along each axis. Go on by hand: how many after the second,
    and how many after a pooling?

    Two numbers go from layer to layer. The receptive field grows by what the dilated kernel reaches beyond one value,
    times the jump; only then does the stride multiply the jump.

    In the chapter: the table of receptive fields. Its rows belong to convolution, convolution, pooling, convolution, in
    this order.
    """
    jump, field = 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        reach = dilation * (kernel_size - 1)  # beyond one value
        field += reach * jump
        jump *= stride
    return field


@alternative(receptive_field)
def last_row_of_the_table(layers):
    """Students read the last row of their receptive_field_table."""
    from .receptive_field_table import receptive_field_table  # which imports this module

    return receptive_field_table(layers)[-1][1] if layers else 1


@check(receptive_field, points=1, picture="reach")
def stacked_layers(draw):
    """With stride 1, each layer adds kernel − 1"""
    conv = (3, 1)
    yield from cases(receptive_field, ([conv], 3), ([conv, conv], 5), ([(5, 1), conv, (7, 1)], 13))
    yield case([(draw.integer(2, 7), 1) for _ in range(draw.integer(3, 5))])


@check(receptive_field, points=0.5, needs=stacked_layers)
def no_layers(draw):
    """Without layers a value sees only itself"""
    yield from cases(receptive_field, ([], 1))


@check(receptive_field, points=1.25, picture="reach")
def strides(draw):
    """After a stride, every later layer grows by that many times more"""
    conv, pool = (3, 1), (2, 2)
    yield from cases(receptive_field, ([conv, conv, pool, conv], 10), ([conv, conv, conv, pool], 8))
    yield from cases(receptive_field, ([(7, 2), (3, 2), conv, conv], 27), ([(5, 3), conv], 11))
    yield from cases(receptive_field, ([(1, 2), conv], 5), ([(2, 5), conv], 12))  # a stride beyond the kernel
    layers = [(draw.integer(3, 5), draw.integer(1, 3)) for _ in range(3)]
    yield case([*layers, pool, conv])


@check(receptive_field, points=0.75, picture="reach")
def dilations(draw):
    """A dilated layer adds dilation · (kernel − 1)"""
    yield from cases(receptive_field, ([(3, 1, 2)], 5), ([(3, 1, 1), (3, 1, 2), (3, 1, 4)], 15))
    yield case([(3, 1), (draw.integer(3, 5), 1, draw.integer(2, 4)), (3, 1)])


@check(receptive_field, points=0.25, picture="reach")
def strides_and_dilations(draw):
    """A dilated layer grows by the jump as well, and its stride counts"""
    yield from cases(receptive_field, ([(2, 2), (3, 1, 2)], 10), ([(3, 2, 2), (3, 1)], 9))
    yield case([(3, 2), (3, 3, draw.integer(2, 4)), (2, 1), (3, 1, 2)])


@check(receptive_field, points=0.25, ask=changed, compare=unchanged(), needs=stacked_layers)
def layers_stay_as_they_are(draw):
    """The list of layers stays as it is"""
    yield case([(3, 1), (2, 2), (5, 1)])


wrong = mistakes(
    receptive_field,
    """
    starts_at_zero: Before the first layer a value already sees one pixel: itself.
        1, 1 -> 1, 0
    kernels_summed: Neighbouring windows overlap: a layer adds only what its kernel reaches beyond one value, kernel −
        1.
        1, 1 -> 1, 0
        dilation * (kernel_size - 1) -> dilation * (kernel_size - 1) + 1
    kernels_multiplied: Stacked layers add to what a value sees; two 3 × 3 layers of stride 1 see 5 values along each
        axis, not 9.
        field += reach * jump -> field *= reach + 1
    strides_left_out: After a stride, neighbouring values lie further apart in the input, so later layers reach further.
        jump *= stride ->
    strides_added: Each stride takes steps of the one before, so strides multiply: after 2 and 2 the jump is 4.
        jump *= stride -> jump += stride
    own_stride_first: A layer's own stride moves its windows apart and does not widen them; it counts for later layers.
        reach * jump -> reach * jump * stride
    last_stride_only: The strides of all earlier layers multiply, not only the one before.
        jump *= stride -> jump = stride
    pooling_doubles: A 2 × 2 pooling adds one jump and then doubles the jump. The lecture notes say that it doubles the
        receptive field, but it is the growth of the later layers that doubles.
        reach * jump -> field if (kernel_size, stride) == (2, 2) else reach * jump
    pool_before_the_last_convolution: The order of the layers counts. The lecture notes end at 10 for three
        convolutions followed by a pooling, but that is convolution, convolution, pooling, convolution; with the pooling
        last it is 8.
        layers -> [*layers[:-2], layers[-1], layers[-2]] if layers[1:] and layers[-1] == (2, 2) else layers
    pooling_left_out: Pooling has a kernel and a stride like a convolution, and counts like one.
        layers -> [layer for layer in layers if layer[0] == 1 or layer[0] != layer[1]]
    recursion_from_the_front: Rule and direction do not belong together: from the first layer to the last it is the
        growth by jumps, and r = (r − 1) · stride + kernel goes from the last layer back to the first.
        field += reach * jump -> field = (field - 1) * stride + reach + 1
    dilation_ignored: A dilated kernel has gaps, so it reaches further than a dense one with as many weights.
        dilation * (kernel_size - 1) -> kernel_size - 1
    list_used_up: The list belongs to the caller, who may need it again: walk through it without changing it.
        1, 1 -> 1, 1
        with_dilation(layers) -> (one for layer in list(layers) for one in with_dilation([layers.pop(0)]))
    dilation_times_kernel: Dilation widens the gaps between the kernel's values, and k values have k − 1 gaps.
        dilation * (kernel_size - 1) -> kernel_size * dilation - 1
    nothing_without_layers: Without layers a value still sees one pixel: itself.
        return field -> return field if layers else 0
    strides_summed: Two strides of 2 put neighbours 4 pixels apart: strides multiply.
        jump *= stride -> jump += stride - 1
    dilation_in_the_jump: Dilation spreads the values of one kernel; the outputs of the layer still lie one stride
        apart, so it does not change the jump.
        jump *= stride -> jump *= stride * dilation
    every_stride_doubles: A stride multiplies the jump by itself, and not always by 2: a stride of 3 makes it three
        times as long.
        jump *= stride -> jump *= 2 if stride > 1 else 1
    kernels_of_one_skipped: A kernel of size 1 adds nothing to the field, but its stride still counts for the later
        layers.
        layers -> [layer for layer in layers if layer[0] > 1]
    """,
)
