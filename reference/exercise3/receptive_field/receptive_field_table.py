"""receptive_field_table."""

from autograder.author import case, check, misconception, mistakes, reference

from .shared import with_dilation


@reference(points=3)
def receptive_field_table(layers):
    """It is the loop of receptive_field. What does that loop know after each layer?

    Note the jump and the receptive field after both have been brought up to date, once for each layer and not for the
    input.

    In the chapter: the table of receptive fields. Its rows belong to convolution, convolution, pooling, convolution;
    with the pooling last they are 3, 5, 7, 8.
    """
    table, jump, field = [], 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        field += dilation * (kernel_size - 1) * jump
        jump *= stride
        table.append((jump, field))
    return table


@check(receptive_field_table, points=1, picture="reach")
def one_row_per_layer(draw):
    """Each layer has one row: (jump, receptive field) after it"""
    yield case([(3, 1), (3, 1), (3, 1)])
    yield case([(5, 1), (3, 1)])
    yield case([(draw.integer(2, 7), 1) for _ in range(draw.integer(3, 5))])


@check(receptive_field_table, points=1.5, picture="reach")
def jumps_multiply(draw):
    """The jump is the product of the strides so far"""
    yield case([(3, 1), (3, 1), (2, 2), (3, 1)])
    yield case([(3, 1), (3, 1), (3, 1), (2, 2)])
    yield case([(7, 2), (3, 2), (3, 3)])
    yield case([(draw.integer(3, 5), draw.integer(2, 3)) for _ in range(2)] + [(3, 1), (2, 2)])


@check(receptive_field_table, points=0.5, picture="reach")
def table_with_dilation(draw):
    """A row holds the growth by a dilated kernel too"""
    yield case([(3, 1), (3, 1, 2), (3, 1, 4)])
    yield case([(draw.integer(3, 5), 1, draw.integer(2, 4)), (3, 1)])


@misconception(receptive_field_table)
def input_row_included(layers):
    """The table has one row for each layer; the input, with jump 1 and receptive field 1, has none."""
    return [(1, 1), *receptive_field_table(layers)]


@misconception(receptive_field_table)
def last_row_only(layers):
    """The table shows how the receptive field grows, so it has a row for every layer."""
    return receptive_field_table(layers)[-1:]


@misconception(receptive_field_table)
def columns_swapped(layers):
    """A row is (jump, receptive field), in this order."""
    return [(field, jump) for jump, field in receptive_field_table(layers)]


@misconception(receptive_field_table)
def jump_before_the_layer(layers):
    """A row holds the values after its layer, so the layer's own stride is already in the jump."""
    table = receptive_field_table(layers)
    return [(jump, field) for (jump, _), (_, field) in zip([(1, 1), *table], table, strict=False)]


WRONG = mistakes(
    receptive_field_table,
    """
    jump_before_growth: The receptive field grows by the jump before the layer; the layer's own stride counts for later
        layers.
        field += dilation * (kernel_size - 1) * jump -> jump *= stride
        jump *= stride -> field += dilation * (kernel_size - 1) * jump
    strides_as_jumps: The jump is the product of all strides so far, not the stride of one layer.
        jump *= stride -> jump = stride
    jumps_added: Two strides of 2 put neighbours 4 pixels apart: strides multiply.
        jump *= stride -> jump += stride - 1
    """,
)


@misconception(receptive_field_table)
def pooling_doubles_the_field(layers):
    """A 2 × 2 pooling adds one jump to the receptive field and doubles the jump. The lecture notes say that
    it doubles the receptive field."""
    table, jump, field = [], 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        field = 2 * field if (kernel_size, stride) == (2, 2) else field + dilation * (kernel_size - 1) * jump
        jump *= stride
        table.append((jump, field))
    return table


@misconception(receptive_field_table)
def pool_moved_before_the_last_convolution(layers):
    """The lecture notes show 3, 5, 6, 10 for three convolutions followed by a pooling, but that table belongs
    to convolution, convolution, pooling, convolution. With the pooling last it is 3, 5, 7, 8."""
    if len(layers) > 1 and tuple(layers[-1]) == (2, 2):
        layers = [*layers[:-2], layers[-1], layers[-2]]
    return receptive_field_table(layers)


@misconception(receptive_field_table)
def table_without_dilation(layers):
    """A dilated kernel has gaps, so it reaches further than a dense one with as many weights."""
    return receptive_field_table([layer[:2] for layer in layers])
