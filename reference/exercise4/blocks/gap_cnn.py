"""GapCNN."""

import torch  # noqa: F401 - in the words of a mistake
import torch.nn.functional as F
from torch import nn

from autograder.author import (
    case,
    changed,
    check,
    forward,
    four_initialisations,
    mistakes,
    parameters,
    parts_agree,
    reference,
    repeated,
    unbounded_scores,
    unchanged,
)

from ..heads import bare_matrices

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give other logits the second time"


@reference(points=2.25)
class GapCNN(nn.Module):
    """What does the linear layer have to know about the image size, if each map becomes one number before it?

    After the third ReLU take the mean of each map, over height and width: (N, 128, H, W) becomes (N, 128). There is no
    third pooling, and nothing is flattened.

    In the chapter: global average pooling. In the documentation: torch.nn.AdaptiveAvgPool2d and torch.mean.
    """

    def __init__(self, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(3, 32, 3, padding=1)
        self.conv2 = nn.Conv2d(32, 64, 3, padding=1)
        self.conv3 = nn.Conv2d(64, 128, 3, padding=1)
        self.fc = nn.Linear(128, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        maps = F.relu(self.conv3(x))  # (N, 128, H // 4, W // 4)
        return self.fc(maps.mean(dim=(2, 3)))


ends = bare_matrices(GapCNN)


@check(GapCNN, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY, constant=CONSTANT), picture="stages")
def gap_logits(draw):
    """Images (N, 3, 32, 32) give logits (N, num_classes)"""
    yield case().on(draw.normal(3, 3, 32, 32))
    yield case(4).on(draw.normal(2, 3, 32, 32))


@check(GapCNN, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY), picture="stages")
def any_image_size(draw):
    """Any height and width of at least 4 will do"""
    yield case().on(draw.normal(2, 3, 4, 7))
    yield case(num_classes=5).on(draw.normal(2, 3, 21, 6))


@check(GapCNN, points=0.25, ask=forward, needs=gap_logits)
def gap_values(draw):
    """For images of 32×32 the logits have the right values"""
    yield case().on(draw.normal(2, 3, 32, 32))


@check(GapCNN, points=0.25, ask=forward, needs=any_image_size)
def gap_values_of_other_sizes(draw):
    """For images of other sizes the logits have the right values"""
    yield case().on(draw.normal(2, 3, 13, 22))
    yield case(num_classes=3).on(draw.normal(1, 3, 6, 5))


@check(GapCNN, points=0.25, ask=parameters, counts_with=gap_logits)
def gap_parameter_count(draw):
    """By default there are 94,538 registered parameters"""
    yield case().on(draw.normal(1, 3, 32, 32))
    yield case(7).on(draw.normal(1, 3, 32, 32))


@check(GapCNN, points=0.25, ask=four_initialisations, compare=unbounded_scores, counts_with=gap_logits)
def gap_returns_logits(draw):
    """The output is logits: nothing follows the linear layer"""
    yield case().on(draw.uniform(4, 3, 32, 32))


@check(GapCNN, points=0.25, ask=changed, compare=unchanged(), counts_with=gap_values)
def gap_leaves_images(draw):
    """The images stay as they are; no random seed is set"""
    yield case().on(draw.normal(2, 3, 8, 12))


wrong = mistakes(
    GapCNN,
    """
    flattened_for_32_by_32: Flattening ties the network to one image size and needs a Linear of 128 · 8 · 8 numbers.
        Take the mean of each map instead.
        nn.Linear(128, num_classes) -> nn.Linear(128 * 8 * 8, num_classes)
        maps.mean(dim=(2, 3)) -> maps.flatten(1)
    maximum_of_each_map: Global average pooling takes the mean of each map; here it is the maximum.
        maps.mean(dim=(2, 3)) -> maps.amax(dim=(2, 3))
    sum_of_each_map: A sum grows with the image size; global average pooling takes the mean of each map.
        maps.mean(dim=(2, 3)) -> maps.sum(dim=(2, 3))
    mean_over_one_axis: The mean runs over both height and width, so that one number for each map is left.
        maps.mean(dim=(2, 3)) -> maps.mean(dim=3).mean(dim=1, keepdim=True).expand(-1, 128, -1)[:, :, 0]
    mean_over_the_channels: The channels stay: (N, 128, H, W) becomes (N, 128), with the mean over the axes 2 and 3.
        nn.Linear(128, num_classes) -> nn.Linear(8, num_classes)
        maps.mean(dim=(2, 3)) -> maps.mean(dim=(1, 2))
    third_pooling: Max pooling comes after the first two convolutions only; with a third one small images leave nothing.
        F.relu(self.conv3(x)) -> F.max_pool2d(F.relu(self.conv3(x)), 2)
    second_pooling_missing: Max pooling comes after the second convolution, too.
        F.max_pool2d(F.relu(self.conv2(x)), 2) -> F.relu(self.conv2(x))
    last_relu_missing: A ReLU comes after each of the three convolutions, also before the global pooling.
        maps = F.relu(self.conv3(x)) -> maps = self.conv3(x)
    gap_without_padding: padding=1 keeps the size in each convolution; without it, small images leave nothing.
        nn.Conv2d(3, 32, 3, padding=1) -> nn.Conv2d(3, 32, 3)
        nn.Conv2d(32, 64, 3, padding=1) -> nn.Conv2d(32, 64, 3)
        nn.Conv2d(64, 128, 3, padding=1) -> nn.Conv2d(64, 128, 3)
    gap_for_ten_classes: The linear layer has num_classes outputs, and 10 is only the default.
        nn.Linear(128, num_classes) -> nn.Linear(128, 10)
    gap_with_softmax: nn.CrossEntropyLoss applies the softmax itself and expects logits: end with the linear layer.
        self.fc(maps.mean(dim=(2, 3))) -> self.fc(maps.mean(dim=(2, 3))).softmax(1)
    gap_without_biases: The convolutions of this network have biases: leave bias=True.
        nn.Conv2d(3, 32, 3, padding=1) -> nn.Conv2d(3, 32, 3, padding=1, bias=False)
        nn.Conv2d(32, 64, 3, padding=1) -> nn.Conv2d(32, 64, 3, padding=1, bias=False)
        nn.Conv2d(64, 128, 3, padding=1) -> nn.Conv2d(64, 128, 3, padding=1, bias=False)
    gap_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the script
        that trains, and not in a network.
        super().__init__() -> super().__init__(); torch.manual_seed(0)
    """,
)
