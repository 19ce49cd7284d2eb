"""StagedCNN."""

import itertools

import torch  # noqa: F401 - in the words of a mistake
from torch import nn

from autograder.author import (
    agrees,
    case,
    changed,
    check,
    forward,
    mistakes,
    parameters,
    parts_agree,
    reference,
    repeated,
    unchanged,
)

from ..heads import bare_matrices
from .conv_bn_relu import ConvBNReLU

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give other logits the second time"


@reference(points=2)
class StagedCNN(nn.Module):
    """The stages differ only in their numbers of channels. How do you make as many as are asked for?

    Each stage goes from one width to the next, so a loop over the pairs of neighbours in widths makes them all.
    nn.Sequential or nn.ModuleList keeps them, a plain list does not register them. The head sees the last width.

    In the chapter: stem, stages and head. In the documentation: torch.nn.ModuleList.
    """

    def __init__(self, in_channels, widths, num_classes):
        super().__init__()
        stages = [ConvBNReLU(a, b, stride=2) for a, b in itertools.pairwise(widths)]
        self.stem = ConvBNReLU(in_channels, widths[0])
        self.stages = nn.Sequential(*stages)
        self.head = nn.Linear(widths[-1], num_classes)

    def forward(self, x):
        maps = self.stages(self.stem(x))
        return self.head(maps.mean(dim=(2, 3)))


ends = bare_matrices(StagedCNN)


@check(StagedCNN, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY, constant=CONSTANT), picture="stages")
def staged_logits(draw):
    """Images of any size give logits (N, num_classes)"""
    yield case(3, (4, 6), 5).on(draw.normal(3, 3, 8, 10))
    yield case(2, (4, 3, 5), 3).on(draw.normal(2, 2, 9, 7))


@check(StagedCNN, points=0.25, ask=forward, needs=staged_logits)
def stem_and_head(draw):
    """With one width there are only the stem and the head"""
    yield case(3, (5,), 4).on(draw.normal(2, 3, 6, 7))


@check(StagedCNN, points=0.5, ask=forward, needs=staged_logits, picture="stages")
def stages_of_stride_2(draw):
    """Each further width is a stage with stride 2"""
    yield case(2, (3, 5), 4).on(draw.normal(2, 2, 6, 8))
    yield case(3, (4, 6, 5), 2).on(draw.normal(2, 3, 9, 12))
    yield case(1, (6, 4, 3, 2), num_classes=3).on(draw.normal(1, 1, 17, 12))


@check(StagedCNN, points=0.25, ask=forward(mode="train"), compare=agrees(rtol=1e-4), needs=staged_logits)
def staged_in_training_mode(draw):
    """In training mode BatchNorm uses the statistics of the batch"""
    yield case(3, (4, 6), 2).on(draw.normal(4, 3, 9, 8))


@check(StagedCNN, points=0.25, ask=parameters, counts_with=staged_logits)
def staged_parameter_count(draw):
    """All stages are registered, and no convolution has a bias"""
    yield case(3, (4, 6, 5), 2).on(draw.normal(2, 3, 8, 8))
    yield case(1, (3,), 4).on(draw.normal(2, 1, 8, 8))


@check(StagedCNN, points=0.25, ask=changed, compare=unchanged(), counts_with=staged_logits)
def staged_leaves_images(draw):
    """Images and widths stay as they are; no random seed is set"""
    yield case(3, [4, 6], 2).on(draw.normal(2, 3, 6, 8))


wrong = mistakes(
    StagedCNN,
    """
    stages_in_a_plain_list: Stages kept in a plain Python list are not registered: the optimizer never sees them.
        nn.ModuleList or nn.Sequential does it.
        self.stages = nn.Sequential(*stages) -> self.stages = stages
        maps = self.stages(self.stem(x)) -> maps = nn.Sequential(*self.stages)(self.stem(x))
    stages_without_stride: Each stage halves height and width by stride 2; here the maps keep their size.
        stride=2 -> stride=1
    stem_with_stride: The stem keeps height and width; only the stages have stride 2.
        ConvBNReLU(in_channels, widths[0]) -> ConvBNReLU(in_channels, widths[0], stride=2)
    stages_with_pooling: The stages halve the map by the stride of their convolution; here a max pooling does it.
        stride=2 -> stride=1
        nn.Sequential(*stages) -> nn.Sequential(*[layer for stage in stages for layer in (stage, nn.MaxPool2d(2))])
    stages_made_but_not_run: The stages are made, but forward does not run all of them.
        self.stages(self.stem(x)) -> nn.Sequential(*list(self.stages)[:1])(self.stem(x))
    one_stage_too_few: Each width after the first one is a stage; here the last one is left out.
        itertools.pairwise(widths) -> itertools.pairwise(widths[:-1])
        nn.Linear(widths[-1], num_classes) -> nn.Linear(widths[-1] if len(widths) < 2 else widths[-2], num_classes)
    head_of_the_first_width: The head gets the maps of the last stage: it takes widths[-1] numbers.
        nn.Linear(widths[-1], num_classes) -> nn.Linear(widths[0], num_classes)
    head_with_the_maximum: Global average pooling takes the mean of each map; here it is the maximum.
        maps.mean(dim=(2, 3)) -> maps.amax(dim=(2, 3))
    grey_stem: The stem takes in_channels channels.
        ConvBNReLU(in_channels, widths[0]) -> ConvBNReLU(3, widths[0])
    staged_for_ten_classes: The head has num_classes outputs.
        nn.Linear(widths[-1], num_classes) -> nn.Linear(widths[-1], 10)
    staged_with_softmax: nn.CrossEntropyLoss applies the softmax itself and expects logits: end with the linear layer.
        self.head(maps.mean(dim=(2, 3))) -> self.head(maps.mean(dim=(2, 3))).softmax(1)
    widths_used_up: pop() takes the width out of the caller's list: read widths[0] instead.
        widths[0] -> widths.pop(0) if isinstance(widths, list) else widths[0]
    """,
)
