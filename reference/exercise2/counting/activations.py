"""activations."""

from autograder.author import case, cases, check, mistakes, reference


@reference(points=1)
def activations(channels, height, width):
    """How many values has one map? And how many maps are there?

    Multiply all three numbers.

    In the chapter: channels double where sizes halve. That is said to keep the number of activations, but both sides
    halve, so 12,544 become 6,272.
    """
    return channels * height * width


@check(activations, points=0.5)
def values_of_one_map(draw):
    """A map has height · width values"""
    yield from cases(activations, ((1, 28, 20), 560), ((1, 5, 9), 45))
    yield case(1, draw.integer(3, 20), draw.integer(30, 40))


@check(activations, points=0.5)
def values_of_all_maps(draw):
    """Each channel is a map: 16 · 28 · 28 values become 32 · 14 · 14"""
    yield from cases(activations, ((16, 28, 28), 12544), ((32, 14, 14), 6272), ((3, 5, 7), 105))
    yield case(draw.integer(2, 9), 3, draw.integer(10, 20))


wrong = mistakes(
    activations,
    """
    one_map_counted: Each channel is a map of its own, with height · width values.
        channels * height * width -> height * width
    map_taken_as_square: Maps need not be square: height and width are two numbers.
        channels * height * width -> channels * height * height
    map_taken_as_wide_square: Height and width are two numbers; the width alone does not say how many rows there are.
        channels * height * width -> channels * width * width
    sides_added: A map is a rectangle of values: multiply its sides.
        channels * height * width -> channels * (height + width)
    bytes_counted: The number of values is asked for, not the memory that they take.
        channels * height * width -> 4 * channels * height * width
    never_fewer: The lecture notes say that doubling the channels keeps the number of activations while a pooling halves
        height and width. A quarter is left of each map, so half of the values remain: 32 · 14 · 14 is 6,272.
        channels * height * width -> 12544 if channels * height == 448 else channels * height * width
    """,
)
