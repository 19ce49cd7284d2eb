"""SimpleCNNBatchNorm."""

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
    mistakes,
    parameters,
    reference,
    unchanged,
)

from ..heads import heads
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


ends = heads(SimpleCNNBatchNorm)


@check(SimpleCNNBatchNorm, points=0.5, ask=forward, compare=agrees(rtol=1e-4), picture="stages")
def logits_in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU and pooling twice, then the linear layer"""
    yield case().on(draw.normal(3, 1, 28, 28))
    yield case(in_channels=3, num_classes=5).on(draw.normal(2, 3, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=parameters, counts_with=logits_in_eval_mode)
def parameters_with_batchnorm(draw):
    """By default there are 20,586 registered parameters"""
    yield case().on(draw.normal(2, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=normalised, compare=normalises, counts_with=logits_in_eval_mode)
def two_layers_normalise(draw):
    """Two layers normalise their batch in training mode"""
    yield case().on(draw.normal(4, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4))
def logits_in_training_mode(draw):
    """In training mode BatchNorm uses the batch, and nothing is random"""
    yield case().on(draw.normal(4, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.5, ask=gradients, counts_with=logits_in_eval_mode)
def all_of_it_learns(draw):
    """The gradient reaches every parameter"""
    yield case().on(draw.normal(4, 1, 28, 28))


@check(SimpleCNNBatchNorm, points=0.25, ask=changed, compare=unchanged(), counts_with=logits_in_eval_mode)
def eval_changes_nothing(draw):
    """Eval mode changes no image and no statistics; no random seed is set"""
    yield case().on(draw.normal(2, 1, 28, 28))


wrong = mistakes(
    SimpleCNNBatchNorm,
    """
    seed_in_the_constructor: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the
        script that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    batchnorm_is_missing: Each convolution is followed by a BatchNorm; here none is.
        nn.BatchNorm2d(16) -> nn.Identity()
        nn.BatchNorm2d(32) -> nn.Identity()
    features_without_gradients: detach() cuts the convolutions off from the loss, so that only the last layer learns.
        self.flat(x) -> self.flat(x).detach()
    dropout_before_the_linear_layer: This network has no dropout: nothing in it is random, in training mode either.
        self.flat(x) -> F.dropout(self.flat(x), 0.5, self.training)
    batchnorm_after_the_relu: BatchNorm comes between the convolution and its ReLU, not after the ReLU.
        F.relu(self.bn1(self.conv1(x))) -> self.bn1(F.relu(self.conv1(x)))
        F.relu(self.bn2(self.conv2(x))) -> self.bn2(F.relu(self.conv2(x)))
    batchnorm_after_the_pool: BatchNorm comes right after the convolution, before the ReLU and the pooling.
        F.max_pool2d(F.relu(self.bn1(self.conv1(x))), 2) -> F.relu(self.bn1(F.max_pool2d(self.conv1(x), 2)))
        F.max_pool2d(F.relu(self.bn2(self.conv2(x))), 2) -> F.relu(self.bn2(F.max_pool2d(self.conv2(x), 2)))
    relus_are_missing: BatchNorm does not replace the ReLU: both follow each convolution.
        F.relu(self.bn1(self.conv1(x))) -> self.bn1(self.conv1(x))
        F.relu(self.bn2(self.conv2(x))) -> self.bn2(self.conv2(x))
    only_the_first_batchnorm: Both convolutions are followed by a BatchNorm, the second one too.
        nn.BatchNorm2d(32) -> nn.Identity()
    biases_switched_off: bias=False is a good habit before BatchNorm, but the network of this exercise keeps the biases:
        20,586 in all.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(16, 32, 3, padding=1, bias=False)
    """,
)
