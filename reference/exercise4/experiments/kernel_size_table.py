"""kernel_size_table."""

from autograder.author import case, cases, changed, check, mistakes, reference, unchanged

from ..judging.values import column


@reference(points=2.25)
def kernel_size_table(kernel_sizes, input_size):
    """What does one convolution cost, how far does it see, and how much does it shrink the map?

    The first convolution has 1 input channel, the second 16; both have 16 filters with a bias each. With stride 1 the
    receptive field grows by k − 1 in each, and without padding the map shrinks by as much.

    In the chapter: kernel sizes compared.
    """
    table = []
    for k in kernel_sizes:
        first = 1 * 16 * k**2 + 16
        second = 16 * 16 * k**2 + 16
        field = 1 + 2 * (k - 1)
        left = input_size - 2 * (k - 1)
        row = {"kernel_size": k, "parameters": first + second, "receptive_field": field, "output_size": left}
        table.append(row)
    return table


def tables(draw):
    yield case([3], 28)
    yield case([1, 3, 5, 7], input_size=32)
    yield case((5, 2), 15 + draw.integer(0, 9))


@check(kernel_size_table, points=0.25, compare=column(key="kernel_size"), counts_with=lambda: output_sizes)
def a_row_for_each_kernel(draw):
    """There is a row for each kernel size, in the same order"""
    yield from tables(draw)


@check(kernel_size_table, points=0.5, compare=column(key="output_size"))
def output_sizes(draw):
    """Two convolutions without padding leave input_size − 2(k − 1)"""
    yield from tables(draw)


@check(kernel_size_table, points=0.5, compare=column(key="receptive_field"))
def receptive_fields(draw):
    """After two convolutions the receptive field is 2k − 1"""
    yield from tables(draw)


@check(kernel_size_table, points=0.5, compare=column(key="parameters"))
def parameters_of_both(draw):
    """The parameters are those of both convolutions, weights and biases"""
    yield from tables(draw)


@check(kernel_size_table, points=0.25)
def whole_table(draw):
    """The table is a list of dicts with exactly these four numbers"""
    yield from cases(
        kernel_size_table,
        (([3], 28), [{"kernel_size": 3, "parameters": 2480, "receptive_field": 5, "output_size": 24}]),
    )
    yield case([], 28)
    yield case([4, 1], 9)


@check(
    kernel_size_table,
    points=0.25,
    ask=changed(but=("random state",)),  # which new layers change
    compare=unchanged(),
    counts_with=output_sizes,
)
def kernel_sizes_stay(draw):
    """The list of kernel sizes stays as it is"""
    yield case([5, 3], 20)


wrong = mistakes(
    kernel_size_table,
    """
    one_convolution_shrinks: There are two convolutions, and each of them shrinks the map by k − 1.
        input_size - 2 * (k - 1) -> input_size - (k - 1)
    padding_assumed: The convolutions have no padding: the map shrinks by k − 1 in each.
        input_size - 2 * (k - 1) -> input_size
    shrinks_by_the_kernel: A kernel of size k shrinks the map by k − 1, since it fits k places less 1 fewer times.
        input_size - 2 * (k - 1) -> input_size - 2 * k
    field_of_one_convolution: The receptive field is that of both convolutions: the second one adds k − 1 again.
        1 + 2 * (k - 1) -> k
    field_twice_the_kernel: Each convolution adds k − 1 to the receptive field, which begins with 1: not k.
        1 + 2 * (k - 1) -> 2 * k
    field_multiplied: Receptive fields add up: the second convolution adds k − 1 and does not multiply by k.
        1 + 2 * (k - 1) -> k * k
    second_from_one_channel: The second convolution has 16 input channels: each filter has 16 · k · k weights.
        16 * 16 * k**2 + 16 -> 16 * k**2 + 16
    kernel_counted_once: A filter has k · k weights for each input channel, not k.
        1 * 16 * k**2 + 16 -> 1 * 16 * k + 16
        16 * 16 * k**2 + 16 -> 16 * 16 * k + 16
    biases_not_counted: Each filter has a bias: 16 in each convolution.
        1 * 16 * k**2 + 16 -> 1 * 16 * k**2
        16 * 16 * k**2 + 16 -> 16 * 16 * k**2
    only_the_second_counts: The parameters are those of both convolutions.
        first + second -> second
    parameters_of_the_first: The parameters are those of both convolutions, not of the first one alone.
        first + second -> first
    last_kernel_only: Each kernel size makes a row: append it inside the loop.
        return table -> return table[-1:]
    sizes_sorted_in_place: sort() changes the list of the caller.
        table = [] -> isinstance(kernel_sizes, list) and kernel_sizes.sort(); table = []
    """,
)
