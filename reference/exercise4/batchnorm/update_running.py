"""update_running."""

import numpy as np

from autograder.author import case, changed, check, mistakes, reference, unchanged

from ..judging.values import part
from .batch_norm_eval import statistics
from .shared import WITHOUT


@reference(points=1.75, forbids=WITHOUT)
def update_running(running_mean, running_var, x, momentum=0.1):
    """How much of the old value remains, and how much of the batch comes in?

    Compute mean and variance of the batch for each channel, the variance divided by n − 1. Each new value is
    (1 − momentum) times the old one plus momentum times that of the batch.

    In the documentation of torch.nn.BatchNorm2d, the note on momentum.
    """
    axes = (0, 2, 3)
    mean, variance = x.mean(axes), x.var(axes)
    new_mean = (1 - momentum) * running_mean + momentum * mean
    new_var = (1 - momentum) * running_var + momentum * variance
    return new_mean, new_var


def batch(draw, *shape):
    """A batch whose channels have means of either sign."""
    means = 5 * (-1.0) ** np.arange(shape[1]).reshape(-1, 1, 1)
    return (3 * draw.normal(*shape) + means).astype(np.float32)


@check(update_running, points=0.5, compare=part(index=0))
def new_running_mean(draw):
    """The running mean moves by a tenth towards the mean of the batch"""
    yield case(*statistics(draw, 3)[:2], batch(draw, 2, 3, 2, 3))
    yield case(*statistics(draw, 2)[:2], batch(draw, 4, 2, 1, 2))


@check(update_running, points=0.5, compare=part(index=1))
def new_running_variance(draw):
    """The running variance moves towards the unbiased variance of the batch"""
    yield case(*statistics(draw, 3)[:2], batch(draw, 2, 3, 2, 1))
    yield case(*statistics(draw, 2)[:2], batch(draw, 3, 2, 1, 2))


@check(update_running, points=0.25, compare=part(index=0))
def momentum_of_the_mean(draw):
    """momentum is the weight of the batch in the running mean"""
    for momentum in 0.3, 0.9, 1.0:
        yield case(*statistics(draw, 3)[:2], batch(draw, 2, 3, 2, 3), momentum)


@check(update_running, points=0.25, compare=part(index=1))
def momentum_of_the_variance(draw):
    """momentum is the weight of the batch in the running variance"""
    for momentum in 0.3, 0.9:
        yield case(*statistics(draw, 3)[:2], batch(draw, 2, 3, 2, 3), momentum=momentum)


@check(update_running, points=0.25, ask=changed, compare=unchanged(), counts_with=new_running_mean)
def update_leaves_arguments(draw):
    """The old running statistics and x stay as they are"""
    yield case(*statistics(draw, 3)[:2], batch(draw, 2, 3, 2, 3))


wrong = mistakes(
    update_running,
    """
    biased_running_variance: running_var takes the unbiased variance, which divides by n − 1; the biased one is for
        the normalisation.
        x.var(axes) -> x.var(axes, unbiased=False)
    momentum_of_the_old_value: In torch, momentum is the weight of the batch: (1 − momentum) · running + momentum ·
        batch. Keras means the weight of the old value.
        (1 - momentum) * running_mean + momentum * mean -> momentum * running_mean + (1 - momentum) * mean
        (1 - momentum) * running_var + momentum * variance -> momentum * running_var + (1 - momentum) * variance
    momentum_default_of_keras: The default of momentum is 0.1 in torch; 0.9 and 0.99 are usual where it is the weight of
        the old value.
        momentum=0.1 -> momentum=0.9
    batch_replaces_running: The running statistics move a little with each batch; here the batch replaces them.
        (1 - momentum) * running_mean + momentum * mean -> mean
        (1 - momentum) * running_var + momentum * variance -> variance
    old_value_not_reduced: What comes in must go out: the old value is multiplied by 1 − momentum.
        (1 - momentum) * running_mean -> running_mean
        (1 - momentum) * running_var -> running_var
    standard_deviation_kept: running_var holds variances, the squares of standard deviations.
        x.var(axes) -> x.std(axes)
    running_over_the_batch_axis: A channel has one mean and one variance, over (N, H, W).
        axes = (0, 2, 3) -> axes = (0,)
    variance_comes_first: The result is the pair (mean, variance), in this order.
        return new_mean, new_var -> return new_var, new_mean
    updated_in_place: The old statistics belong to the caller: compute new tensors and return them.
        (1 - momentum) * running_mean -> running_mean.mul_(1 - momentum)
        (1 - momentum) * running_var -> running_var.mul_(1 - momentum)
    nothing_returned: The function returns the new values; assigning to the arguments changes nothing for the caller.
        return new_mean, new_var ->
    """,
)
