"""SimpleCNNBatchNorm."""

import torch.nn.functional as F
from torch import nn

from autograder.author import (
    agrees,
    alternative,
    case,
    check,
    forward,
    gradients,
    misconception,
    mistakes,
    parameters,
    reference,
)

from ..heads import BareMatrices, ChannelsLast
from ..judging import normalises
from ..probes.normalisation import normalised


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


@check(SimpleCNNBatchNorm, points=0.5, ask=forward, compare=agrees(rtol=1e-4), picture="stages")
def logits_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU and pooling twice, then the linear layer"""
    yield case().on(draw.normal(3, 1, 28, 28))
    yield case(in_channels=3, num_classes=5).on(draw.normal(2, 3, 28, 28))


@check(SimpleCNNBatchNorm, points=0.5, ask=parameters, counts_with=logits_in_eval_mode)
def parameters_with_batchnorm(draw):
    """By default there are 20,586 registered parameters"""
    yield case().on(draw.normal(2, 1, 28, 28))


@check(
    SimpleCNNBatchNorm,
    points=0.5,
    ask=normalised,
    compare=normalises,
    counts_with=logits_in_eval_mode,
)
def two_layers_normalise(draw):
    """Two layers normalise their batch in training mode"""
    yield case().on(draw.normal(4, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def logits_in_training_mode(draw):
    """In training mode BatchNorm uses the batch, and nothing is random"""
    yield case().on(draw.normal(4, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=gradients, counts_with=logits_in_eval_mode)
def all_of_it_learns(draw):
    """The gradient reaches every parameter"""
    yield case().on(draw.normal(4, 1, 28, 28))


@misconception(SimpleCNNBatchNorm)
class batchnorm_is_missing(SimpleCNNBatchNorm.right):
    """Each convolution is followed by a BatchNorm; here none is."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.bn1, self.bn2 = nn.Identity(), nn.Identity()


WRONG = mistakes(
    SimpleCNNBatchNorm,
    """
    features_without_gradients: detach() cuts the convolutions off from the loss, so that only the last layer learns.
        self.flat(x) -> x.flatten(1).detach()
    """,
)


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
