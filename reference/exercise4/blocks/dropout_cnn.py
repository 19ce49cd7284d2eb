"""DropoutCNN."""

import torch  # noqa: F401 - in the words of a mistake
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    alternative,
    case,
    changed,
    check,
    forward,
    mistakes,
    parameters,
    parts_agree,
    parts_differ,
    reference,
    repeated,
    trained_again,
    unchanged,
)

from ..heads import bare_matrices
from ..judging.values import draws
from ..probes.networks import drawn_per_row

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "the same images give other logits the second time in eval mode: dropout is still active"
NOTHING = "in training mode the same images give the same logits again: nothing is dropped"


@reference(points=2.75)
class DropoutCNN(nn.Module):
    """How do three poolings change 32×32, and how many numbers are left then?

    32 becomes 16, 8 and 4, so 128 · 4 · 4 = 2048 numbers reach the first linear layer. Dropout follows the ReLU between
    the two linear layers, and has to know the mode: nn.Dropout knows it by itself.

    In the chapter: the network for CIFAR-10. In the documentation: torch.nn.Dropout.
    """

    def __init__(self, num_classes=10):
        super().__init__()
        self.convs = nn.ModuleList(nn.Conv2d(a, b, 3, padding=1) for a, b in ((3, 32), (32, 64), (64, 128)))
        self.norms = nn.ModuleList(nn.BatchNorm2d(width) for width in (32, 64, 128))
        self.fc1 = nn.Linear(128 * 4 * 4, 256)
        self.drop = nn.Dropout(0.5)
        self.fc2 = nn.Linear(256, num_classes)

    def forward(self, x):
        for conv, norm in zip(self.convs, self.norms, strict=True):
            x = F.max_pool2d(F.relu(norm(conv(x))), 2)
        hidden = F.relu(self.fc1(self.flat(x)))
        return self.fc2(self.drop(hidden))

    def flat(self, maps):
        return maps.flatten(1)


ends = bare_matrices(DropoutCNN)


@alternative(DropoutCNN)
class FlattenedChannelsLast(DropoutCNN.right):
    """The maps are flattened as (N, H, W, C)."""

    def flat(self, maps):
        return maps.permute(0, 2, 3, 1).flatten(1)


@check(DropoutCNN, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY, constant=CONSTANT), picture="stages")
def dropout_is_off_in_eval(draw):
    """In eval mode the same images give the same logits, (N, num_classes)"""
    yield case().on(draw.normal(3, 3, 32, 32))
    yield case(4).on(draw.normal(2, 3, 32, 32))


@check(
    DropoutCNN,
    points=0.5,
    ask=trained_again,
    compare=parts_differ(why=NOTHING, least=1e-4),
    counts_with=dropout_is_off_in_eval,
)
def dropout_is_on_in_training(draw):
    """In training mode the logits are random"""
    yield case().on(draw.normal(4, 3, 32, 32))


@check(
    DropoutCNN,
    points=0.25,
    ask=drawn_per_row,
    compare=draws,
    needs=dropout_is_on_in_training,
    counts_with=dropout_is_off_in_eval,
)
def dropout_of_hidden_numbers(draw):
    """Dropout acts on the 256 numbers between the linear layers, only there"""
    yield case().on(draw.normal(3, 3, 32, 32))


@check(DropoutCNN, points=0.75, ask=forward, needs=dropout_is_off_in_eval)
def values_in_eval_mode(draw):
    """In eval mode the logits have the right values"""
    yield case().on(draw.normal(2, 3, 32, 32))
    yield case(num_classes=3).on(draw.normal(1, 3, 32, 32))


@check(DropoutCNN, points=0.5, ask=parameters, counts_with=dropout_is_off_in_eval)
def dropout_cnn_parameter_count(draw):
    """By default there are 620,810 registered parameters"""
    yield case().on(draw.normal(1, 3, 32, 32))
    yield case(7).on(draw.normal(1, 3, 32, 32))


@check(DropoutCNN, points=0.25, ask=changed, compare=unchanged(), counts_with=values_in_eval_mode)
def dropout_cnn_leaves_images(draw):
    """The images stay as they are; no random seed is set"""
    yield case().on(draw.normal(2, 3, 32, 32))


wrong = mistakes(
    DropoutCNN,
    """
    dropout_never_off: F.dropout is on by default, in eval mode too: nn.Dropout follows the mode, F.dropout needs
        training=self.training.
        self.drop(hidden) -> F.dropout(hidden, 0.5)
    dropout_not_called: Nothing is dropped: forward has to call the dropout on the hidden numbers, and its rate has to
        be larger than 0.
        self.drop(hidden) -> hidden
    dropout_on_the_logits: Dropout comes before the last linear layer; after it, it would set logits to 0.
        self.fc2(self.drop(hidden)) -> self.drop(self.fc2(hidden))
    dropout_on_the_maps: Dropout comes after the first linear layer and its ReLU; here it acts on the flattened maps.
        self.flat(x) -> self.drop(self.flat(x))
        self.fc2(self.drop(hidden)) -> self.fc2(hidden)
    dropout_everywhere: Dropout comes once, between the two linear layers; here it comes after each pooling as well.
        F.max_pool2d(F.relu(norm(conv(x))), 2) -> self.drop(F.max_pool2d(F.relu(norm(conv(x))), 2))
    hidden_relu_missing: A ReLU follows the first linear layer; without it the two linear layers are one linear map in
        eval mode.
        F.relu(self.fc1(self.flat(x))) -> self.fc1(self.flat(x))
    dropout_cnn_without_batchnorm: BatchNorm stands between each convolution and its ReLU.
        norm(conv(x)) -> conv(x)
    dropout_cnn_norm_after_relu: BatchNorm comes before the ReLU, right after the convolution.
        F.relu(norm(conv(x))) -> norm(F.relu(conv(x)))
    two_poolings: All three convolutions are followed by a pooling, 32 → 16 → 8 → 4, so that 2048 numbers are left.
        128 * 4 * 4 -> 128 * 8 * 8
        F.max_pool2d(F.relu(norm(conv(x))), 2) -> F.max_pool2d(F.relu(norm(conv(x))), 2 if len(x[0]) < 64 else 1)
    one_linear_layer: Two linear layers end this network: to 256, then to the classes.
        self.fc2 = nn.Linear(256, num_classes) ->
        nn.Linear(128 * 4 * 4, 256) -> nn.Linear(128 * 4 * 4, num_classes)
        hidden = F.relu(self.fc1(self.flat(x))) -> hidden = self.flat(x)
        self.fc2(self.drop(hidden)) -> self.fc1(self.drop(hidden))
    biases_left_out: This network keeps the biases of its convolutions; 224 of the 620,810 parameters are missing
        without them.
        nn.Conv2d(a, b, 3, padding=1) -> nn.Conv2d(a, b, 3, padding=1, bias=False)
    dropout_cnn_for_ten_classes: The last linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(256, num_classes) -> nn.Linear(256, 10)
    dropout_cnn_with_softmax: nn.CrossEntropyLoss applies the softmax itself and expects logits: end with the linear
        layer.
        self.fc2(self.drop(hidden)) -> self.fc2(self.drop(hidden)).softmax(1)
    dropout_cnn_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the
        script that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    """,
)
