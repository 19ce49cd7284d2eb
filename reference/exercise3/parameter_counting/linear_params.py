"""linear_params."""

from torch import nn

from autograder.author import case, cases, changed, check, misconception, mistakes, reference, unchanged


@reference(points=2)
def linear_params(in_features, out_features, bias=True):
    """Every input is connected with every output: how many connections are that?

    There is a weight for each connection, and a bias for each output unless it is switched off.

    In the chapter: the head of SimpleCNN. In the documentation: torch.nn.Linear, Variables.
    """
    return in_features * out_features + out_features * bool(bias)


@check(linear_params, points=1)
def weights_and_biases(draw):
    """Each output has a weight for every input and one bias"""
    yield from cases(linear_params, ((784, 10), 7850), ((1568, 10), 15690), ((5, 1), 6), ((6, 6), 42))
    yield from cases(linear_params, ((5_600_000, 3), 16_800_003))
    yield case(draw.integer(20, 60), draw.integer(2, 9))


@check(linear_params, points=0.75)
def linear_without_bias(draw):
    """With bias=False only the weights count"""
    yield case(784, 10, bias=False)
    yield case(draw.integer(20, 60), draw.integer(2, 9), False)


@check(linear_params, points=0.25, ask=changed, compare=unchanged(), needs=weights_and_biases)
def linear_counting_draws_nothing(draw):
    """The call draws no random numbers"""
    yield case(7, 3)


@misconception(linear_params)
def linear_built_to_count(in_features, out_features, bias=True):
    """A layer made only to be counted draws its weights and so moves the random state, which belongs to others. A
    product and a sum need no layer."""
    return sum(one.numel() for one in nn.Linear(in_features, out_features, bias).parameters())


wrong = mistakes(
    linear_params,
    """
    linear_bias_forgotten: A linear layer has biases unless bias=False: one more parameter for each output.
        bool(bias) -> 0
    linear_bias_always_counted: With bias=False the layer has no biases, so only the weights are left to count.
        bool(bias) -> 1
    bias_per_input: The bias is added to an output, so there is one for each output feature.
        out_features * bool(bias) -> in_features * bool(bias)
    one_bias_for_all_outputs: Each output has a bias of its own; the layer does not share one.
        out_features * bool(bias) -> bool(bias)
    features_added: Every input is connected to every output, so the numbers of features are multiplied.
        in_features * out_features -> in_features + out_features
    """,
)
