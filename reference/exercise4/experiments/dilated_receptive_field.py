"""dilated_receptive_field."""

from autograder.author import case, cases, check, mistakes, reference

from ..judging.values import part


@reference(points=1.5)
def dilated_receptive_field(dilations):
    """How much further than an ordinary 3×3 kernel does one with dilation d reach, and with how many weights?

    A kernel of 3 with dilation d spans 2d + 1 places, so the receptive field grows by 2d. The number of weights stays
    9, and there is one bias.

    In the chapter: dilated convolutions. In the documentation: the dilation of torch.nn.Conv2d.
    """
    field, count = 1, 0
    for dilation in dilations:
        field += dilation * (3 - 1)
        count += 3 * 3 + 1
    return field, count


@check(dilated_receptive_field, points=0.5, compare=part(index=0))
def undilated(draw):
    """Without dilation each convolution adds 2 to the receptive field"""
    for dilations in [1], [1, 1, 1], [1] * 6:
        yield case(dilations)


@check(dilated_receptive_field, points=0.5, compare=part(index=0))
def dilated(draw):
    """With dilation d it adds 2d"""
    for dilations in [1, 2, 4], [2], [5, 1, 3], (3, 3, 1, 1):
        yield case(dilations)


@check(dilated_receptive_field, points=0.25, compare=part(index=1))
def parameters_stay(draw):
    """Each convolution has 10 parameters, whatever its dilation"""
    for dilations in [1], [1, 2, 4], [3, 5]:
        yield case(dilations)


@check(dilated_receptive_field, points=0.25)
def no_convolution(draw):
    """Without a convolution the result is (1, 0); three make (15, 30)"""
    yield from cases(dilated_receptive_field, (([],), (1, 0)), (([1, 2, 4],), (15, 30)))


wrong = mistakes(
    dilated_receptive_field,
    """
    dilation_not_used: Dilation spreads the kernel: it adds 2d to the receptive field, not 2.
        dilation * (3 - 1) -> (3 - 1)
    kernel_for_kernel_minus_one: A kernel of 3 with dilation d spans 2d + 1 places, so it adds 2d, not 3d.
        dilation * (3 - 1) -> dilation * 3
    spans_added: A kernel spans 2d + 1 places, but one of them was seen before: it adds 2d.
        dilation * (3 - 1) -> dilation * (3 - 1) + 1
    one_side_only: The kernel reaches d places to both sides, so the receptive field grows by 2d.
        dilation * (3 - 1) -> dilation
    field_begins_with_0: Before any convolution a place sees itself: the receptive field begins with 1.
        field, count = 1, 0 -> field, count = 0, 0
    weights_of_the_span: Dilation adds no weights: between the 9 weights there are gaps.
        3 * 3 + 1 -> (2 * dilation + 1) ** 2 + 1
    bias_not_counted: Each convolution has a bias beside its 9 weights.
        3 * 3 + 1 -> 3 * 3
    weights_of_one_axis: A kernel 3×3 has 9 weights.
        3 * 3 + 1 -> 3 + 1
    dilations_multiplied: The receptive field grows by a sum: each convolution adds 2d to it.
        field += dilation * (3 - 1) -> field *= 2 * dilation + 1
    """,
)
