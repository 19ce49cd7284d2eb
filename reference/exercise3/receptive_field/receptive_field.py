"""receptive_field."""

from math import prod

from autograder.author import case, check, misconception, mistakes, reference

from .receptive_field_table import (
    receptive_field_table,
)
from .shared import with_dilation


def last_of(table):
    return table[-1][1] if table else 1


@reference(points=4)
def receptive_field(layers):
    """One value after the first 3×3 layer sees three values along each axis. Go on by hand: how many after the second,
    and how many after a pooling?

    Two numbers go from layer to layer. The receptive field grows by what the dilated kernel reaches beyond one value,
    times the jump; only then does the stride multiply the jump.

    In the chapter: the table of receptive fields. Its rows belong to convolution, convolution, pooling, convolution, in
    this order.
    """
    return last_of(receptive_field_table(layers))


@check(receptive_field, points=1, picture="reach")
def stacked_layers(draw):
    """With stride 1, each layer adds kernel − 1"""
    yield case([(3, 1)])
    yield case([(3, 1), (3, 1)])
    yield case([(5, 1), (3, 1), (7, 1)])
    yield case([(draw.integer(2, 7), 1) for _ in range(draw.integer(3, 5))])


@check(receptive_field, points=0.5, needs=stacked_layers)
def no_layers(draw):
    """Without layers a value sees only itself"""
    yield case([])


@check(receptive_field, points=1.5, picture="reach")
def strides(draw):
    """After a stride, every later layer grows by that many times more"""
    yield case([(3, 1), (3, 1), (2, 2), (3, 1)])
    yield case([(3, 1), (3, 1), (3, 1), (2, 2)])
    yield case([(7, 2), (3, 2), (3, 1), (3, 1)])
    layers = [(draw.integer(3, 5), draw.integer(1, 3)) for _ in range(3)]
    yield case([*layers, (2, 2), (3, 1)])


@check(receptive_field, points=1, picture="reach")
def dilations(draw):
    """A dilated layer adds dilation · (kernel − 1)"""
    yield case([(3, 1, 2)])
    yield case([(3, 1, 1), (3, 1, 2), (3, 1, 4)])
    yield case([(3, 1), (draw.integer(3, 5), 1, draw.integer(2, 4)), (3, 1)])


@misconception(receptive_field)
def starts_at_zero(layers):
    """Before the first layer a value already sees one pixel: itself."""
    return receptive_field(layers) - 1


@misconception(receptive_field)
def kernels_summed(layers):
    """Neighbouring windows overlap: a layer adds only what its kernel reaches beyond one value, kernel −
    1."""
    jump, field = 1, 0
    for kernel_size, stride, dilation in with_dilation(layers):
        field += (dilation * (kernel_size - 1) + 1) * jump
        jump *= stride
    return field


@misconception(receptive_field)
def kernels_multiplied(layers):
    """Stacked layers add to what a value sees; two 3 × 3 layers of stride 1 see 5 values along each axis, not 9."""
    return prod(dilation * (kernel_size - 1) + 1 for kernel_size, _, dilation in with_dilation(layers))


@misconception(receptive_field)
def strides_left_out(layers):
    """After a stride, neighbouring values lie further apart in the input, so later layers reach further."""
    return receptive_field([(kernel_size, 1, dilation) for kernel_size, _, dilation in with_dilation(layers)])


WRONG = mistakes(
    receptive_field,
    """
    own_stride_first: A layer's own stride moves its windows apart and does not widen them; it counts for later layers.
        receptive_field_table -> jump_before_growth.wrong
    last_stride_only: The strides of all earlier layers multiply, not only the one before.
        receptive_field_table -> strides_as_jumps.wrong
    pooling_doubles: A 2 × 2 pooling adds one jump and then doubles the jump. The lecture notes say that it doubles the
        receptive field, but it is the growth of the later layers that doubles.
        receptive_field_table -> pooling_doubles_the_field.wrong
    pool_before_the_last_convolution: The order of the layers counts. The lecture notes end at 10 for three convolutions
        followed by a pooling, but that is convolution, convolution, pooling, convolution; with the pooling last it is 8.
        receptive_field_table -> pool_moved_before_the_last_convolution.wrong
    """,
)


@misconception(receptive_field)
def pooling_left_out(layers):
    """Pooling has a kernel and a stride like a convolution, and counts like one."""
    return receptive_field([layer for layer in layers if layer[0] == 1 or layer[0] != layer[1]])


@misconception(receptive_field)
def recursion_from_the_front(layers):
    """The rule r = (r − 1) · stride + kernel is right from the last layer back to the first."""
    field = 1
    for kernel_size, stride, dilation in with_dilation(layers):
        field = (field - 1) * stride + dilation * (kernel_size - 1) + 1
    return field


@misconception(receptive_field)
def dilation_ignored(layers):
    """A dilated kernel has gaps, so it reaches further than a dense one with as many weights."""
    return receptive_field([layer[:2] for layer in layers])


@misconception(receptive_field)
def dilation_times_kernel(layers):
    """Dilation widens the gaps between the kernel's values, and k values have k − 1 gaps."""
    return receptive_field(
        [(kernel_size * dilation, stride) for kernel_size, stride, dilation in with_dilation(layers)]
    )
