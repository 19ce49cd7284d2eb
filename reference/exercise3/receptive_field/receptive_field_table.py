"""receptive_field_table."""

import math

from autograder.author import alternative, case, cases, changed, check, mistakes, reference, unchanged

from .receptive_field import receptive_field, with_dilation


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
        reach = dilation * (kernel_size - 1)  # beyond one value
        field += reach * jump
        jump *= stride
        table.append((jump, field))
    return table


@alternative(receptive_field_table)
def rows_by_receptive_field(layers):
    """Students call their receptive_field for each row, with the layers as they came or with every dilation."""
    table = []
    for depth in range(len(layers) + 1):
        receptive_field(with_dilation(layers[:depth]))
        jump = math.prod(stride for _, stride, *_ in layers[:depth])
        table.append((jump, receptive_field(layers[:depth])))
    return table[1:]


@check(receptive_field_table, points=1, picture="reach")
def one_row_per_layer(draw):
    """Each layer has one row: (jump, receptive field) after it"""
    conv = (3, 1)
    yield from cases(receptive_field_table, ([conv] * 3, [(1, 3), (1, 5), (1, 7)]), ([(5, 1), conv], [(1, 5), (1, 7)]))
    yield from cases(receptive_field_table, ([conv, (1, 1), conv], [(1, 3), (1, 3), (1, 5)]))
    yield case([(draw.integer(2, 7), 1) for _ in range(draw.integer(3, 5))])


@check(receptive_field_table, points=1, picture="reach")
def jumps_multiply(draw):
    """The jump is the product of the strides so far"""
    conv, pool = (3, 1), (2, 2)
    yield from cases(
        receptive_field_table,
        ([conv, conv, pool, conv], [(1, 3), (1, 5), (2, 6), (2, 10)]),
        ([conv, conv, conv, pool], [(1, 3), (1, 5), (1, 7), (2, 8)]),
        ([(7, 2), (3, 2), (3, 3)], [(2, 7), (4, 11), (12, 19)]),
        ([(1, 2), (2, 5), conv], [(2, 1), (10, 3), (10, 23)]),
    )
    yield case([(draw.integer(3, 5), draw.integer(2, 3)) for _ in range(2)] + [conv, pool])


@check(receptive_field_table, points=0.25, picture="reach")
def table_with_dilation(draw):
    """A row holds the growth by a dilated kernel too"""
    yield from cases(receptive_field_table, ([(3, 1), (3, 1, 2), (3, 1, 4)], [(1, 3), (1, 7), (1, 15)]))
    yield case([(draw.integer(3, 5), 1, draw.integer(2, 4)), (3, 1)])


@check(receptive_field_table, points=0.25, picture="reach")
def table_with_strides_and_dilations(draw):
    """A dilated layer grows by the jump as well, and its stride counts"""
    yield from cases(receptive_field_table, ([(2, 2), (3, 2, 2), (3, 1)], [(2, 2), (4, 10), (4, 18)]))
    yield case([(3, 2), (3, 3, draw.integer(2, 4)), (2, 1), (3, 1, 2)])


@check(receptive_field_table, points=0.25, needs=one_row_per_layer)
def no_rows_without_layers(draw):
    """Without layers the table is empty"""
    yield from cases(receptive_field_table, ([], []))


@check(receptive_field_table, points=0.25, ask=changed, compare=unchanged(), needs=one_row_per_layer)
def layers_of_the_table_stay(draw):
    """The list of layers stays as it is"""
    yield case([(3, 1), (2, 2), (3, 1, 2)])


wrong = mistakes(
    receptive_field_table,
    """
    input_row_included: The table has one row for each layer; the input, with jump 1 and receptive field 1, has none.
        [], 1, 1 -> [(1, 1)], 1, 1
    input_row_without_layers: The table has one row for each layer, so without layers it has none.
        return table -> return table or [(1, 1)]
    list_turned_into_the_table: The list belongs to the caller, who may need it again: make a new list for the rows.
        table.append((jump, field)) -> layers[len(table)] = (jump, field); table.append((jump, field))
    last_row_only: The table shows how the receptive field grows, so it has a row for every layer.
        return table -> return table[-1:]
    columns_swapped: A row is (jump, receptive field), in this order.
        (jump, field) -> (field, jump)
    jump_before_the_layer: A row holds the values after its layer, so the layer's own stride is already in the jump.
        jump *= stride -> table.append((jump, field))
        table.append((jump, field)) -> jump *= stride
    jump_before_growth: The receptive field grows by the jump before the layer; the layer's own stride counts for later
        layers.
        reach * jump -> reach * jump * stride
    strides_as_jumps: The jump is the product of all strides so far, not the stride of one layer.
        jump *= stride -> jump = stride
    jumps_added: Two strides of 2 put neighbours 4 pixels apart: strides multiply.
        jump *= stride -> jump += stride - 1
    pooling_doubles_the_field: A 2 × 2 pooling adds one jump to the receptive field and doubles the jump. The lecture
        notes say that it doubles the receptive field.
        reach * jump -> field if (kernel_size, stride) == (2, 2) else reach * jump
    pool_moved_before_the_last_convolution: The lecture notes show 3, 5, 6, 10 for three convolutions followed by a
        pooling, but that table belongs to convolution, convolution, pooling, convolution. With the pooling last it is
        3, 5, 7, 8.
        layers -> [*layers[:-2], layers[-1], layers[-2]] if layers[1:] and layers[-1] == (2, 2) else layers
    table_without_dilation: A dilated kernel has gaps, so it reaches further than a dense one with as many weights.
        dilation * (kernel_size - 1) -> kernel_size - 1
    dilation_in_the_jumps: Dilation spreads the values of one kernel; the outputs of the layer still lie one stride
        apart, so it does not change the jump.
        jump *= stride -> jump *= stride * dilation
    every_stride_doubles_the_jump: A stride multiplies the jump by itself, and not always by 2: a stride of 3 makes it
        three times as long.
        jump *= stride -> jump *= 2 if stride > 1 else 1
    poolings_without_a_row: A pooling is a layer as well and gets a row of its own, with the values after it.
        table.append((jump, field)) -> table.extend([(jump, field)] * (kernel_size != stride or kernel_size == 1))
    pooling_layers_left_out: A pooling has a kernel and a stride like a convolution: it changes both numbers, and gets a
        row.
        layers -> [layer for layer in layers if layer[0] == 1 or layer[0] != layer[1]]
    table_starts_at_zero: Before the first layer a value already sees one pixel: itself.
        [], 1, 1 -> [], 1, 0
    table_sums_kernels: Neighbouring windows overlap: a layer adds only what its kernel reaches beyond one value, kernel
        − 1.
        [], 1, 1 -> [], 1, 0
        dilation * (kernel_size - 1) -> dilation * (kernel_size - 1) + 1
    table_without_strides: The jump is the product of the strides so far; the receptive field of later layers grows by
        it.
        jump *= stride ->
    table_from_the_front: The rule r = (r − 1) · stride + kernel is right from the last layer back to the first.
        field += reach * jump -> field = (field - 1) * stride + reach + 1
    table_with_dilated_kernels: Dilation widens the gaps between the kernel's values, and k values have k − 1 gaps.
        dilation * (kernel_size - 1) -> kernel_size * dilation - 1
    """,
)
