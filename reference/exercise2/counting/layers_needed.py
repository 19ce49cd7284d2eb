"""layers_needed."""

from autograder.author import case, cases, check, misconception, mistakes, reference


@reference(points=2)
def layers_needed(receptive_field, kernel_size=3):
    """What does one layer of 3 add to what a value sees? Count up until it is enough.

    A value sees itself before the first layer, and each layer adds kernel − 1. Divide what is missing by what a layer
    adds. A remainder needs one more layer.

    In the chapter: the receptive field of stacked convolutions, 3, 5, 7 and so on.
    """
    missing = receptive_field - 1
    return -(-missing // (kernel_size - 1))


@check(layers_needed, points=1)
def fields_that_are_met(draw):
    """Layers of 3 see 3, 5, 7 and so on"""
    yield from cases(layers_needed, (3, 1), (5, 2), (7, 3), (9, 4), (31, 15))
    yield case(2 * draw.integer(5, 50) + 1)


@check(layers_needed, points=0.5)
def fields_between(draw):
    """Where no number of layers sees exactly so much, take the next one"""
    yield from cases(layers_needed, (6, 3), (4, 2), (2, 1), (224, 112), ((10, 5), 3), ((6, 5), 2), ((8, 4), 3))
    yield case(2 * draw.integer(5, 50))


@check(layers_needed, points=0.5)
def fields_of_other_kernels(draw):
    """A layer adds kernel − 1, whatever the kernel"""
    yield from cases(layers_needed, ((9, 5), 2), ((5, 5), 1), ((7, 7), 1), ((4, 2), 3), ((10, 4), 3), ((31, 7), 5))
    yield from cases(layers_needed, (1, 0), ((1, 5), 0))
    kernel_size, layers = draw.integer(4, 9), draw.integer(2, 9)
    yield case(layers * (kernel_size - 1) + 1, kernel_size=kernel_size)


wrong = mistakes(
    layers_needed,
    """
    windows_side_by_side: Windows of neighbouring values overlap: a further layer adds kernel − 1 to what is seen.
        -(-missing // (kernel_size - 1)) -> -(-receptive_field // kernel_size)
    layers_rounded_down: A remainder needs one more layer, so the division rounds up.
        -(-missing // (kernel_size - 1)) -> missing // (kernel_size - 1)
    layers_as_float: A number of layers is a whole number: round up, and return an int.
        -(-missing // (kernel_size - 1)) -> missing / (kernel_size - 1)
    own_pixel_forgotten: A value sees itself before the first layer, so all layers together add one less than the
        receptive field.
        receptive_field - 1 -> receptive_field
    whole_kernel_added: The kernel's own place is already seen: a layer adds kernel − 1, not the kernel.
        kernel_size - 1 -> kernel_size
    always_two_more: A layer of 3 adds 2; another kernel adds kernel − 1.
        kernel_size - 1 -> 2
    """,
)


@misconception(layers_needed)
def fields_multiply(receptive_field, kernel_size=3):
    """Receptive fields of stride 1 add up: two layers of 3 see 5 values along each axis, not 9."""
    layers = 0
    while kernel_size**layers < receptive_field:
        layers += 1
    return layers
