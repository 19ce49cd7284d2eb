"""DeepCNN."""

import itertools

import torch  # noqa: F401 - in the words of a mistake
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    case,
    changed,
    check,
    forward,
    gradients,
    misconception,
    mistakes,
    parameters,
    reference,
    unchanged,
)

from ..digits import classifying
from ..heads import heads
from ..judging import loss_ratio, normalises
from ..probes.normalisation import normalised
from ..probes.trainings import train_pair
from .shared import FASTER


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


ends = heads(DeepCNN)


@check(DeepCNN, points=0.5, ask=forward, picture="stages")
def deep_without_batchnorm(draw):
    """Without BatchNorm: two convolutions and a pooling, twice"""
    yield case().on(draw.normal(2, 1, 28, 28))
    yield case().on(draw.normal(2, 1, 28, 28)).given(mode="train")


@check(DeepCNN, points=0.5, ask=forward, compare=agrees(rtol=1e-4))
def deep_with_batchnorm(draw):
    """With BatchNorm: one before each ReLU"""
    yield case(True).on(draw.normal(2, 1, 28, 28))
    yield case(batch_norm=True, in_channels=3, num_classes=4).on(draw.normal(2, 3, 28, 28))


@check(DeepCNN, points=0.5, ask=parameters, counts_with=deep_with_batchnorm)
def deep_parameters(draw):
    """There are 12,002 parameters, with BatchNorm 12,098"""
    yield case().on(draw.normal(2, 1, 28, 28))
    yield case(batch_norm=True).on(draw.normal(2, 1, 28, 28))
    yield case(False, 3, 4).on(draw.normal(2, 3, 28, 28))


@check(DeepCNN, points=0.25, ask=normalised, compare=normalises, counts_with=deep_with_batchnorm)
def four_layers_or_none(draw):
    """Four layers normalise with batch_norm=True, none without"""
    yield case(batch_norm=True).on(draw.normal(4, 1, 28, 28))
    yield case(batch_norm=False).on(draw.normal(4, 1, 28, 28))


@check(DeepCNN, points=0.5, ask=gradients, counts_with=deep_with_batchnorm)
def all_of_deep_cnn_learns(draw):
    """The gradient reaches every parameter"""
    yield case(batch_norm=True).on(draw.normal(4, 1, 28, 28))


@check(DeepCNN, points=0.25, ask=changed, compare=unchanged(), counts_with=deep_with_batchnorm)
def deep_eval_changes_nothing(draw):
    """Eval mode changes no image and no statistics; no random seed is set"""
    yield case(batch_norm=True).on(draw.normal(2, 1, 28, 28))


@check(
    DeepCNN,
    points=0.5,
    ask=train_pair,
    measure=loss_ratio(
        least=2.0,
        sentence="without BatchNorm the loss stays {value:.2f} times as high, expected at least {threshold:.2f}",
    ),
)
def batchnorm_learns_faster(draw):
    """After 60 steps of SGD the loss with BatchNorm is lower than without"""
    for _ in range(3):
        yield classifying(draw, case(), tested=256, **FASTER).expecting(pair=list(FASTER["pair"]), watched=20)


wrong = mistakes(
    DeepCNN,
    """
    deep_features_detached: detach() cuts the convolutions off from the loss: only the last layer still learns.
        self.flat(x) -> self.flat(x).detach()
    deep_seed_in_the_constructor: torch.manual_seed changes the random numbers of the whole program: set a seed once, in
        the script that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    always_with_batchnorm: The network without BatchNorm is needed for the comparison: batch_norm=False leaves all four
        out.
        nn.BatchNorm2d(b) if batch_norm else nn.Identity() -> nn.BatchNorm2d(b)
    batchnorm_by_default: Without arguments it has no BatchNorm: the default of batch_norm is False.
        batch_norm=False -> batch_norm=True
    never_with_batchnorm: batch_norm=True has no effect here; it is to put a BatchNorm before each of the four ReLUs.
        nn.BatchNorm2d(b) if batch_norm else nn.Identity() -> nn.Identity()
    batchnorm_the_wrong_way_round: It is the other way round: batch_norm=True puts a BatchNorm before each of the four
        ReLUs, and batch_norm=False leaves all four out.
        nn.BatchNorm2d(b) if batch_norm else nn.Identity() -> nn.Identity() if batch_norm else nn.BatchNorm2d(b)
    deep_dropout: Neither variant has dropout: nothing in them is random, in training mode either.
        self.flat(x) -> F.dropout(self.flat(x), 0.5, self.training)
    deep_biases_switched_off: The convolutions of this exercise keep their biases, with BatchNorm and without: leave
        bias=True.
        nn.Conv2d(a, b, 3, padding=1) -> nn.Conv2d(a, b, 3, padding=1, bias=False)
    biases_switched_off_before_batchnorm: bias=False is a good habit before BatchNorm, but both networks of this
        exercise keep the biases, so that they differ in nothing but BatchNorm.
        nn.Conv2d(a, b, 3, padding=1) -> nn.Conv2d(a, b, 3, padding=1, bias=not batch_norm)
    deep_batchnorm_after_the_relu: BatchNorm comes between each convolution and its ReLU, not after the ReLU.
        F.relu(norm(conv(x))) -> norm(F.relu(conv(x)))
    a_relu_for_each_pair: Every convolution is followed by a ReLU, also the first one of each pair.
        F.relu(norm(conv(x))) -> norm(conv(x))
        F.max_pool2d(x, 2) -> F.max_pool2d(F.relu(x), 2)
    deep_batchnorm_made_in_any_case: With batch_norm=False the constructor makes no BatchNorm layers. Layers that
        forward does not use count as parameters, too.
        super().__init__() -> super().__init__(); self.with_norm = batch_norm
        nn.BatchNorm2d(b) if batch_norm else nn.Identity() -> nn.BatchNorm2d(b)
        norm(conv(x)) -> norm(conv(x)) if self.with_norm else conv(x)
    deep_arguments_in_another_order: The arguments are batch_norm, in_channels, num_classes, in this order:
        DeepCNN(True) has BatchNorm.
        batch_norm=False -> in_channels=1
        in_channels=1 -> num_classes=10
        num_classes=10 -> batch_norm=False
    deep_grey_images_only: The first convolution takes in_channels channels, and 1 is only the default.
        [in_channels, 8, 8, 16, 16] -> [1, 8, 8, 16, 16]
    deep_ten_classes_only: The linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(16 * 7 * 7, num_classes) -> nn.Linear(16 * 7 * 7, 10)
    deep_last_relu_missing: A ReLU follows each of the four convolutions, the last one too.
        F.relu(norm(conv(x))) -> (norm(conv(x)) if i == 3 else F.relu(norm(conv(x))))
    deep_with_three_convolutions: There are four convolutions, two before each pooling; here the last one, from 16 to 16
        channels, is missing.
        [in_channels, 8, 8, 16, 16] -> [in_channels, 8, 8, 16]
        i % 2 -> i
    deep_widths_grow_early: The channels are 8, 8, 16, 16: the second convolution keeps 8, and the third one widens to
        16.
        [in_channels, 8, 8, 16, 16] -> [in_channels, 8, 16, 16, 16]
    deep_batchnorm_after_the_pooling: BatchNorm comes right after each convolution, before the ReLU and the pooling.
        F.relu(norm(conv(x))) -> F.relu(norm(F.max_pool2d(conv(x), 2) if i % 2 else conv(x)))
        x = F.max_pool2d(x, 2) -> pass
    deep_batchnorm_without_running_statistics: track_running_stats=False makes BatchNorm use the batch in eval mode,
        too. There the running statistics are to take its place.
        nn.BatchNorm2d(b) -> nn.BatchNorm2d(b, track_running_stats=False)
    """,
)


@misconception(DeepCNN)
class batchnorm_only_before_pooling(DeepCNN.right):
    """With batch_norm=True each of the four convolutions gets a BatchNorm, not only every second one."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(batch_norm, in_channels, num_classes)
        self.norms[0] = self.norms[2] = nn.Identity()


@misconception(DeepCNN)
class batchnorm_in_the_first_half(DeepCNN.right):
    """With batch_norm=True each of the four convolutions gets a BatchNorm, also the two after the first pooling."""

    def __init__(self, batch_norm=False, in_channels=1, num_classes=10):
        super().__init__(batch_norm, in_channels, num_classes)
        self.norms[2] = self.norms[3] = nn.Identity()
