"""trace_shapes."""

import math

from autograder.author import alternative, case, cases, changed, check, mistakes, reference, unchanged

from .pool_output_size import pool_output_size

LENET = [("conv", 6, 5, 1, 0), ("pool", 2), ("conv", 16, 5, 1, 0), ("pool", 2), ("flatten",), ("linear", 120)]


@reference(points=2)
def trace_shapes(layers, input_shape):
    """What does each of the four kinds of layers do to (C, H, W)? Which numbers does it leave as they are?

    Go through the layers with the shape that you have so far. A convolution replaces the channels and computes both
    sides. A pooling keeps the channels. Flatten multiplies everything, and a linear layer puts its own number there.

    In the chapter: the table of LeNet's layers. Its sides are 28, 14, 10 and 5.
    """
    shape, shapes = tuple(input_shape), []
    for kind, *settings in layers:
        if kind == "conv":
            channels, kernel_size, stride, padding = settings
            sides = [pool_output_size(n, kernel_size, stride, padding) for n in shape[1:]]
            shape = (channels, *sides)
        elif kind == "pool":
            sides = [pool_output_size(n, *settings) for n in shape[1:]]
            shape = (shape[0], *sides)
        else:
            shape = (math.prod(shape),) if kind == "flatten" else (settings[0],)
        shapes.append(shape)
    return shapes


@alternative(trace_shapes)
def pooled_with_every_argument(layers, input_shape):
    """Students give the stride of the pooling, and its padding."""
    shape = tuple(input_shape)
    for layer, after in zip(layers, trace_shapes(layers, input_shape), strict=True):
        if layer[0] == "pool":
            for side in shape[1:]:
                pool_output_size(side, layer[1], layer[1])
        shape = after
    return trace_shapes(layers, input_shape)


@check(trace_shapes, points=0.5)
def traced_convolutions(draw):
    """A convolution sets the channels and shrinks both sides"""
    yield from cases(trace_shapes, (([("conv", 6, 5, 1, 0)], (3, 32, 28)), [(6, 28, 24)]))
    yield from cases(trace_shapes, (([("conv", 8, 3, 2, 1)], (3, 32, 27)), [(8, 16, 14)]))
    yield case([("conv", 4, 4, 3, 2), ("conv", 5, 3, 1, 0)], (2, 20, 31))
    yield case([("conv", draw.integer(2, 9), 3, draw.integer(1, 2), 2)], (3, draw.integer(20, 30), 17))


@check(trace_shapes, points=0.5)
def traced_poolings(draw):
    """A pooling divides both sides, rounds down and keeps the channels"""
    yield from cases(trace_shapes, (([("pool", 2)], (6, 28, 24)), [(6, 14, 12)]))
    yield from cases(trace_shapes, (([("pool", 2), ("pool", 3)], (5, 31, 21)), [(5, 15, 10), (5, 5, 3)]))
    yield case([("pool", 2)], (draw.integer(2, 9), draw.integer(10, 20), 23))


@check(trace_shapes, points=0.5)
def traced_vectors(draw):
    """flatten turns the image into a vector, linear into another one"""
    yield from cases(trace_shapes, (([("flatten",), ("linear", 10)], (16, 5, 4)), [(320,), (10,)]))
    yield case([("flatten",), ("linear", draw.integer(5, 9)), ("linear", 3)], (2, draw.integer(3, 9), 7))


@check(trace_shapes, points=0.25)
def traced_lenet(draw):
    """LeNet's layers give 28, 14, 10 and 5 rows"""
    yield case(LENET, (1, 32, 32))
    yield case([("conv", 4, 3, 2, 1), *LENET], (3, 60, 2 * draw.integer(28, 40)))


@check(trace_shapes, points=0.25, ask=changed, compare=unchanged(), needs=traced_convolutions)
def traced_layers_stay(draw):
    """The list of layers stays as it is, and nothing is drawn at random"""
    yield case([("conv", 6, 5, 1, 0), ("pool", 2), ("flatten",), ("linear", 5)], (1, 32, 28))


def halved(n, kernel_size, stride, padding):
    """The size of the output, rounded down where the convolution seems to divide by its stride."""
    return n // stride if stride == 2 and padding == 1 else pool_output_size(n, kernel_size, stride, padding)


wrong = mistakes(
    trace_shapes,
    """
    shape_of_the_input_included: The list has one shape for each layer, so the input's own shape is not in it.
        tuple(input_shape), [] -> tuple(input_shape), [tuple(input_shape)]
    last_shape_only: Each layer has its own shape in the list, not only the last one.
        return shapes -> return shapes[-1:]
    sides_swapped: The height comes before the width: (C, H, W).
        (channels, *sides) -> (channels, *sides[::-1])
    height_used_twice: Images need not be square: the width has a size of its own.
        (channels, *sides) -> (channels, sides[0], sides[0])
    channels_as_before: A convolution makes out_channels maps, however many channels it gets.
        (channels, *sides) -> (shape[0], *sides)
    traced_padding_once: Padding is added on all four sides, so it counts twice along each axis.
        pool_output_size(n, kernel_size, stride, padding) -> pool_output_size(n + padding, kernel_size, stride)
    traced_without_padding: Padding makes the image larger before the kernel slides over it.
        pool_output_size(n, kernel_size, stride, padding) -> pool_output_size(n, kernel_size, stride)
    traced_without_stride: With stride s a convolution stops at every s-th position only.
        pool_output_size(n, kernel_size, stride, padding) -> pool_output_size(n, kernel_size, 1, padding)
    strided_sides_rounded_down: With kernel 3, stride 2 and padding 1 an odd side rounds up: 27 becomes 14. The lecture
        notes say that a stride of 2 halves the size.
        pool_output_size(n, kernel_size, stride, padding) -> halved(n, kernel_size, stride, padding)
    pooled_with_stride_one: The windows of a pooling lie side by side: its stride is its kernel size.
        pool_output_size(n, *settings) -> pool_output_size(n, settings[0], 1)
    pooled_sides_rounded_up: A pooling leaves out a last row or column without a partner, so odd sides round down.
        pool_output_size(n, *settings) -> -(-n // settings[0])
    channels_pooled: A pooling works in each channel on its own, so the channels stay as they are.
        (shape[0], *sides) -> (shape[0] // settings[0], *sides)
    channels_not_flattened: flatten puts all channels into one vector: C · H · W values.
        (math.prod(shape),) -> (math.prod(shape[1:]),)
    channels_kept_by_flatten: flatten leaves no axis but one: the channels become part of the vector.
        (math.prod(shape),) -> (shape[0], math.prod(shape[1:]))
    numbers_for_vectors: The shape of a vector is a tuple with one number, written as (400,).
        shapes.append(shape) -> shapes.append(shape if len(shape) > 1 else shape[0])
    comma_forgotten: (400) is a number; a tuple with one number needs a comma: (400,).
        (math.prod(shape),) -> math.prod(shape)
    layers_used_up: The list belongs to the caller, who may need it again: walk through it without changing it.
        layers -> (layers.pop(0) for _ in list(layers))
    """,
)
