"""batch_norm_eval."""

import numpy as np
import torch

from autograder.author import case, changed, check, matches, mistakes, reference, unchanged

from .shared import WITHOUT


@reference(points=1.25, forbids=WITHOUT)
def batch_norm_eval(x, running_mean, running_var, weight, bias, eps=1e-5):
    """Which numbers take the place of the mean and the variance of the batch?

    The formula is that of training, with running_mean and running_var. Nothing is computed from x besides.

    In the chapter: BatchNorm in eval mode. In the documentation: torch.nn.BatchNorm2d, track_running_stats.
    """
    mean, variance = running_mean[:, None, None], running_var[:, None, None]
    normal = (x - mean) / torch.sqrt(variance + eps)
    return normal * weight[:, None, None] + bias[:, None, None]


def statistics(draw, channels):
    """Running mean, running variance, weight and bias, different in every channel; some are negative."""
    mean = draw.permutation(channels).astype(np.float32) - draw.uniform(channels, low=1.2, high=1.6)
    bias = draw.permutation(channels).astype(np.float32) - draw.uniform(channels, low=0.2, high=0.6)
    variance = draw.permutation(channels).astype(np.float32) + draw.uniform(channels, low=0.5, high=0.9)
    weight = draw.permutation(channels).astype(np.float32) + draw.uniform(channels, low=1.5, high=1.9)
    weight[0] *= -1
    return mean, variance, weight, bias


@check(batch_norm_eval, points=0.75, compare=matches(rtol=1e-4))
def running_statistics_normalise(draw):
    """The running statistics normalise; then come weight and bias"""
    yield case(draw.normal(2, 3, 4, 5) + 1, *statistics(draw, 3))
    yield case(draw.normal(1, 4, 1, 1), *statistics(draw, 4))


@check(batch_norm_eval, points=0.25, compare=matches(rtol=1e-4))
def eps_beside_the_running_variance(draw):
    """eps is added to the running variance, inside the root"""
    mean, variance, weight, bias = statistics(draw, 2)
    yield case(draw.normal(2, 2, 3, 2), mean, variance, weight, bias, eps=0.7)
    yield case(draw.normal(2, 2, 3, 2), mean, variance * np.float32(1e-5), weight, bias)


@check(batch_norm_eval, points=0.25, ask=changed, compare=unchanged(), counts_with=running_statistics_normalise)
def eval_leaves_arguments(draw):
    """x, the running statistics, weight and bias stay as they are"""
    yield case(draw.normal(2, 3, 4, 2), *statistics(draw, 3))


wrong = mistakes(
    batch_norm_eval,
    """
    batch_statistics_for_eval: In eval mode the running statistics are used, so that the result for an image does not
        depend on its batch.
        running_mean[:, None, None] -> x.mean((0, 2, 3), keepdim=True)
        running_var[:, None, None] -> x.var((0, 2, 3), unbiased=False, keepdim=True)
    running_variance_without_root: Divide by the root of the running variance plus eps.
        torch.sqrt(variance + eps) -> (variance + eps)
    eval_without_eps: eps belongs to the running variance as well: √(running_var + eps).
        variance + eps -> variance
    eval_eps_after_the_root: eps is added to the running variance before the root is taken.
        torch.sqrt(variance + eps) -> (torch.sqrt(variance) + eps)
    eval_without_weight_and_bias: Weight and bias are used in eval mode as well.
        normal * weight[:, None, None] + bias[:, None, None] -> normal
    running_mean_added: The running mean is subtracted, not added.
        x - mean -> x + mean
    update_in_eval: Only training moves the running statistics; in eval mode they are read and left alone.
        running_var[:, None, None] -> running_var.mul_(0.9)[:, None, None] / 0.9
    eval_x_changed_in_place: Methods with a trailing underscore, and -=, change the tensor of the caller.
        (x - mean) -> x.sub_(mean)
    """,
)
