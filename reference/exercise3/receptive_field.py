"""Receptive field"""

from math import prod

from autograder.author import case, check, misconception, reference


def with_dilation(layers):
    """The layers as (kernel_size, stride, dilation)."""
    return [(*layer, 1)[:3] for layer in layers]


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


@check(receptive_field, points=0.5, needs=("stacked_layers",))
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


@misconception(receptive_field)
def own_stride_first(layers):
    """A layer's own stride moves its windows apart and does not widen them; it counts for later layers."""
    return last_of(jump_before_growth.wrong(layers))


@misconception(receptive_field)
def last_stride_only(layers):
    """The strides of all earlier layers multiply, not only the one before."""
    return last_of(strides_as_jumps.wrong(layers))


@misconception(receptive_field)
def pooling_left_out(layers):
    """Pooling has a kernel and a stride like a convolution, and counts like one."""
    return receptive_field([layer for layer in layers if layer[0] == 1 or layer[0] != layer[1]])


@misconception(receptive_field)
def pooling_doubles(layers):
    """A 2 × 2 pooling adds one jump and then doubles the jump. The lecture notes say that it doubles the
    receptive field, but it is the growth of the later layers that doubles."""
    return last_of(pooling_doubles_the_field.wrong(layers))


@misconception(receptive_field)
def pool_before_the_last_convolution(layers):
    """The order of the layers counts. The lecture notes end at 10 for three convolutions followed by a pooling, but
    that is convolution, convolution, pooling, convolution; with the pooling last it is 8."""
    return last_of(pool_moved_before_the_last_convolution.wrong(layers))


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


@misconception(receptive_field_table)
def jump_before_growth(layers):
    """The receptive field grows by the jump before the layer; the layer's own stride counts for later
    layers."""
    table, jump, field = [], 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        jump *= stride
        field += dilation * (kernel_size - 1) * jump
        table.append((jump, field))
    return table


@misconception(receptive_field_table)
def strides_as_jumps(layers):
    """The jump is the product of all strides so far, not the stride of one layer."""
    table, jump, field = [], 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        field += dilation * (kernel_size - 1) * jump
        jump = stride
        table.append((jump, field))
    return table


@misconception(receptive_field_table)
def jumps_added(layers):
    """Two strides of 2 put neighbours 4 pixels apart: strides multiply."""
    table, jump, field = [], 1, 1
    for kernel_size, stride, dilation in with_dilation(layers):
        field += dilation * (kernel_size - 1) * jump
        jump += stride - 1
        table.append((jump, field))
    return table


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


@reference(points=3)
def flatten_features(image_size, channels, num_pools):
    """How long is a side of the image after one pooling, and after two?

    Each pooling halves both sides and rounds down. What is left is a number of maps, each of them with a height and a
    width.

    In the chapter: SimpleCNN, between its last pooling and its first linear layer. A pooling leaves a quarter of the
    values there, not half.
    """
    side = image_size // 2**num_pools
    return channels * side * side


@check(flatten_features, points=0.5)
def no_pooling(draw):
    """Without pooling, all pixels of all channels remain"""
    yield case(28, 3, 0)
    yield case(draw.integer(10, 40), draw.integer(2, 9), 0)


@check(flatten_features, points=1.5)
def pooled_maps(draw):
    """Each pooling halves the height and the width"""
    yield case(28, 32, 2)
    yield case(64, 128, 3)
    yield case(8 * draw.integer(3, 9), draw.integer(5, 40), draw.integer(1, 3))


@check(flatten_features, points=1)
def odd_sides(draw):
    """A pooling drops the last row and column of an odd side"""
    yield case(30, 16, 2)
    yield case(28, 16, 3)
    yield case(4 * draw.integer(5, 9) + 1, draw.integer(5, 40), 2)


@misconception(flatten_features)
def one_side_only(image_size, channels, num_pools):
    """A map is two-dimensional: height times width values remain of it."""
    return channels * (image_size // 2**num_pools)


@misconception(flatten_features)
def channels_forgotten(image_size, channels, num_pools):
    """Every channel is a map of its own, and the Linear layer gets the values of all of them."""
    return flatten_features(image_size, 1, num_pools)


@misconception(flatten_features)
def poolings_left_out(image_size, channels, num_pools):
    """Each 2 × 2 pooling halves the height and the width before the maps are flattened."""
    return flatten_features(image_size, channels, 0)


@misconception(flatten_features)
def one_pooling_only(image_size, channels, num_pools):
    """Each pooling halves the sides again, so the halving is repeated num_pools times."""
    return flatten_features(image_size, channels, min(num_pools, 1))


@misconception(flatten_features)
def divided_by_twice_the_poolings(image_size, channels, num_pools):
    """Three halvings leave an eighth of a side, not a sixth: factors of 2 multiply."""
    side = image_size // (2 * num_pools or 1)
    return channels * side * side


@misconception(flatten_features)
def pixels_halved(image_size, channels, num_pools):
    """A 2 × 2 pooling leaves a quarter of the values: both sides are halved, and the channels stay as they
    are. The lecture notes say that twice the channels make up for it, but 32 · 14² is half of 16 · 28²."""
    return channels * image_size**2 // 2**num_pools


@misconception(flatten_features)
def sides_rounded_up(image_size, channels, num_pools):
    """A last row or column without a partner is dropped by the pooling, so odd sides round down."""
    side = -(-image_size // 2**num_pools)
    return channels * side * side


@misconception(flatten_features)
def rounded_at_the_end(image_size, channels, num_pools):
    """Maps have whole sides: each pooling rounds down the side, before the area is taken."""
    return int(channels * (image_size / 2**num_pools) ** 2)


@misconception(flatten_features)
def features_as_float(image_size, channels, num_pools):
    """A number of features is an int, since a Linear layer accepts nothing else."""
    return channels * (image_size / 2**num_pools) ** 2
