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
    misconception,
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
    yield case(3, 7).on(draw.normal(2, 3, 28, 28))


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
    batchnorm_is_made_but_not_used: The constructor makes the BatchNorm layers, but forward does not call them.
        self.bn1(self.conv1(x)) -> self.conv1(x)
        self.bn2(self.conv2(x)) -> self.conv2(x)
    batchnorm_in_training_only: BatchNorm normalises in eval mode as well, there with the running statistics: the layers
        stay in both modes.
        self.bn1(self.conv1(x)) -> (self.bn1(self.conv1(x)) if self.training else self.conv1(x))
        self.bn2(self.conv2(x)) -> (self.bn2(self.conv2(x)) if self.training else self.conv2(x))
    batchnorm_without_its_weights: Each BatchNorm has a weight and a bias for each channel, which it learns;
        affine=False leaves these 96 parameters out.
        nn.BatchNorm2d(16) -> nn.BatchNorm2d(16, affine=False)
        nn.BatchNorm2d(32) -> nn.BatchNorm2d(32, affine=False)
    batchnorm_without_running_statistics: track_running_stats=False makes BatchNorm use the batch in eval mode, too.
        There the running statistics are to take its place.
        nn.BatchNorm2d(16) -> nn.BatchNorm2d(16, track_running_stats=False)
        nn.BatchNorm2d(32) -> nn.BatchNorm2d(32, track_running_stats=False)
    batchnorm_always_in_training_mode: In eval mode BatchNorm uses the running statistics and leaves them as they are;
        here it behaves as in training mode.
        self.bn1(self.conv1(x)) -> self.bn1.train()(self.conv1(x))
        self.bn2(self.conv2(x)) -> self.bn2.train()(self.conv2(x))
    group_norm_instead: GroupNorm takes the statistics of one image over groups of channels. The exercise asks for
        BatchNorm: one mean and one variance for each channel, over the batch.
        nn.BatchNorm2d(16) -> nn.GroupNorm(1, 16)
        nn.BatchNorm2d(32) -> nn.GroupNorm(1, 32)
    first_relu_left_out: A ReLU follows each of the two BatchNorms, the first one too.
        F.relu(self.bn1(self.conv1(x))) -> self.bn1(self.conv1(x))
    second_relu_left_out: A ReLU follows each of the two BatchNorms, the second one too.
        F.relu(self.bn2(self.conv2(x))) -> self.bn2(self.conv2(x))
    always_one_input_channel: The first convolution takes in_channels channels, and 1 is only the default.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(1, 16, 3, padding=1)
    always_ten_logits: The linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(32 * 7 * 7, num_classes) -> nn.Linear(32 * 7 * 7, 10)
    batchnorm_and_log_softmax: The last layer's output goes out as it is, as logits: nn.CrossEntropyLoss applies
        log-softmax itself.
        self.fc(self.flat(x)) -> self.fc(self.flat(x)).log_softmax(1)
    a_quarter_dropped: This network has no dropout: nothing in it is random, in training mode either.
        self.flat(x) -> F.dropout(self.flat(x), 0.25, self.training)
    """,
)


@misconception(SimpleCNNBatchNorm)
class batchnorm_without_its_result(SimpleCNNBatchNorm.right):
    """A BatchNorm changes nothing in place: forward has to go on with what the layer returns."""

    def forward(self, x):
        for conv, norm in (self.conv1, self.bn1), (self.conv2, self.bn2):
            x = conv(x)
            norm(x)
            x = F.max_pool2d(F.relu(x), 2)
        return self.fc(self.flat(x))
