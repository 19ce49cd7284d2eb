"""BatchNorm2d."""

import torch
from torch import nn

from autograder.author import (
    agrees,
    case,
    changed,
    check,
    forward,
    four_initialisations,
    matches,
    mistakes,
    parameters,
    parts_agree,
    recorded,
    reference,
    round_trip,
    unchanged,
)

WITHOUT = (
    *("batch_norm", "native_batch_norm", "_native_batch_norm_legit", "cudnn_batch_norm", "instance_norm"),
    *("_native_batch_norm_legit_no_training", "_batch_norm_with_update", "_batch_norm_no_update"),
)
RECORDED = "running_mean and running_var carry a graph of gradients through every batch so far, which a backward pass "
RECORDED += "may run into: update them within torch.no_grad()"
LOST = "a layer that has loaded the state_dict of a trained one gives other outputs: part of it was not saved"


@reference(points=5.5, forbids=WITHOUT)
class BatchNorm2d(nn.Module):
    """A channel has one mean and one variance. Over which axes are they taken, and where do they come from in eval
    mode?

    In training, normalise with the mean and the biased variance of the batch, and move the running statistics a little
    towards the batch, there with the unbiased variance. What is learned is a parameter, what is only kept is a buffer.
    Numbers of shape (C,) need two more axes to fit.

    In the chapter: the formula of BatchNorm, which does not say which variance it means. The documentation of
    torch.nn.BatchNorm2d does.
    """

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        for name, start in ("running_mean", torch.zeros), ("running_var", torch.ones):
            self.register_buffer(name, start(num_features))

    def forward(self, x):
        axes = (0, 2, 3)
        mean = x.mean(axes, keepdim=True)  # (1, C, 1, 1)
        variance = x.var(axes, unbiased=False, keepdim=True)
        if self.training:
            self.update(x)
        else:
            mean, variance = self.running_mean[:, None, None], self.running_var[:, None, None]
        normal = (x - mean) / torch.sqrt(variance + self.eps)
        return normal * self.weight[:, None, None] + self.bias[:, None, None]

    @torch.no_grad()
    def update(self, x):
        self.running_mean += self.momentum * (x.mean((0, 2, 3)) - self.running_mean)
        self.running_var += self.momentum * (x.var((0, 2, 3)) - self.running_var)


@check(BatchNorm2d, points=1, ask=forward(mode="train", report=["output"]), compare=agrees(rtol=2e-3))
def normalises_the_batch(draw):
    """In training mode the batch normalises each channel, over (N, H, W)"""
    yield case(3).on(draw.normal(4, 3, 5, 2))
    yield case(2).on(draw.normal(2, 2, 2, 2))


@check(BatchNorm2d, points=0.25, ask=parameters, counts_with=normalises_the_batch)
def weight_and_bias(draw):
    """Weight and bias are parameters, one number each per channel"""
    yield case(7).on(draw.normal(2, 7, 3, 4))


@check(
    BatchNorm2d,
    points=0.25,
    ask=forward(mode="train", weights={"weight": 3, "bias": 8}, report=["output"]),
    compare=agrees(rtol=2e-3),
)
def names_of_weight_and_bias(draw):
    """The parameter weight multiplies each channel, and bias is added"""
    yield case(3).on(draw.normal(4, 3, 5, 2))


@check(BatchNorm2d, points=0.5, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def eps_inside_the_root(draw):
    """eps is added to the variance, inside the root"""
    tiny = draw.normal(4, 3, 2, 3, scale=2e-3)
    yield case(3).on(tiny).given(report=["output"])
    yield case(3, eps=1e-3).on(draw.normal(4, 3, 2, 3, scale=0.05))


@check(BatchNorm2d, points=0.75, ask=forward, compare=agrees(rtol=2e-3))
def uses_running_statistics(draw):
    """In eval mode running_mean and running_var take the batch's place"""
    yield case(3).on(draw.normal(4, 3, 5, 2))
    yield case(num_features=2, eps=0.1).on(draw.normal(1, 2, 3, 1))


@check(
    BatchNorm2d,
    points=1,
    ask=forward(report=["state"], state=["running_mean", "running_var"]),
    compare=agrees(rtol=1e-4),
)
def updates_running_statistics(draw):
    """Training moves the running statistics by momentum (variance unbiased)"""
    for layer in case(3), case(3, 1e-5, 0.3), case(3, momentum=0.9):
        batches = [[draw.normal(2, 3, 2, 2) + 1.5] for _ in range(3)]
        yield layer.on(draw.normal(2, 3, 2, 2)).given(batches=batches)


@check(
    BatchNorm2d,
    points=0.25,
    ask=four_initialisations,
    compare=matches(rtol=1e-3),
    counts_with=uses_running_statistics,
)
def new_layer(draw):
    """A new layer has weight 1, bias 0, running mean 0, running variance 1"""
    yield case(3).on(draw.normal(2, 3, 2, 4) + 1)


@check(
    BatchNorm2d,
    points=0.25,
    ask=changed,
    compare=unchanged(),
    counts_with=uses_running_statistics,
)
def eval_leaves_statistics_alone(draw):
    """In eval mode all stays as it is: the running statistics, the input"""
    yield case(3).on(draw.normal(4, 3, 2, 3) + 2)


@check(
    BatchNorm2d,
    points=0.5,
    ask=forward(gradients=True, mode="train", report=["gradient of the input"]),
    compare=agrees(rtol=1e-3),
)
def gradients_flow_through_the_statistics(draw):
    """The gradient of the input takes mean and variance into account"""
    yield case(3).on(draw.normal(3, 3, 2, 4))


@check(BatchNorm2d, points=0.5, ask=round_trip, compare=parts_agree(why=LOST), counts_with=uses_running_statistics)
def state_dict_keeps_everything(draw):
    """state_dict() holds all that the layer has learned, so it can be saved"""
    yield case(3).on(draw.normal(4, 3, 2, 3) + 2)


@check(
    BatchNorm2d,
    points=0.25,
    ask=recorded,
    compare=parts_agree(why=RECORDED),
    counts_with=(normalises_the_batch, updates_running_statistics),
)
def statistics_without_gradients(draw):
    """The running statistics record no gradients"""
    yield case(3).on(draw.normal(4, 3, 2, 3))


wrong = mistakes(
    BatchNorm2d,
    """
    unbiased_variance_to_normalise: There are two variances, and the lecture notes do not say which they mean: the
        biased one (unbiased=False) normalises, and only running_var takes the unbiased one. torch.var divides by
        n − 1 by default.
        unbiased=False ->
    biased_variance_in_running_var: running_var estimates the variance of all images, so it takes the unbiased variance
        (n − 1). The formula in the lecture notes, with the biased one, is for the normalisation.
        x.var((0, 2, 3)) -> x.var((0, 2, 3), unbiased=False)
    weight_and_bias_are_fixed: Weight and bias are learned: wrap them in nn.Parameter, or no optimizer ever sees them.
        nn.Parameter(torch.ones(num_features)) -> torch.ones(num_features)
        nn.Parameter(torch.zeros(num_features)) -> torch.zeros(num_features)
    momentum_reversed: In torch, momentum is the weight of the new batch: running = (1 − momentum) · running + momentum
        · batch.
        eps, momentum -> eps, 1 - momentum
    eps_outside_the_root: eps is added to the variance before the root is taken: √(variance + eps), not √variance + eps.
        torch.sqrt(variance + self.eps) -> (torch.sqrt(variance) + self.eps)
    eps_is_missing: eps keeps the division from blowing up where a channel hardly varies: √(variance + eps).
        variance + self.eps -> variance
    root_is_missing: The deviation from the mean is divided by the standard deviation, the root of variance + eps.
        torch.sqrt(variance + self.eps) -> (variance + self.eps)
    statistics_over_the_batch_axis_only: A channel has one mean and one variance, over the batch and both image axes:
        dim=(0, 2, 3).
        axes = (0, 2, 3) -> axes = (0,)
    statistics_per_sample: These are the statistics of each image alone (instance normalisation); BatchNorm takes the
        whole batch.
        axes = (0, 2, 3) -> axes = (2, 3)
    statistics_over_channels_too: Every channel is normalised by itself: the channel axis is not among the axes of mean
        and variance.
        axes = (0, 2, 3) -> axes = (0, 1, 2, 3)
    batch_statistics_in_eval: In eval mode the running statistics are used, so that an image's result does not depend on
        its batch.
        mean, variance = self.running_mean[:, None, None], self.running_var[:, None, None] -> pass
    running_statistics_updated_in_eval: Only training moves the running statistics; in eval mode they are read and left
        alone.
        self.update(x) -> pass
        axes = (0, 2, 3) -> self.update(x); axes = (0, 2, 3)
    running_statistics_never_updated: In training mode each batch moves running_mean and running_var; these stay at
        their initial values.
        self.update(x) ->
    buffers_not_registered: running_mean and running_var are buffers: register_buffer puts them into state_dict() and
        moves them with the model; plain attributes are lost when it is saved.
        self.register_buffer(name, start(num_features)) -> setattr(self, name, start(num_features))
    statistics_as_parameters: A Parameter is what an optimizer learns, even if requires_grad=False keeps it from
        changing. Running statistics are kept, not learned: register_buffer puts them into state_dict() and not into
        parameters().
        self.register_buffer -> self.register_parameter
        start(num_features) -> nn.Parameter(start(num_features), requires_grad=False)
    running_statistics_with_gradients: The running statistics are numbers to be kept: without torch.no_grad() around
        their update, or detach(), each holds the graph of all batches so far, which fills the memory and cannot be gone
        through a second time.
        torch.no_grad() ->
    gradients_past_detached_statistics: Mean and variance depend on the input, so the gradient flows through them: no
        detach and no no_grad there.
        x.mean(axes, keepdim=True) -> x.mean(axes, keepdim=True).detach()
        x.var(axes, unbiased=False, keepdim=True) -> x.var(axes, unbiased=False, keepdim=True).detach()
    weight_and_bias_left_out: After the normalisation each channel is multiplied by its weight and its bias is added.
        normal * self.weight[:, None, None] + self.bias[:, None, None] -> normal
    weight_left_out: After the normalisation each channel is multiplied by its weight; here only its bias is added.
        normal * self.weight[:, None, None] + self.bias[:, None, None] -> normal + self.bias[:, None, None]
    keras_momentum: In torch the default of momentum is 0.1: running = 0.9 · running + 0.1 · batch. A default of 0.9
        is that of Keras, where momentum is the weight of the old value.
        momentum=0.1 -> momentum=0.9
    variance_starts_at_zero: running_var starts at ones, so that a new layer in eval mode gives back its input; only
        running_mean starts at zeros.
        ("running_var", torch.ones) -> ("running_var", torch.zeros)
    input_changed_in_place: An operation with a trailing underscore, or -=, changes the caller's tensor: compute a new
        one instead.
        (x - mean) -> x.sub_(mean)
    """,
)
