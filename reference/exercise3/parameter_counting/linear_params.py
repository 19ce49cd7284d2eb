"""linear_params."""

from autograder.author import case, check, misconception, mistakes, reference


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
    yield case(784, 10)
    yield case(1568, 10)
    yield case(draw.integer(20, 60), draw.integer(2, 9))


@check(linear_params, points=1)
def linear_without_bias(draw):
    """With bias=False only the weights count"""
    yield case(784, 10, bias=False)
    yield case(draw.integer(20, 60), draw.integer(2, 9), False)


@misconception(linear_params)
def linear_bias_forgotten(in_features, out_features, bias=True):
    """A linear layer has biases unless bias=False: one more parameter for each output."""
    return linear_params(in_features, out_features, False)


@misconception(linear_params)
def linear_bias_always_counted(in_features, out_features, bias=True):
    """With bias=False the layer has no biases, so only the weights are left to count."""
    return linear_params(in_features, out_features, True)


@misconception(linear_params)
def bias_per_input(in_features, out_features, bias=True):
    """The bias is added to an output, so there is one for each output feature."""
    return linear_params(in_features, out_features, False) + in_features * bias


@misconception(linear_params)
def one_bias_for_all_outputs(in_features, out_features, bias=True):
    """Each output has a bias of its own; the layer does not share one."""
    return linear_params(in_features, out_features, False) + bias


WRONG = mistakes(
    linear_params,
    """
    features_added: Every input is connected to every output, so the numbers of features are multiplied.
        in_features * out_features -> in_features + out_features
        bool(bias) -> bias
    """,
)
