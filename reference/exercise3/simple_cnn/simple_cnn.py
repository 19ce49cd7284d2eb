"""SimpleCNN."""

import torch  # noqa: F401 - in the words of a mistake
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    accuracy,
    alternative,
    case,
    changed,
    check,
    forward,
    four_initialisations,
    gradients,
    mistakes,
    parameters,
    parts_agree,
    parts_differ,
    reference,
    repeated,
    row_alone,
    superposition,
    train,
    unbounded_scores,
    unchanged,
)

from ..digits import classifying
from ..heads import heads

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give other logits the second time"
NEIGHBOURS = "an image alone gives other logits than the same image within a batch"
LINEAR = "the whole network is an affine map: nothing nonlinear lies between its layers"


@reference(points=9, training_seconds=60)
class SimpleCNN(nn.Module):
    """Follow the shape of one image through the layers on paper: 1×28×28, and then?

    Two rounds of convolution, ReLU and pooling leave 32 maps of 7×7. Flatten all axes but the batch, and end with one
    linear layer: the loss applies the softmax itself.

    In the chapter: SimpleCNN for MNIST. In the documentation: torch.nn.Sequential.
    """

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(32 * 7 * 7, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)  # (N, 16, 14, 14)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)  # (N, 32, 7, 7)
        return self.fc(self.flat(x))

    def flat(self, maps):
        return maps.flatten(1)


ends = heads(SimpleCNN)


@alternative(SimpleCNN)
class TwoHalves(SimpleCNN.right):
    """The linear layer is split in two, one for each half of the maps."""

    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(in_channels, num_classes)
        self.fc = nn.Linear(784, num_classes)
        self.other = nn.Linear(784, num_classes, bias=False)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        first, second = F.max_pool2d(F.relu(self.conv2(x)), 2).chunk(2, dim=1)
        return self.fc(self.flat(first)) + self.other(self.flat(second))


@check(
    SimpleCNN,
    points=0.75,
    ask=repeated,
    compare=parts_agree(why=SHAKY, constant=CONSTANT),
    counts_with=lambda: computes_the_logits,
    picture="stages",
)
def repeatable(draw):
    """In eval mode the same images give the same logits, (N, num_classes)"""
    yield case().on(draw.uniform(3, 1, 28, 28))


@check(SimpleCNN, points=1.25, ask=forward, needs=repeatable, picture="stages")
def computes_the_logits(draw):
    """Convolution, ReLU and pooling twice, then the linear layer"""
    yield case().on(draw.normal(3, 1, 28, 28))


@check(SimpleCNN, points=0.5, ask=forward, needs=repeatable)
def other_channels_and_classes(draw):
    """in_channels and num_classes are free"""
    yield case(2, 3).on(draw.normal(1, 2, 28, 28))
    yield case(in_channels=3, num_classes=5).on(draw.normal(2, 3, 28, 28))


@check(SimpleCNN, points=0.25, ask=forward(mode="train"), needs=repeatable)
def the_same_in_training_mode(draw):
    """In training mode the logits are the same: there is no dropout"""
    yield case().on(draw.normal(2, 1, 28, 28))


@check(SimpleCNN, points=0.75, ask=parameters, counts_with=computes_the_logits)
def parameter_count(draw):
    """By default there are 20,490 registered parameters"""
    yield case().on(draw.uniform(1, 1, 28, 28))
    yield case(3, 7).on(draw.uniform(1, 3, 28, 28))


@check(
    SimpleCNN,
    points=0.5,
    ask=superposition,
    compare=parts_differ(why=LINEAR),
    needs=repeatable,
    counts_with=computes_the_logits,
)
def is_not_linear(draw):
    """A nonlinearity lies between the layers"""
    yield case().on(draw.normal(2, 1, 28, 28), draw.normal(2, 1, 28, 28))


@check(
    SimpleCNN,
    points=0.75,
    ask=four_initialisations,
    compare=unbounded_scores,
    needs=is_not_linear,
    counts_with=computes_the_logits,
)
def returns_logits(draw):
    """The output is logits: no softmax or ReLU follows the last layer"""
    yield case().on(draw.uniform(4, 1, 28, 28))


@check(
    SimpleCNN,
    points=0.25,
    ask=row_alone,
    compare=parts_agree(why=NEIGHBOURS, rtol=1e-3),
    needs=is_not_linear,
    counts_with=computes_the_logits,
)
def rows_are_independent(draw):
    """An image's logits do not depend on the other images of the batch"""
    yield case().on(draw.normal(3, 1, 28, 28))


@check(SimpleCNN, points=0.75, ask=gradients, needs=is_not_linear, counts_with=computes_the_logits)
def every_parameter_learns(draw):
    """The gradient reaches every parameter"""
    yield case().on(draw.uniform(4, 1, 28, 28))


@check(SimpleCNN, points=0.25, ask=changed, compare=unchanged(), needs=repeatable, counts_with=computes_the_logits)
def leaves_images_and_random_state(draw):
    """The images stay as they are; the constructor sets no random seed"""
    yield case().on(draw.normal(2, 1, 28, 28))


@check(
    SimpleCNN,
    points=3,
    ask=train,
    measure=accuracy(
        least=0.93, sentence="{value:.1%} of 2,000 unseen digits are right, expected at least {threshold:.0%}"
    ),
)
def learns_digits(draw):
    """After a short training at least 93 % of unseen digits are right"""
    for _ in range(3):
        yield classifying(draw, case(), epochs=2, batch_size=32, max_lr=1e-2, hopeless=2.2)


wrong = mistakes(
    SimpleCNN,
    """
    softmax_on_the_logits: nn.CrossEntropyLoss applies the softmax itself and expects logits: the last layer's output
        goes out as it is.
        self.fc(self.flat(x)) -> self.fc(self.flat(x)).softmax(1)
    log_softmax_on_the_logits: Log-probabilities suit nn.NLLLoss; here logits are expected, since nn.CrossEntropyLoss
        applies log-softmax itself.
        self.fc(self.flat(x)) -> self.fc(self.flat(x)).log_softmax(1)
    relu_on_the_logits: A ReLU after the last layer cuts off all negative logits; activations belong between the layers
        only.
        self.fc(self.flat(x)) -> F.relu(self.fc(self.flat(x)))
    sigmoid_on_the_logits: A sigmoid squeezes the logits into (0, 1); nn.CrossEntropyLoss expects them as the last layer
        gives them.
        self.fc(self.flat(x)) -> self.fc(self.flat(x)).sigmoid()
    no_nonlinearity: Each convolution is followed by a ReLU; without one, stacked layers stay nearly one linear map.
        F.relu(self.conv1(x)) -> self.conv1(x)
        F.relu(self.conv2(x)) -> self.conv2(x)
    first_relu_missing: The first convolution needs its ReLU as well as the second one.
        F.relu(self.conv1(x)) -> self.conv1(x)
    second_relu_missing: The second convolution needs its ReLU as well as the first one.
        F.relu(self.conv2(x)) -> self.conv2(x)
    linear_all_the_way: Average pooling without ReLU leaves the whole network linear, so it can do no more than one
        linear layer.
        F.max_pool2d(F.relu(self.conv1(x)), 2) -> F.avg_pool2d(self.conv1(x), 2)
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.avg_pool2d(self.conv2(x), 2)
    mean_pooling: The exercise asks for max pooling; average pooling blurs instead of keeping the strongest response.
        F.max_pool2d(F.relu(self.conv1(x)), 2) -> F.avg_pool2d(F.relu(self.conv1(x)), 2)
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.avg_pool2d(F.relu(self.conv2(x)), 2)
    linear_layer_before_the_second_pool: The linear layer takes 32 · 14 · 14 = 6272 values, the size before the second
        pooling. Pooling comes after both convolutions, 28 → 14 → 7, so 32 · 7 · 7 = 1568 values are left.
        32 * 7 * 7 -> 32 * 14 * 14
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.relu(self.conv2(x))
    flattened_size_of_one_pool: The network pools twice, 28 → 14 → 7, so 32 · 7 · 7 = 1568 values reach the linear
        layer; 32 · 14 · 14 = 6272 is the size before the second pooling.
        32 * 7 * 7 -> 32 * 14 * 14
    no_padding: Without padding=1 each 3×3 convolution shrinks the image by 2; with it, 28 stays 28 until the pooling.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(in_channels, 16, 3)
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(16, 32, 3)
        32 * 7 * 7 -> 32 * 5 * 5
    convolutions_without_biases: The convolutions of this exercise have biases: leave bias=True. Without them 48 of the
        20,490 parameters are missing.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(in_channels, 16, 3, padding=1, bias=False)
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(16, 32, 3, padding=1, bias=False)
    layers_in_a_plain_list: Layers kept in a plain Python list are not registered: the optimizer never sees them.
        nn.ModuleList does it.
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1) -> self.convs = [nn.Conv2d(in_channels, 16, 3, padding=1)]
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1) -> self.convs += [nn.Conv2d(16, 32, 3, padding=1)]
        self.conv1(x) -> self.convs[0](x)
        self.conv2(x) -> self.convs[1](x)
    flattens_the_batch: Flattening keeps the batch axis: start at axis 1, so that (N, 32, 7, 7) becomes (N, 1568).
        self.flat(x) -> x.flatten()
    forward_without_gradients: torch.no_grad() in forward records nothing for the backward pass, so nothing can be
        learned; it belongs around the evaluation.
        return self.fc(self.flat(x)) -> with torch.no_grad(): return self.fc(self.flat(x))
    detaches_the_features: detach() cuts the convolutions off from the loss: only the last layer still learns.
        self.flat(x) -> self.flat(x).detach()
    dropout_left_on_in_eval: F.dropout is on by default, in eval mode too: nn.Dropout follows the mode, F.dropout needs
        training=self.training. This network needs none.
        self.conv1(x) -> self.conv1(F.dropout(x))
    dropout_in_training: This network has no dropout: in training mode it computes the same as in eval mode.
        self.flat(x) -> F.dropout(self.flat(x), 0.5, self.training)
    grey_images_only: The first convolution takes in_channels channels, and 1 is only the default.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(1, 16, 3, padding=1)
    ten_classes_only: The linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(32 * 7 * 7, num_classes) -> nn.Linear(32 * 7 * 7, 10)
    seed_set_in_the_constructor: torch.manual_seed changes the random numbers of the whole program: set a seed once, in
        the script that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    strides_instead_of_pooling: Each ReLU is followed by a max pooling, which keeps the largest of four values. A
        convolution with stride 2 halves the size as well, but skips positions.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(in_channels, 16, 3, stride=2, padding=1)
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(16, 32, 3, stride=2, padding=1)
        F.max_pool2d(F.relu(self.conv1(x)), 2) -> F.relu(self.conv1(x))
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.relu(self.conv2(x))
    stride_instead_of_the_second_pooling: Both ReLUs are followed by a max pooling. A convolution with stride 2 halves
        the size as well, but it skips positions instead of keeping the largest value.
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(16, 32, 3, stride=2, padding=1)
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.relu(self.conv2(x))
    twice_as_many_channels: The first convolution gives 16 channels and the second one 32; here there are 32 and 64.
        nn.Conv2d(in_channels, 16, 3, padding=1) -> nn.Conv2d(in_channels, 32, 3, padding=1)
        nn.Conv2d(16, 32, 3, padding=1) -> nn.Conv2d(32, 64, 3, padding=1)
        32 * 7 * 7 -> 64 * 7 * 7
    hidden_layer_of_128: One linear layer leads from the 1568 values to the logits; here another one with 128 values
        lies between them.
        super().__init__() -> super().__init__(); self.fc1 = nn.Linear(1568, 128)
        nn.Linear(32 * 7 * 7, num_classes) -> nn.Linear(128, num_classes)
        self.fc(self.flat(x)) -> self.fc(F.relu(self.fc1(self.flat(x))))
    unused_layer_of_128: The constructor makes a linear layer to 128 values that forward does not use. Its weights count
        as parameters and never learn.
        super().__init__() -> super().__init__(); self.fc1 = nn.Linear(1568, 128)
    linear_layer_made_in_forward: Layers are made once, in __init__. A layer that forward makes is random in every call,
        and the optimizer never sees it.
        self.fc = nn.Linear(32 * 7 * 7, num_classes) -> self.num_classes = num_classes
        self.fc(self.flat(x)) -> nn.Linear(1568, self.num_classes)(self.flat(x))
    leaky_relus: The activation is the ReLU, which gives 0 for negative values; a leaky ReLU lets a part of them
        through.
        F.relu(self.conv1(x)) -> F.leaky_relu(self.conv1(x))
        F.relu(self.conv2(x)) -> F.leaky_relu(self.conv2(x))
    squeezed_logits: squeeze() removes every axis of length 1, so a batch of one image loses its batch axis. The result
        is (N, num_classes) for every N.
        self.fc(self.flat(x)) -> self.fc(self.flat(x)).squeeze()
    standardised_by_the_batch: The images go into the first convolution as they are. Subtracting the mean of the batch
        makes the logits of an image depend on the others.
        self.conv1(x) -> self.conv1((x - x.mean()) / (x.std() + 1e-7))
    """,
)
