"""bias_cancels."""

import copy

import torch

from autograder.author import case, changed, check, make, mistakes, reference, unchanged

from ..judging.values import truth
from ..probes.builders import constant, last_bias


@reference(points=1.5)
def bias_cancels(conv, norm, x):
    """Compare two outputs: what changes between them, and what must stay the same?

    Work on copies of both layers, since BatchNorm in training mode changes its running statistics. Compute the output
    once with the bias and once with a bias of zeros, and look at the largest difference.

    In the chapter: bias=False before BatchNorm. In the documentation: copy.deepcopy, torch.no_grad.
    """
    if conv.bias is None:
        return True
    first = copy.deepcopy(norm)
    second = copy.deepcopy(norm)
    plain = copy.deepcopy(conv)
    with torch.no_grad():
        plain.bias.zero_()
        apart = first(conv(x)) - second(plain(x))
    return bool(apart.abs().max() <= 1e-4)


def conv(draw, bias=True):
    return make("weighted", make("torch.nn.Conv2d", 3, 4, (3, 2), bias=bias), draw.seed())


def images(draw):
    return draw.normal(2, 3, 5, 6) + 3


NORM = "torch.nn.BatchNorm2d"


@check(bias_cancels, points=0.25, compare=truth)
def batchnorm_and_no_norm(draw):
    """Before BatchNorm in training mode it cancels, before an identity not"""
    yield case(conv(draw), make(NORM, 4), images(draw))
    yield case(conv(draw), make("torch.nn.Identity"), images(draw))


@check(bias_cancels, points=0.25, compare=truth)
def batchnorm_in_both_modes(draw):
    """Before BatchNorm in eval mode the bias does not cancel"""
    yield case(conv(draw), make("evaluating", make(NORM, 4)), images(draw))
    yield case(conv(draw), make(NORM, 4), images(draw))


@check(bias_cancels, points=0.25, compare=truth)
def other_norms(draw):
    """It cancels before InstanceNorm, not before GroupNorm with one group"""
    yield case(conv(draw), make("torch.nn.InstanceNorm2d", 4), images(draw))
    yield case(conv(draw), make("torch.nn.GroupNorm", 1, 4), images(draw))


@check(bias_cancels, points=0.25, compare=truth)
def convolutions_without_bias(draw):
    """Without a bias the answer is True, with one it depends on the norm"""
    yield case(conv(draw, bias=False), make("evaluating", make(NORM, 4)), images(draw))
    yield case(conv(draw), make("evaluating", make(NORM, 4)), images(draw))


@check(bias_cancels, points=0.25, compare=truth)
def tolerance(draw):
    """Differences of at most 1e-4 do not count"""
    for bias in 5e-5, 1e-3, -1e-3:
        yield case(make(constant, make("torch.nn.Conv2d", 3, 2, 2), bias=bias), make("torch.nn.Identity"), images(draw))
    for bias in 0.5, 1.8e-4:  # with 1.8e-4, the mean of all differences is below 1e-4
        yield case(make(last_bias, make("torch.nn.Conv2d", 3, 2, 2), bias), make("torch.nn.Identity"), images(draw))


@check(bias_cancels, points=0.25, ask=changed, compare=unchanged(), counts_with=batchnorm_and_no_norm)
def cancels_leaves_the_layers(draw):
    """Both layers are as before: weights, running statistics, modes"""
    yield case(conv(draw), make(NORM, 4), images(draw))
    yield case(conv(draw), make("evaluating", make(NORM, 4)), images(draw))


wrong = mistakes(
    bias_cancels,
    """
    always_cancels: It depends on the layer that follows and on its mode: compare the two outputs.
        return bool(apart.abs().max() <= 1e-4) -> return True
    compared_exactly: The two ways round differently, by about 1e-7: allow a difference of 1e-4.
        apart.abs().max() <= 1e-4 -> apart.abs().max() == 0
    cancels_reversed: True means that the bias has no effect, so that both outputs agree.
        return bool(apart.abs().max() <= 1e-4) -> return bool(apart.abs().max() > 1e-4)
    norm_put_into_training_mode: The norm works in the mode in which it comes: train() makes an eval norm another one.
        first = copy.deepcopy(norm) -> first = copy.deepcopy(norm).train()
        second = copy.deepcopy(norm) -> second = copy.deepcopy(norm).train()
    norm_put_into_eval_mode: The norm works in the mode in which it comes: in eval mode BatchNorm does not look at the
        batch.
        first = copy.deepcopy(norm) -> first = copy.deepcopy(norm).eval()
        second = copy.deepcopy(norm) -> second = copy.deepcopy(norm).eval()
    norm_left_out: The question is what is left of the bias after the norm: compare norm(conv(x)), not conv(x).
        first(conv(x)) - second(plain(x)) -> conv(x) - plain(x)
    looks_at_the_class: Other norms than BatchNorm cancel the bias as well: compare the outputs of whatever comes.
        return bool(apart.abs().max() <= 1e-4) -> return isinstance(norm, torch.nn.BatchNorm2d) and norm.training
    mean_difference: A norm over several channels keeps some of the bias, though the mean difference may be 0: look at
        the largest difference between the outputs.
        apart.abs().max() -> apart.mean().abs()
    bias_set_to_zero_for_good: The layer keeps the zeros: work on a copy, or put the bias back.
        plain = copy.deepcopy(conv) -> plain = conv; conv = copy.deepcopy(conv)
    running_statistics_moved: In training mode each call moves the running statistics: work on copies of the norm.
        first = copy.deepcopy(norm) -> first = norm
        second = copy.deepcopy(norm) -> second = norm
    no_bias_not_expected: A convolution made with bias=False has conv.bias None: then the answer is True.
        if conv.bias is None: return True ->
    """,
)
