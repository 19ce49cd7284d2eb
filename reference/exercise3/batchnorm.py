"""What BatchNorm does."""

import itertools

import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import alternative, case, check, make, misconception, reference

from .digits import TRAIN, classifying, digits
from .heads import BareMatrices, ChannelsLast

WITHOUT = (
    *("batch_norm", "native_batch_norm", "_native_batch_norm_legit", "cudnn_batch_norm", "instance_norm"),
    *("_native_batch_norm_legit_no_training", "_batch_norm_with_update", "_batch_norm_no_update"),
)
FASTER = {  # a training in which BatchNorm is of use
    "pair": {"plain": {"batch_norm": False}, "batchnorm": {"batch_norm": True}},
    "lr": 0.1,
    "steps": 60,
    "batch_size": 64,
    "watched": 20,
}
RECORDED = "running_mean and running_var carry a graph of gradients through every batch so far, which a backward pass "
RECORDED += "may run into: update them within torch.no_grad()"
STARTS = "the two networks start from different weights: call torch.manual_seed(seed) before making each of them"
LOST = "a layer that has loaded the state_dict of a trained one gives other outputs: part of it was not saved"


@reference(points=5.5, forbids=WITHOUT)
class BatchNorm2d(nn.BatchNorm2d):
    """A channel has one mean and one variance. Over which axes are they taken, and where do they come from in eval
    mode?

    In training, normalise with the mean and the biased variance of the batch, and move the running statistics a little
    towards the batch, there with the unbiased variance. What is learned is a parameter, what is only kept is a buffer.
    Numbers of shape (C,) need two more axes to fit.

    In the chapter: the formula of BatchNorm, which does not say which variance it means. The documentation of
    torch.nn.BatchNorm2d does.
    """

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__(num_features, eps, momentum)


@check(BatchNorm2d, points=0.5, probe="parameters", counts_with=("normalises_the_batch",))
def weight_and_bias(draw):
    """Weight and bias are parameters, one number each per channel"""
    yield case(7).given(inputs=[draw.normal(2, 7, 3, 4)])


@check(BatchNorm2d, points=1, probe="forward", compare="agrees", rtol=1e-4)
def normalises_the_batch(draw):
    """In training mode the batch normalises each channel, over (N, H, W)"""
    yield case(3).given(inputs=[draw.normal(4, 3, 5, 2)], seed=draw.seed(), mode="train", report=["output"])
    yield case(2).given(inputs=[draw.normal(2, 2, 2, 2)], seed=draw.seed(), mode="train", report=["output"])


@check(BatchNorm2d, points=0.5, probe="forward", compare="agrees", rtol=1e-4)
def eps_inside_the_root(draw):
    """eps is added to the variance, inside the root"""
    tiny = draw.normal(4, 3, 2, 3, scale=2e-3)
    yield case(3).given(inputs=[tiny], seed=draw.seed(), mode="train", report=["output"])
    yield case(3, eps=1e-3).given(inputs=[draw.normal(4, 3, 2, 3, scale=0.05)], seed=draw.seed(), mode="train")


@check(BatchNorm2d, points=1, probe="forward", compare="agrees", rtol=1e-4)
def uses_running_statistics(draw):
    """In eval mode running_mean and running_var take the batch's place"""
    yield case(3).given(inputs=[draw.normal(4, 3, 5, 2)], seed=draw.seed())
    yield case(num_features=2, eps=0.1).given(inputs=[draw.normal(1, 2, 3, 1)], seed=draw.seed())


@check(BatchNorm2d, points=1, probe="forward", compare="agrees", rtol=1e-4)
def updates_running_statistics(draw):
    """Training moves the running statistics by momentum (variance unbiased)"""
    for momentum in 0.1, 0.3:
        batches = [[draw.normal(2, 3, 2, 2) + 1.5] for _ in range(3)]
        yield case(3, momentum=momentum).given(
            inputs=[draw.normal(2, 3, 2, 2)],
            batches=batches,
            seed=draw.seed(),
            state=["running_mean", "running_var"],
            report=["state"],
        )


@check(
    BatchNorm2d,
    points=0.25,
    probe="forward",
    compare="agrees",
    rtol=1e-4,
    counts_with=("uses_running_statistics",),
)
def eval_leaves_statistics_alone(draw):
    """In eval mode the running statistics stay as they are"""
    x = draw.normal(4, 3, 2, 3) + 2
    yield case(3).given(inputs=[x], seed=draw.seed(), state=["running_mean", "running_var"], report=["state"])


@check(BatchNorm2d, points=0.5, probe="forward", compare="agrees", rtol=1e-3)
def gradients_flow_through_the_statistics(draw):
    """The gradient of the input takes mean and variance into account"""
    yield case(3).given(
        inputs=[draw.normal(3, 3, 2, 4)],
        seed=draw.seed(),
        mode="train",
        gradients=True,
        report=["gradient of the input"],
    )


@check(
    BatchNorm2d,
    points=0.5,
    probe="round_trip",
    compare="parts_agree",
    why=LOST,
    counts_with=("uses_running_statistics",),
)
def state_dict_keeps_everything(draw):
    """state_dict() holds all that the layer has learned, so it can be saved"""
    yield case(3).given(inputs=[draw.normal(4, 3, 2, 3) + 2])


@check(
    BatchNorm2d,
    points=0.25,
    probe="recorded",
    compare="parts_agree",
    why=RECORDED,
    counts_with=("normalises_the_batch", "updates_running_statistics"),
)
def statistics_without_gradients(draw):
    """The running statistics record no gradients"""
    yield case(3).given(inputs=[draw.normal(4, 3, 2, 3)])


class _BatchNorm(nn.Module):
    """BatchNorm in steps, so that each misconception changes one."""

    axes = (0, 2, 3)

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight = nn.Parameter(torch.ones(num_features))
        self.bias = nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        if self.training:
            mean, variance = self.statistics(x)
            self.update(x, mean, variance)
        else:
            mean, variance = self.running_mean[:, None, None], self.running_var[:, None, None]
        return self.normalise(x, mean, variance) * self.weight[:, None, None] + self.bias[:, None, None]

    def statistics(self, x):
        return x.mean(self.axes, keepdim=True), x.var(self.axes, unbiased=False, keepdim=True)

    def normalise(self, x, mean, variance):
        return (x - mean) / torch.sqrt(variance + self.eps)

    @torch.no_grad()
    def update(self, x, mean, variance):
        unbiased = x.var((0, 2, 3), unbiased=True)
        self.running_mean += self.momentum * (x.mean((0, 2, 3)) - self.running_mean)
        self.running_var += self.momentum * (unbiased - self.running_var)


@misconception(BatchNorm2d)
class unbiased_variance_to_normalise(_BatchNorm):
    """The lecture notes do not say which variance their formula means: the biased one (unbiased=False) normalises, and
    only running_var takes the unbiased one. torch.var divides by n − 1 by default."""

    def statistics(self, x):
        return x.mean(self.axes, keepdim=True), x.var(self.axes, keepdim=True)


@misconception(BatchNorm2d)
class biased_variance_in_running_var(_BatchNorm):
    """running_var estimates the variance of all images, so it takes the unbiased variance (n − 1). The formula in the
    lecture notes, with the biased one, is for the normalisation."""

    @torch.no_grad()
    def update(self, x, mean, variance):
        self.running_mean += self.momentum * (mean.flatten() - self.running_mean)
        self.running_var += self.momentum * (variance.flatten() - self.running_var)


@misconception(BatchNorm2d)
class weight_and_bias_are_fixed(_BatchNorm):
    """Weight and bias are learned: wrap them in nn.Parameter, or no optimizer ever sees them."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__(num_features, eps, momentum)
        del self.weight, self.bias
        self.weight, self.bias = torch.ones(num_features), torch.zeros(num_features)


@misconception(BatchNorm2d)
class momentum_reversed(_BatchNorm):
    """In torch, momentum is the weight of the new batch: running = (1 − momentum) · running + momentum · batch."""

    @torch.no_grad()
    def update(self, x, mean, variance):
        unbiased = x.var((0, 2, 3), unbiased=True)
        keep = self.momentum
        self.running_mean.copy_(keep * self.running_mean + (1 - keep) * x.mean((0, 2, 3)))
        self.running_var.copy_(keep * self.running_var + (1 - keep) * unbiased)


@misconception(BatchNorm2d)
class eps_outside_the_root(_BatchNorm):
    """eps is added to the variance before the root is taken: √(variance + eps), not √variance + eps."""

    def normalise(self, x, mean, variance):
        return (x - mean) / (torch.sqrt(variance) + self.eps)


@misconception(BatchNorm2d)
class eps_is_missing(_BatchNorm):
    """eps keeps the division from blowing up where a channel hardly varies: √(variance + eps)."""

    def normalise(self, x, mean, variance):
        return (x - mean) / torch.sqrt(variance)


@misconception(BatchNorm2d)
class root_is_missing(_BatchNorm):
    """The deviation from the mean is divided by the standard deviation, the root of variance + eps."""

    def normalise(self, x, mean, variance):
        return (x - mean) / (variance + self.eps)


@misconception(BatchNorm2d)
class statistics_over_the_batch_axis_only(_BatchNorm):
    """A channel has one mean and one variance, over the batch and both image axes: dim=(0, 2, 3)."""

    axes = (0,)


@misconception(BatchNorm2d)
class statistics_per_sample(_BatchNorm):
    """These are the statistics of each image alone (instance normalisation); BatchNorm takes the whole batch."""

    axes = (2, 3)


@misconception(BatchNorm2d)
class statistics_over_channels_too(_BatchNorm):
    """Every channel is normalised by itself: the channel axis is not among the axes of mean and variance."""

    axes = (0, 1, 2, 3)


@misconception(BatchNorm2d)
class batch_statistics_in_eval(_BatchNorm):
    """In eval mode the running statistics are used, so that an image's result does not depend on its batch."""

    def forward(self, x):
        mean, variance = self.statistics(x)
        if self.training:
            self.update(x, mean, variance)
        return self.normalise(x, mean, variance) * self.weight[:, None, None] + self.bias[:, None, None]


@misconception(BatchNorm2d)
class running_statistics_updated_in_eval(_BatchNorm):
    """Only training moves the running statistics; in eval mode they are read and left alone."""

    def forward(self, x):
        if not self.training:
            self.update(x, *self.statistics(x))
        return super().forward(x)


@misconception(BatchNorm2d)
class running_statistics_never_updated(_BatchNorm):
    """In training mode each batch moves running_mean and running_var; these stay at their initial values."""

    def update(self, x, mean, variance):
        pass


@misconception(BatchNorm2d)
class buffers_not_registered(_BatchNorm):
    """running_mean and running_var are buffers: register_buffer puts them into state_dict() and moves them with the
    model; plain attributes are lost when it is saved."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__(num_features, eps, momentum)
        del self.running_mean, self.running_var
        self.running_mean, self.running_var = torch.zeros(num_features), torch.ones(num_features)


@misconception(BatchNorm2d)
class statistics_as_parameters(_BatchNorm):
    """A Parameter is what an optimizer learns, even if requires_grad=False keeps it from changing. Running statistics
    are kept, not learned: register_buffer puts them into state_dict() and not into parameters()."""

    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__(num_features, eps, momentum)
        del self.running_mean, self.running_var
        self.running_mean = nn.Parameter(torch.zeros(num_features), requires_grad=False)
        self.running_var = nn.Parameter(torch.ones(num_features), requires_grad=False)


@misconception(BatchNorm2d)
class running_statistics_with_gradients(_BatchNorm):
    """The running statistics are numbers to be kept: without torch.no_grad() around their update, or detach(), each
    holds the graph of all batches so far, which fills the memory and cannot be gone through a second time."""

    def update(self, x, mean, variance):
        unbiased = x.var((0, 2, 3), unbiased=True)
        self.running_mean = (1 - self.momentum) * self.running_mean + self.momentum * mean.flatten()
        self.running_var = (1 - self.momentum) * self.running_var + self.momentum * unbiased


@misconception(BatchNorm2d)
class gradients_past_detached_statistics(_BatchNorm):
    """Mean and variance depend on the input, so the gradient flows through them: no detach and no no_grad there."""

    def statistics(self, x):
        mean, variance = super().statistics(x)
        return mean.detach(), variance.detach()


@misconception(BatchNorm2d)
class weight_and_bias_left_out(_BatchNorm):
    """After the normalisation each channel is multiplied by its weight and its bias is added."""

    def forward(self, x):
        zero = self.weight.sum() * 0
        return (super().forward(x) - self.bias[:, None, None]) / self.weight[:, None, None] + zero


@reference(points=2)
class SimpleCNNBatchNorm(nn.Module):
    """SimpleCNN has two places where a normalisation helps. Between which layers do they lie?

    Take SimpleCNN and add a layer after each convolution that knows the number of its channels; ReLU and pooling come
    after it.

    In the chapter: SimpleCNN with BatchNorm. In the documentation: torch.nn.BatchNorm2d.
    """

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1, self.bn1 = nn.Conv2d(in_channels, 16, 3, padding=1), nn.BatchNorm2d(16)
        self.conv2, self.bn2 = nn.Conv2d(16, 32, 3, padding=1), nn.BatchNorm2d(32)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(self.flat(x))

    def flat(self, maps):
        return maps.flatten(1)


@alternative(SimpleCNNBatchNorm)
class NormalisedChannelsLast(ChannelsLast, SimpleCNNBatchNorm.right):
    pass


@alternative(SimpleCNNBatchNorm)
class NormalisedBareMatrices(BareMatrices, SimpleCNNBatchNorm.right):
    pass


@check(SimpleCNNBatchNorm, points=0.5, probe="parameters", counts_with=("logits_in_eval_mode",))
def parameters_with_batchnorm(draw):
    """By default there are 20,586 registered parameters"""
    yield case().given(inputs=[draw.normal(2, 1, 28, 28)])


@check(SimpleCNNBatchNorm, points=0.5, probe="forward", compare="agrees", rtol=1e-4, picture="stages")
def logits_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU and pooling twice, then the linear layer"""
    yield case().given(inputs=[draw.normal(3, 1, 28, 28)], seed=draw.seed())
    yield case(in_channels=3, num_classes=5).given(inputs=[draw.normal(2, 3, 28, 28)], seed=draw.seed())


@check(SimpleCNNBatchNorm, points=0.5, probe="normalised", compare="normalises", counts_with=("logits_in_eval_mode",))
def two_layers_normalise(draw):
    """Two layers normalise their batch in training mode"""
    yield case().given(inputs=[draw.normal(4, 1, 28, 28)], named="BatchNorm")


@check(SimpleCNNBatchNorm, points=0.25, probe="forward", compare="agrees", rtol=1e-4)
def logits_in_training_mode(draw):
    """In training mode BatchNorm uses the batch, and nothing is random"""
    yield case().given(inputs=[draw.normal(4, 1, 28, 28)], seed=draw.seed(), mode="train")


@check(SimpleCNNBatchNorm, points=0.25, probe="gradients", compare="all_reached", counts_with=("logits_in_eval_mode",))
def all_of_it_learns(draw):
    """The gradient reaches every parameter"""
    yield case().given(inputs=[draw.normal(4, 1, 28, 28)])


@misconception(SimpleCNNBatchNorm)
class batchnorm_is_missing(SimpleCNNBatchNorm.right):
    """Each convolution is followed by a BatchNorm; here none is."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.bn1, self.bn2 = nn.Identity(), nn.Identity()


@misconception(SimpleCNNBatchNorm)
class features_without_gradients(SimpleCNNBatchNorm.right):
    """detach() cuts the convolutions off from the loss, so that only the last layer learns."""

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2)
        x = F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2)
        return self.fc(x.flatten(1).detach())


@misconception(SimpleCNNBatchNorm)
class dropout_before_the_linear_layer(SimpleCNNBatchNorm.right):
    """This network has no dropout: nothing in it is random, in training mode either."""

    def flat(self, maps):
        return F.dropout(super().flat(maps), 0.5, self.training)


@misconception(SimpleCNNBatchNorm)
class batchnorm_after_the_relu(SimpleCNNBatchNorm.right):
    """BatchNorm comes between the convolution and its ReLU, not after the ReLU."""

    def forward(self, x):
        x = F.max_pool2d(self.bn1(F.relu(self.conv1(x))), 2)
        return self.fc(F.max_pool2d(self.bn2(F.relu(self.conv2(x))), 2).flatten(1))


@misconception(SimpleCNNBatchNorm)
class batchnorm_after_the_pool(SimpleCNNBatchNorm.right):
    """BatchNorm comes right after the convolution, before the ReLU and the pooling."""

    def forward(self, x):
        x = F.relu(self.bn1(F.max_pool2d(self.conv1(x), 2)))
        return self.fc(F.relu(self.bn2(F.max_pool2d(self.conv2(x), 2))).flatten(1))


@misconception(SimpleCNNBatchNorm)
class relus_are_missing(SimpleCNNBatchNorm.right):
    """BatchNorm does not replace the ReLU: both follow each convolution."""

    def forward(self, x):
        x = F.max_pool2d(self.bn1(self.conv1(x)), 2)
        return self.fc(F.max_pool2d(self.bn2(self.conv2(x)), 2).flatten(1))


@misconception(SimpleCNNBatchNorm)
class only_the_first_batchnorm(SimpleCNNBatchNorm.right):
    """Both convolutions are followed by a BatchNorm, the second one too."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.bn2 = nn.Identity()


@misconception(SimpleCNNBatchNorm)
class biases_switched_off(SimpleCNNBatchNorm.right):
    """bias=False is a good habit before BatchNorm, but the network of this exercise keeps the biases: 20,586 in all."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1, bias=False)


@reference(points=3, training_seconds=60)
class DeepCNN(nn.Module):
    """Write down the layers of both variants below each other: where do they differ?

    Collect the layers in a loop over the four convolutions. The normalisation joins only if it is asked for, the ReLU
    always, and a pooling after every second one.

    In the chapter: what BatchNorm does for deeper networks. In the documentation: torch.nn.Sequential.
    """

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__()
        widths = [in_channels, 8, 8, 16, 16]
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in itertools.pairwise(widths))
        self.norms = nn.ModuleList(nn.BatchNorm2d(b) if batch_norm else nn.Identity() for b in widths[1:])
        self.fc = nn.Linear(16 * 7 * 7, num_classes)

    def forward(self, x):
        for i, (conv, norm) in enumerate(zip(self.convs, self.norms, strict=True)):
            x = F.relu(norm(conv(x)))
            if i % 2:
                x = F.max_pool2d(x, 2)
        return self.fc(self.flat(x))

    def flat(self, maps):
        return maps.flatten(1)


@alternative(DeepCNN)
class DeepChannelsLast(ChannelsLast, DeepCNN.right):
    pass


@alternative(DeepCNN)
class DeepBareMatrices(BareMatrices, DeepCNN.right):
    pass


@check(DeepCNN, points=0.5, probe="parameters", counts_with=("deep_with_batchnorm",))
def deep_parameters(draw):
    """There are 12,002 parameters, with BatchNorm 12,098"""
    yield case().given(inputs=[draw.normal(2, 1, 28, 28)])
    yield case(batch_norm=True).given(inputs=[draw.normal(2, 1, 28, 28)])


@check(DeepCNN, points=0.5, probe="forward", compare="agrees", picture="stages")
def deep_without_batchnorm(draw):
    """Without BatchNorm: two convolutions and a pooling, twice"""
    yield case().given(inputs=[draw.normal(2, 1, 28, 28)], seed=draw.seed())
    yield case().given(inputs=[draw.normal(2, 1, 28, 28)], seed=draw.seed(), mode="train")


@check(DeepCNN, points=0.5, probe="forward", compare="agrees", rtol=1e-4)
def deep_with_batchnorm(draw):
    """With BatchNorm: one before each ReLU"""
    yield case(True).given(inputs=[draw.normal(2, 1, 28, 28)], seed=draw.seed())
    yield case(batch_norm=True, in_channels=3, num_classes=4).given(
        inputs=[draw.normal(2, 3, 28, 28)], seed=draw.seed()
    )


@check(DeepCNN, points=0.5, probe="normalised", compare="normalises", counts_with=("deep_with_batchnorm",))
def four_layers_or_none(draw):
    """Four layers normalise with batch_norm=True, none without"""
    yield case(batch_norm=True).given(inputs=[draw.normal(4, 1, 28, 28)], named="BatchNorm")
    yield case(batch_norm=False).given(inputs=[draw.normal(4, 1, 28, 28)], named="BatchNorm")


@check(
    DeepCNN,
    points=1,
    probe="train_pair",
    measure="loss_ratio",
    least=1.15,
    tells="without BatchNorm the loss stays {value:.2f} times as high, expected at least {threshold:.2f}",
)
def batchnorm_learns_faster(draw):
    """After 60 steps of SGD the loss with BatchNorm is lower than without"""
    for _ in range(3):
        yield classifying(draw, case(), tested=256, **FASTER).expecting(pair=list(FASTER["pair"]), watched=20)


@misconception(DeepCNN)
class always_with_batchnorm(DeepCNN.right):
    """The network without BatchNorm is needed for the comparison: batch_norm=False leaves all four out."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(True, in_channels, num_classes)


@misconception(DeepCNN)
class never_with_batchnorm(DeepCNN.right):
    """batch_norm=True has no effect here; it is to put a BatchNorm before each of the four ReLUs."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(False, in_channels, num_classes)


@misconception(DeepCNN)
class batchnorm_the_wrong_way_round(DeepCNN.right):
    """It is the other way round: batch_norm=True puts a BatchNorm before each of the four ReLUs, and batch_norm=False
    leaves all four out."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(not batch_norm, in_channels, num_classes)


@misconception(DeepCNN)
class deep_dropout(DeepCNN.right):
    """Neither variant has dropout: nothing in them is random, in training mode either."""

    def flat(self, maps):
        return F.dropout(super().flat(maps), 0.5, self.training)


@misconception(DeepCNN)
class deep_biases_switched_off(DeepCNN.right):
    """The convolutions of this exercise keep their biases, with BatchNorm and without: leave bias=True."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(batch_norm, in_channels, num_classes)
        for conv in self.convs:
            conv.bias = None


@misconception(DeepCNN)
class biases_switched_off_before_batchnorm(DeepCNN.right):
    """bias=False is a good habit before BatchNorm, but both networks of this exercise keep the biases, so that they
    differ in nothing but BatchNorm."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(batch_norm, in_channels, num_classes)
        for conv in self.convs if batch_norm else ():
            conv.bias = None


@misconception(DeepCNN)
class batchnorm_only_before_pooling(DeepCNN.right):
    """With batch_norm=True each of the four convolutions gets a BatchNorm, not only every second one."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(batch_norm, in_channels, num_classes)
        self.norms[0] = self.norms[2] = nn.Identity()


@misconception(DeepCNN)
class deep_batchnorm_after_the_relu(DeepCNN.right):
    """BatchNorm comes between each convolution and its ReLU, not after the ReLU."""

    def forward(self, x):
        for i, (conv, norm) in enumerate(zip(self.convs, self.norms, strict=True)):
            x = norm(F.relu(conv(x)))
            if i % 2:
                x = F.max_pool2d(x, 2)
        return self.fc(x.flatten(1))


@misconception(DeepCNN)
class a_relu_for_each_pair(DeepCNN.right):
    """Every convolution is followed by a ReLU, also the first one of each pair."""

    def forward(self, x):
        for i, (conv, norm) in enumerate(zip(self.convs, self.norms, strict=True)):
            x = norm(conv(x))
            if i % 2:
                x = F.max_pool2d(F.relu(x), 2)
        return self.fc(x.flatten(1))


@reference(points=2.5, seconds=30, training_seconds=60)
def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """What has to be the same for both networks, so that the comparison is fair?

    Set the seed before each network is made, and draw the batches of both from the same seed. Then one training loop
    serves both: a batch, its loss, gradients cleared and computed, a step of plain SGD, and the loss noted as a float.

    In the chapter: the loss curves with and without BatchNorm. In the documentation: torch.optim.SGD and
    torch.manual_seed.
    """
    curves = {}
    for name, batch_norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        generator = torch.Generator().manual_seed(seed)
        curves[name] = []
        for _ in range(steps):
            rows = torch.randint(len(images), (batch_size,), generator=generator)
            loss = F.cross_entropy(model(images[rows]), labels[rows])
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            curves[name].append(loss.item())
    return curves


OF_CURVES = {"training": True, "needs": ("a_loss_for_every_step",), "counts_with": ("trains_deep_networks",)}


@check(
    compare_batchnorm,
    points=0.25,
    compare="loss_curves",
    start=2.302585,
    slack=2.0,  # other initialisations than torch's start up to 1.5 above, and BatchNorm's first loss varies by 1
    training=True,
    counts_with=("trains_deep_networks",),
)
def a_loss_for_every_step(draw):
    """Both curves have a loss for every step, and start near ln 10"""
    yield case(draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96), steps=5, batch_size=32)
    yield case(draw.uniform(50, 1, 28, 28), draw.integers(0, 9, 50), lr=0.05, steps=3, batch_size=16, seed=3)


@check(compare_batchnorm, points=0.25, probe="compared", compare="agrees", rtol=1e-4, training=True)
def trains_deep_networks(draw):
    """Two networks are trained: DeepCNN without and with BatchNorm"""
    images, labels = draw.uniform(32, 1, 28, 28), draw.integers(0, 9, 32)
    for which in 0, 1:
        yield case(images, labels, steps=2, batch_size=16, seed=draw.integer(0, 999)).given(
            which=which, among=2, inputs=[draw.normal(2, 1, 28, 28)], seed=draw.seed()
        )


@check(
    compare_batchnorm,
    points=0.25,
    compare="parts_agree",
    why="two comparisons with the same seed give other losses: weights and batches are to come from the seed",
    rtol=1e-4,
    **OF_CURVES,
)
def the_seed_decides(draw):
    """The same seed gives the same curves again"""
    yield case(draw.uniform(64, 1, 28, 28), draw.integers(0, 9, 64), steps=3, batch_size=16, seed=5).given(times=2)


@check(
    compare_batchnorm,
    points=0.25,
    probe="curves_by_seed",
    compare="pairs_differ",
    why="two comparisons with different seeds give the same losses: neither weights nor batches come from the seed",
    least=1e-6,
    **OF_CURVES,
)
def another_seed_gives_others(draw):
    """Another seed gives other curves"""
    yield case(draw.uniform(64, 1, 28, 28), draw.integers(0, 9, 64), steps=3, batch_size=16).given(
        names=["plain", "batchnorm"], seeds=[5, 8]
    )


@check(
    compare_batchnorm,
    points=0.25,
    probe="first_weights",
    compare="parts_agree",
    why=STARTS,
    **OF_CURVES,
)
def both_start_alike(draw):
    """Both networks start from the same weights"""
    yield case(draw.uniform(32, 1, 28, 28), draw.integers(0, 9, 32), steps=2, batch_size=16, seed=4).given(among=2)


@check(
    compare_batchnorm,
    points=0.25,
    probe="batches_seen",
    compare="parts_agree",
    why="the two networks see different batches: what then makes the difference, BatchNorm or the images?",
    **OF_CURVES,
)
def same_batches_for_both(draw):
    """Both networks see the same batches in the same order"""
    yield case(draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96), steps=4, batch_size=16, seed=7).given(among=2)


@check(
    compare_batchnorm,
    points=0.25,
    probe="first_and_last_batch",
    compare="parts_differ",
    why="the last step trains on the images of the first one: each step takes a batch of its own",
    **OF_CURVES,
)
def a_batch_for_every_step(draw):
    """Each step trains on a batch of its own"""
    yield case(draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96), steps=4, batch_size=16, seed=7).given(among=2)


@check(
    compare_batchnorm,
    points=0.5,
    probe="replayed",
    compare="parts_agree",
    why="the losses are not those of plain SGD: the same training, repeated from the same weights, gives others",
    rtol=1e-3,
    atol=0.01,
    **OF_CURVES,
)
def tells_its_own_trainings(draw):
    """The losses are those of DeepCNN trained by plain SGD with lr"""
    for lr in 0.05, 0.2:
        images = draw.uniform(1, 1, 28, 28).repeat(48, axis=0)
        labels = draw.integers(0, 9, 1).repeat(48)
        yield case(images, labels, lr=lr, steps=4, batch_size=16, seed=draw.integer(0, 999)).given(
            names=["plain", "batchnorm"], lr=lr, steps=4, batch_size=16
        )


@check(
    compare_batchnorm,
    points=0.25,
    probe="told_and_trained",
    measure="told_ratio",
    least=1.15,
    tells="without BatchNorm the last 20 losses are {value:.2f} times as high, expected at least {threshold:.2f}",
)
def batchnorm_wins(draw):
    """On digits, the loss of the last 20 steps is lower with BatchNorm"""
    known = digits(draw.data)
    for _ in range(6):  # weights that begin as by He et al. (2015) leave BatchNorm less to win
        rows = draw.permutation(TRAIN)[:2000]
        images = make("pictures", known.train_images, rows)
        drawn = case(images, known.train_labels[rows], seed=draw.integer(0, 10**6))
        yield classifying(draw, drawn, tested=256, **FASTER).expecting(
            pair=list(FASTER["pair"]), steps=60, last=20, watched=20
        )


def _curve(model, optimizer, images, labels, batches):
    """The loss of each step of a training on these rows, for misconceptions about what is trained, and how."""
    curve = []
    for rows in batches:
        loss = F.cross_entropy(model(images[rows]), labels[rows])
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return curve


def _drawn(images, steps, batch_size, generator=None):
    """Rows for each step, drawn when it comes."""
    return (torch.randint(len(images), (batch_size,), generator=generator) for _ in range(steps))


def _without_seeds(images, labels, lr, steps, batch_size):
    curves = {}
    for name, batch_norm in ("plain", False), ("batchnorm", True):
        model = DeepCNN(batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        curves[name] = _curve(model, optimizer, images, labels, _drawn(images, steps, batch_size))
    return curves


@misconception(compare_batchnorm)
def seed_set_only_once(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """Set the seed before each of the two networks: else the second one starts elsewhere and sees other batches."""
    torch.manual_seed(seed)
    return _without_seeds(images, labels, lr, steps, batch_size)


@misconception(compare_batchnorm)
def compares_shallow_networks(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The comparison is of DeepCNN: with two convolutions, as in SimpleCNN, BatchNorm shows no reliable advantage."""
    curves = {}
    for name, model in ("plain", batchnorm_is_missing.wrong), ("batchnorm", SimpleCNNBatchNorm.right):
        torch.manual_seed(seed)
        network = model()
        optimizer = torch.optim.SGD(network.parameters(), lr=lr)
        generator = torch.Generator().manual_seed(seed)
        curves[name] = _curve(network, optimizer, images, labels, _drawn(images, steps, batch_size, generator))
    return curves


@misconception(compare_batchnorm)
def learns_with_adam(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The comparison asks for torch.optim.SGD with lr and nothing else, and for gradients that are cleared before each
    step; Adam, for one, adapts its steps and hides the difference."""
    curves = {}
    for name, batch_norm in ("plain", False), ("batchnorm", True):
        torch.manual_seed(seed)
        model = DeepCNN(batch_norm)
        optimizer = torch.optim.Adam(model.parameters(), lr=lr / 100)
        curves[name] = _curve(model, optimizer, images, labels, _drawn(images, steps, batch_size))
    return curves


@misconception(compare_batchnorm)
def one_loss_for_each_network(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The curves hold the loss of every step, not only the last one."""
    curves = compare_batchnorm(images, labels, lr, steps, batch_size, seed)
    return {name: losses[-1:] for name, losses in curves.items()}


@misconception(compare_batchnorm)
def sums_instead_of_means(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The loss is the mean over the batch, so that it starts near ln 10 ≈ 2.303; these are sums."""
    curves = compare_batchnorm(images, labels, lr, steps, batch_size, seed)
    return {name: [batch_size * loss for loss in losses] for name, losses in curves.items()}


@misconception(compare_batchnorm)
def ignores_the_seed(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """Without torch.manual_seed(seed) before each network, weights and batches differ from run to run, and the two
    networks do not start alike."""
    return _without_seeds(images, labels, lr, steps, batch_size)


@misconception(compare_batchnorm)
def losses_as_a_pair(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The result is a dict with the keys "plain" and "batchnorm", not a pair of lists."""
    return tuple(compare_batchnorm(images, labels, lr, steps, batch_size, seed).values())


@misconception(compare_batchnorm)
def curves_under_the_wrong_keys(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """ "plain" is the network without BatchNorm, DeepCNN(batch_norm=False); here it is under the key "batchnorm"."""
    curves = compare_batchnorm(images, labels, lr, steps, batch_size, seed)
    return {"plain": curves["batchnorm"], "batchnorm": curves["plain"]}


def _with_batches(images, labels, lr, rows_of, seeds=(None, None)):
    """Both curves with these rows in these steps, and each network from its own seed, if it is given one."""
    curves = {}
    for seed, name, batch_norm in zip(seeds, ("plain", "batchnorm"), (False, True), strict=True):
        if seed is not None:
            torch.manual_seed(seed)
        model = DeepCNN(batch_norm)
        optimizer = torch.optim.SGD(model.parameters(), lr=lr)
        curves[name] = _curve(model, optimizer, images, labels, rows_of)
    return curves


@misconception(compare_batchnorm)
def another_seed_than_asked_for(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """The seed is an argument: torch.manual_seed(0) gives the same numbers whatever is asked for."""
    return compare_batchnorm(images, labels, lr, steps, batch_size, seed=0)


@misconception(compare_batchnorm)
def seed_set_only_once_for_both_weights(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """Call torch.manual_seed(seed) before making each of the two networks: the second one draws its weights where
    the first one has left off, and starts elsewhere."""
    torch.manual_seed(seed)
    rows = [(step * batch_size + torch.arange(batch_size)) % len(images) for step in range(steps)]
    return _with_batches(images, labels, lr, rows)


@misconception(compare_batchnorm)
def first_batch_in_every_step(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):
    """Every step trains on images[:batch_size], so that the other images are never seen: each step takes its own rows
    of images and labels."""
    return _with_batches(images, labels, lr, [torch.arange(batch_size)] * steps, (seed, seed))
