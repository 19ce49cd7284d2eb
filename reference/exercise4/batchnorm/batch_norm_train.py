"""batch_norm_train."""

import numpy as np
import torch

from autograder.author import case, changed, check, matches, mistakes, reference, unchanged

from .shared import WITHOUT


@reference(points=2, forbids=WITHOUT)
def batch_norm_train(x, weight, bias, eps=1e-5):
    """A channel has one mean and one variance. Over which axes are they taken?

    Subtract the mean over (N, H, W), divide by the root of the biased variance plus eps. Numbers of shape (C,) need two
    more axes to fit the maps, or keepdim=True keeps them.

    In the chapter: the formula of BatchNorm. In the documentation: torch.nn.BatchNorm2d, torch.var.
    """
    axes = (0, 2, 3)
    mean = x.mean(axes, keepdim=True)  # (1, C, 1, 1)
    variance = x.var(axes, unbiased=False, keepdim=True)
    normal = (x - mean) / torch.sqrt(variance + eps)
    return normal * weight[:, None, None] + bias[:, None, None]


@check(batch_norm_train, points=0.75, compare=matches(rtol=1e-3))
def zero_mean_unit_variance(draw):
    """With weight 1 and bias 0 each channel gets mean 0 and variance 1"""
    ones, zeros = np.ones(3, np.float32), np.zeros(3, np.float32)
    yield case(draw.normal(2, 3, 4, 2) + 2, ones, zeros)
    yield case(draw.normal(4, 3, 1, 2) * 3, ones, zeros)


@check(batch_norm_train, points=0.5, compare=matches(rtol=1e-3))
def weight_and_bias_of_each_channel(draw):
    """Each channel is multiplied by its weight, and its bias is added"""
    weight, bias = draw.permutation(3).astype(np.float32) + 2, draw.permutation(3).astype(np.float32) - 0.7
    weight[0] *= -1
    yield case(draw.normal(3, 3, 2, 3), weight, bias)


@check(batch_norm_train, points=0.5, compare=matches(rtol=1e-3))
def eps_beside_the_variance(draw):
    """eps is added to the variance, inside the root"""
    ones, zeros = np.ones(2, np.float32), np.zeros(2, np.float32)
    yield case(draw.normal(3, 2, 2, 3, scale=2e-3), ones, zeros)
    yield case(draw.normal(3, 2, 2, 3), ones, zeros, eps=0.5)


@check(batch_norm_train, points=0.25, ask=changed, compare=unchanged(), counts_with=lambda: zero_mean_unit_variance)
def train_leaves_arguments(draw):
    """x, weight and bias stay as they are"""
    yield case(draw.normal(2, 3, 4, 2), draw.normal(3), draw.normal(3))


wrong = mistakes(
    batch_norm_train,
    """
    unbiased_in_training: The biased variance normalises, which divides by n; torch.var divides by n − 1 by default.
        unbiased=False ->
    over_the_batch_only: A channel has one mean and one variance, over the batch and both image axes: dim=(0, 2, 3).
        axes = (0, 2, 3) -> axes = (0,)
    each_image_by_itself: These are the statistics of each image alone; BatchNorm takes those of the whole batch.
        axes = (0, 2, 3) -> axes = (2, 3)
    all_channels_together: Each channel is normalised by itself: axis 1 is not among the axes of mean and variance.
        axes = (0, 2, 3) -> axes = (0, 1, 2, 3)
    eps_after_the_root: eps is added to the variance before the root is taken: √(variance + eps).
        torch.sqrt(variance + eps) -> (torch.sqrt(variance) + eps)
    no_eps: eps keeps the division from blowing up where a channel hardly varies: √(variance + eps).
        variance + eps -> variance
    divided_by_the_variance: The deviation is divided by the standard deviation, the root of variance + eps.
        torch.sqrt(variance + eps) -> (variance + eps)
    mean_not_subtracted: The mean of the channel is subtracted before the division.
        (x - mean) -> x
    weight_and_bias_not_used: After the normalisation each channel is multiplied by its weight and its bias is added.
        normal * weight[:, None, None] + bias[:, None, None] -> normal
    bias_not_added: After the multiplication by its weight, each channel gets its bias added.
        normal * weight[:, None, None] + bias[:, None, None] -> normal * weight[:, None, None]
    bias_before_the_weight: The bias is added after the multiplication by the weight, not before it.
        normal * weight[:, None, None] + bias[:, None, None] -> (normal + bias[:, None, None]) * weight[:, None, None]
    weight_along_the_width: A weight (C,) fits the last axis, the width. weight.reshape(1, -1, 1, 1) fits the channels.
        weight[:, None, None] -> weight
        bias[:, None, None] -> bias
    x_changed_in_place: x -= … and methods with a trailing underscore change the tensor of the caller: compute a new
        one.
        (x - mean) -> x.sub_(mean)
    """,
)
