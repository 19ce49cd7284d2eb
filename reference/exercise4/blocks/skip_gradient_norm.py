"""skip_gradient_norm."""

import torch

from autograder.author import case, changed, check, matches, mistakes, reference, unchanged


@reference(points=1.25)
def skip_gradient_norm(depth, residual):
    """What is the derivative of F(x) at 0, and what is that of x + F(x)?

    Let x require gradients, go through the layers in a loop, and let torch compute the gradient of the sum. Then take
    its norm, as a float.

    In the chapter: residual connections. In the documentation: torch.autograd.grad.
    """
    x = torch.linspace(-1, 1, 5, requires_grad=True)
    y = x
    for _ in range(depth):
        inside = torch.tanh(y / 2)
        y = y + inside if residual else inside
    (gradient,) = torch.autograd.grad(y.sum(), x)
    return gradient.norm().item()


@check(skip_gradient_norm, points=0.25, compare=matches(rtol=1e-3))
def one_layer(draw):
    """One layer without a skip"""
    yield case(1, False)


@check(skip_gradient_norm, points=0.25, compare=matches(rtol=1e-3))
def gradient_without_skips(draw):
    """Without skips each layer makes the gradient smaller"""
    for depth in 2, 7, 20:
        yield case(depth, residual=False)


@check(skip_gradient_norm, points=0.5, compare=matches(rtol=1e-3))
def gradient_with_skips(draw):
    """With skips the gradient has a way past each layer"""
    for depth in 1, 4, 13:
        yield case(depth, True)


@check(skip_gradient_norm, points=0.25, ask=changed, compare=unchanged(), counts_with=gradient_without_skips)
def gradient_norm_draws_nothing(draw):
    """The random state stays as it is"""
    yield case(3, False)
    yield case(2, True)


wrong = mistakes(
    skip_gradient_norm,
    """
    residual_not_used: With residual=True each layer adds its input: y + F(y).
        y + inside if residual else inside -> inside
    residual_reversed: It is the other way round: the input is added where residual is True.
        y + inside if residual else inside -> inside if residual else y + inside
    one_skip_past_everything: Each layer has a skip of its own, from its own input; here every sum takes the first
        input.
        y + inside if residual else inside -> x + inside if residual else inside
    skip_multiplied: A skip adds the input to what the layer makes of it; here the two are multiplied.
        y + inside if residual else inside -> y * inside if residual else inside
    not_halved: F(x) is tanh(x / 2): the input is halved before the tanh.
        torch.tanh(y / 2) -> torch.tanh(y)
    halved_afterwards: F(x) is tanh(x / 2): the input is halved, not the result.
        torch.tanh(y / 2) -> torch.tanh(y) / 2
    one_layer_too_many: There are `depth` layers, here one more.
        range(depth) -> range(depth + 1)
    one_layer_too_few: There are `depth` layers, here one less.
        range(depth) -> range(depth - 1)
    largest_gradient: The result is the norm of the gradient, the root of its summed squares; here its largest value.
        gradient.norm().item() -> gradient.abs().max().item()
    squared_norm: The norm is the root of the summed squares; here the root is missing.
        gradient.norm().item() -> (gradient**2).sum().item()
    summed_magnitudes: The norm is the root of the summed squares; here the magnitudes are summed.
        gradient.norm().item() -> gradient.abs().sum().item()
    gradient_of_the_mean: The gradient is that of the sum of the output; here it is that of the mean, a fifth of it.
        y.sum() -> y.mean()
    seed_set_for_nothing: Nothing is random here; a seed that is set changes the random numbers of the whole program.
        y = x -> torch.manual_seed(0); y = x
    """,
)
