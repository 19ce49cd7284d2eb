"""small_cnn."""

import torch  # noqa: F401 - in the words of a mistake
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

from ..probes.networks import is_sequential

CONSTANT = "every image gets the same logits, whatever is in it"
SHAKY = "eval() does not make the network deterministic: the same images give other logits the second time"


@reference(points=1.75)
def small_cnn():
    """Follow one image through the layers: 1×28×28, and then?

    Convolution and ReLU keep the size, the pooling halves it, so 16 maps of 14×14 are flattened. The linear layer has
    as many inputs as that, and ten outputs.

    In the chapter: the first network. In the documentation: torch.nn.Sequential and torch.nn.Flatten.
    """
    first = nn.Conv2d(1, 16, 3, padding=1)
    last = nn.Linear(16 * 14 * 14, 10)
    return nn.Sequential(first, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), last)


@check(small_cnn, points=0.5, ask=repeated, compare=parts_agree(why=SHAKY, constant=CONSTANT), picture="stages")
def small_logits(draw):
    """Images (N, 1, 28, 28) give logits (N, 10)"""
    yield case().on(draw.uniform(3, 1, 28, 28))


@check(small_cnn, points=0.25, ask=is_sequential, counts_with=small_logits)
def a_sequential(draw):
    """The network is an nn.Sequential"""
    yield case()


@check(small_cnn, points=0.25, ask=parameters, counts_with=small_logits)
def small_parameter_count(draw):
    """There are 31,530 registered parameters"""
    yield case().on(draw.uniform(1, 1, 28, 28))


@check(small_cnn, points=0.25, ask=forward, needs=small_logits)
def small_values(draw):
    """The values are those of convolution, ReLU, max pooling and Linear"""
    # with the weights of seed 0 some of the logits are negative
    yield case().on(draw.normal(3, 1, 28, 28)).given(seed=0)


@check(small_cnn, points=0.25, ask=four_initialisations, compare=unbounded_scores, counts_with=small_logits)
def small_returns_logits(draw):
    """The output is logits: nothing follows the linear layer"""
    yield case().on(draw.uniform(4, 1, 28, 28))


@check(small_cnn, points=0.25, ask=changed, compare=unchanged(), counts_with=small_values)
def small_leaves_images(draw):
    """The images stay as they are; no random seed is set"""
    yield case().on(draw.normal(2, 1, 28, 28))


wrong = mistakes(
    small_cnn,
    """
    channels_as_in_features: nn.Linear counts numbers, not channels: flattened, 16 maps of 14×14 are 3136 numbers.
        16 * 14 * 14 -> 16
    flattened_before_pooling: The size after the pooling counts: 28 becomes 14, so the linear layer takes 16 · 14 · 14
        numbers, not 16 · 28 · 28.
        16 * 14 * 14 -> 16 * 28 * 28
    small_without_pooling: Without the pooling 16 maps of 28×28 reach the linear layer, four times as many numbers.
        nn.MaxPool2d(2) -> nn.Identity()
        16 * 14 * 14 -> 16 * 28 * 28
    small_without_padding: Without padding=1 the convolution leaves 26×26, and the pooling 13×13.
        padding=1 ->
        16 * 14 * 14 -> 16 * 13 * 13
    small_without_relu: A ReLU follows the convolution; here it is missing.
        nn.ReLU() -> nn.Identity()
    small_with_softmax: nn.CrossEntropyLoss applies the softmax itself and expects logits: end with the linear layer.
        last = nn.Linear(16 * 14 * 14, 10) -> last = nn.Sequential(nn.Linear(16 * 14 * 14, 10), nn.Softmax(dim=1))
    small_with_relu_at_the_end: A ReLU after the last layer cuts off all negative logits.
        last = nn.Linear(16 * 14 * 14, 10) -> last = nn.Sequential(nn.Linear(16 * 14 * 14, 10), nn.ReLU())
    small_with_average_pooling: The exercise asks for max pooling; average pooling blurs the responses.
        nn.MaxPool2d(2) -> nn.AvgPool2d(2)
    batch_flattened_as_well: Flattening keeps the batch axis: nn.Flatten() starts at axis 1, nn.Flatten(0) at axis 0.
        nn.Flatten() -> nn.Flatten(0)
    a_list_of_layers: The layers stand in a plain list here: nn.Sequential(*layers) makes a network of them.
        return nn.Sequential(first, nn.ReLU(), nn.MaxPool2d(2), nn.Flatten(), last) -> return [first, nn.ReLU(), last]
    small_for_colour_images: The images are grey, with one channel: in_channels is 1.
        nn.Conv2d(1, 16, 3, padding=1) -> nn.Conv2d(3, 16, 3, padding=1)
    small_sets_a_seed: torch.manual_seed changes the random numbers of the whole program: set a seed once, in the script
        that trains, and not in a network.
        first = nn.Conv2d(1, 16, 3, padding=1) -> torch.manual_seed(0); first = nn.Conv2d(1, 16, 3, padding=1)
    """,
)
