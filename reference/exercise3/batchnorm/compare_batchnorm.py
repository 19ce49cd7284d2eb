"""compare_batchnorm."""

import torch
import torch.nn.functional as F

from autograder.author import (
    agrees,
    call,
    case,
    check,
    make,
    mistakes,
    numbers_only,
    pairs_differ,
    parts_agree,
    parts_differ,
    reference,
)

from ..digits import TRAIN, classifying, digits
from ..judging import loss_curves, ratio_beside_curves
from ..probes.comparison import (
    batches_seen,
    compared,
    curves_by_seed,
    first_and_last_batch,
    first_weights,
    least_moved,
    losses_from_weights,
    returned_and_trained,
)
from ..simple_cnn.simple_cnn import SimpleCNN
from .deep_cnn import DeepCNN
from .shared import FASTER
from .simple_cnn_batch_norm import SimpleCNNBatchNorm

STARTS = "the two networks start from different weights: call torch.manual_seed(seed) before making each of them"


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


@check(compare_batchnorm, points=0.25, ask=compared(among=2), compare=agrees(rtol=1e-4), training=True)
def trains_deep_networks(draw):
    """Two networks are trained: DeepCNN without and with BatchNorm"""
    images, labels = draw.uniform(32, 1, 28, 28), draw.integers(0, 9, 32)
    for which in 0, 1:
        yield (
            case(images, labels, steps=2, batch_size=16, seed=draw.integer(0, 999))
            .on(draw.normal(2, 1, 28, 28))
            .given(which=which)
        )


@check(
    compare_batchnorm,
    points=0.25,
    ask=numbers_only,
    # Other initialisations than torch's start up to 1.5 above ln 10, and BatchNorm's first loss varies by 1.
    compare=loss_curves(start=2.302585, slack=2.0),
    counts_with=lambda: (trains_deep_networks, tells_its_own_trainings),
    training=True,
)
def a_loss_for_every_step(draw):
    """Both curves have a loss for every step, and start near ln 10"""
    yield case(draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96), steps=5, batch_size=32)
    yield case(draw.uniform(50, 1, 28, 28), draw.integers(0, 9, 50), lr=0.05, steps=3, batch_size=16, seed=3)


OF_CURVES = {
    "training": True,
    "needs": a_loss_for_every_step,
    "counts_with": lambda: (trains_deep_networks, tells_its_own_trainings),
}


@check(
    compare_batchnorm,
    points=0.25,
    ask=call(times=2),
    compare=parts_agree(
        why="two comparisons with the same seed give other losses: weights and batches are to come from the seed",
        rtol=1e-4,
    ),
    **OF_CURVES,
)
def the_seed_decides(draw):
    """The same seed gives the same curves again"""
    images, labels = draw.uniform(64, 1, 28, 28), draw.integers(0, 9, 64)
    yield case(images, labels, steps=3, batch_size=16, seed=5)
    yield case(images, labels, steps=3, batch_size=16)


@check(
    compare_batchnorm,
    points=0.25,
    ask=curves_by_seed(names=["plain", "batchnorm"]),
    compare=pairs_differ(
        why="two comparisons with different seeds give the same losses: neither weights nor batches come from the seed",
        least=1e-6,
    ),
    **OF_CURVES,
)
def another_seed_gives_others(draw):
    """Another seed gives other curves"""
    yield case(draw.uniform(64, 1, 28, 28), draw.integers(0, 9, 64), steps=3, batch_size=16).given(seeds=[5, 8])


@check(compare_batchnorm, points=0.25, ask=first_weights(among=2), compare=parts_agree(why=STARTS), **OF_CURVES)
def both_start_alike(draw):
    """Both networks start from the same weights"""
    yield case(draw.uniform(32, 1, 28, 28), draw.integers(0, 9, 32), steps=2, batch_size=16, seed=4)


@check(
    compare_batchnorm,
    points=0.25,
    ask=batches_seen(among=2),
    compare=parts_agree(
        why="the two networks see different batches: what then makes the difference, BatchNorm or the images?"
    ),
    **OF_CURVES,
)
def same_batches_for_both(draw):
    """Both networks see the same batches in the same order"""
    images, labels = draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96)
    yield case(images, labels, steps=4, batch_size=16, seed=7)
    yield case(images, labels, steps=1)


@check(
    compare_batchnorm,
    points=0.25,
    ask=first_and_last_batch(among=2),
    compare=parts_differ(why="the last step trains on the images of the first one: each step takes a batch of its own"),
    **OF_CURVES,
)
def a_batch_for_every_step(draw):
    """Each step trains on a batch of its own"""
    yield case(draw.uniform(96, 1, 28, 28), draw.integers(0, 9, 96), steps=4, batch_size=16, seed=7)


@check(
    compare_batchnorm,
    points=0.25,
    ask=losses_from_weights(names=["plain", "batchnorm"]),
    compare=agrees(rtol=1e-3, atol=0.01),
    needs=a_loss_for_every_step,
    training=True,
)
def tells_its_own_trainings(draw):
    """The losses are those of DeepCNN trained by plain SGD with lr"""
    images = draw.uniform(1, 1, 28, 28).repeat(48, axis=0)
    labels = draw.integers(0, 9, 1).repeat(48)
    for lr in 0.02, 0.08:
        yield case(images, labels, lr=lr, steps=4, batch_size=16, seed=draw.integer(0, 999))
    yield case(images, labels, steps=4, batch_size=16)
    yield case(images, labels, steps=2, batch_size=16)  # right for every training whose first step is one of plain SGD


@check(
    compare_batchnorm,
    points=0.25,
    ask=least_moved(among=2),
    compare=parts_agree(
        why="black images give the first convolution no gradient, and yet all weights move: weight decay does that",
        rtol=1e-7,
    ),
    **OF_CURVES,
)
def black_images_leave_weights_alone(draw):
    """Plain SGD leaves weights alone that get no gradient"""
    yield case(draw.uniform(32, 1, 28, 28) * 0, draw.integers(0, 9, 32), steps=3, batch_size=16, seed=6)


@check(
    compare_batchnorm,
    points=0.25,
    ask=returned_and_trained,
    measure=ratio_beside_curves(
        least=2.0,
        sentence="without BatchNorm the loss stays {value:.2f} times as high, expected at least {threshold:.2f}",
    ),
    counts_with=tells_its_own_trainings,
)
def batchnorm_wins(draw):
    """On digits the losses fall, and with BatchNorm they fall faster"""
    known = digits(draw.data)
    for _ in range(3):
        rows = draw.permutation(TRAIN)[:2000]
        images = make("pictures", known.train_images, rows)
        drawn = case(images, known.train_labels[rows], seed=draw.integer(0, 10**6))
        yield classifying(draw, drawn, tested=256, **FASTER).expecting(
            pair=list(FASTER["pair"]), steps=60, last=20, watched=20, fall=0.75
        )


def _shallow(batch_norm):
    return SimpleCNNBatchNorm() if batch_norm else SimpleCNN()


def _mean_with(means, loss):
    """The mean of all losses so far, `loss` included, from the means before it."""
    return (sum(means[-1:]) * len(means) + loss) / (len(means) + 1)


wrong = mistakes(
    compare_batchnorm,
    """
    seed_set_only_once: Set the seed before each of the two networks: else the second one starts elsewhere and sees
        other batches.
        curves = {} -> curves = {}; torch.manual_seed(seed)
        torch.manual_seed(seed) ->
        generator = torch.Generator().manual_seed(seed) ->
        generator=generator ->
    compares_shallow_networks: The comparison is of DeepCNN: with two convolutions, as in SimpleCNN, BatchNorm shows no
        reliable advantage.
        DeepCNN -> _shallow
    learns_with_adam: The comparison asks for torch.optim.SGD with lr and nothing else, and for gradients that are
        cleared before each step; Adam, for one, adapts its steps and hides the difference.
        torch.optim.SGD(model.parameters(), lr=lr) -> torch.optim.Adam(model.parameters(), lr=lr / 100)
    decays_the_weights: Plain SGD has no weight decay: it makes all weights smaller at each step, also those that no
        image asks to change.
        torch.optim.SGD(model.parameters(), lr=lr) -> torch.optim.SGD(model.parameters(), lr=lr, weight_decay=1e-4)
    one_loss_for_each_network: The curves hold the loss of every step, not only the last one.
        curves[name].append(loss.item()) -> curves[name] = [loss.item()]
    sums_instead_of_means: The loss is the mean over the batch, so that it starts near ln 10 ≈ 2.303; these are sums.
        loss.item() -> batch_size * loss.item()
    ignores_the_seed: Without torch.manual_seed(seed) before each network, weights and batches differ from run to run,
        and the two networks do not start alike.
        torch.manual_seed(seed) ->
        generator = torch.Generator().manual_seed(seed) ->
        generator=generator ->
    losses_as_a_pair: The result is a dict with the keys "plain" and "batchnorm", not a pair of lists.
        return curves -> return tuple(curves.values())
    curves_under_the_wrong_keys: "plain" is the network without BatchNorm, DeepCNN(batch_norm=False); here it is under
        the key "batchnorm".
        ("plain", False), ("batchnorm", True) -> ("batchnorm", False), ("plain", True)
    another_seed_than_asked_for: The seed is an argument: torch.manual_seed(0) gives the same numbers whatever is asked
        for.
        torch.manual_seed(seed) -> torch.manual_seed(0)
        torch.Generator().manual_seed(seed) -> torch.Generator().manual_seed(0)
    seed_set_only_once_for_both_weights: Call torch.manual_seed(seed) before making each of the two networks: the second
        one draws its weights where the first one has left off, and starts elsewhere.
        curves = {} -> curves = {}; torch.manual_seed(seed)
        torch.manual_seed(seed) ->
    first_batch_in_every_step: Every step trains on images[:batch_size], so that the other images are never seen: each
        step takes its own rows of images and labels.
        torch.randint(len(images), (batch_size,), generator=generator) -> torch.arange(batch_size)
    learns_with_adam_at_lr: The comparison asks for torch.optim.SGD with lr and nothing else; Adam adapts its steps and
        hides the difference.
        torch.optim.SGD(model.parameters(), lr=lr) -> torch.optim.Adam(model.parameters(), lr=lr)
    another_rate_for_each_network: Both networks learn with lr: with another rate for one of them, BatchNorm is not the
        only difference.
        torch.optim.SGD(model.parameters(), lr=lr) -> torch.optim.SGD(model.parameters(), lr=[lr / 10, lr][batch_norm])
    losses_after_their_step: The loss of a step is the one before the weights move; a second forward pass after
        optimizer.step() gives the loss of other weights.
        optimizer.step() -> optimizer.step(); loss = F.cross_entropy(model(images[rows]), labels[rows])
    mean_of_the_losses_so_far: The curves hold the loss of each step, not the mean of all losses up to it.
        curves[name].append(loss.item()) -> curves[name].append(_mean_with(curves[name], loss.item()))
    both_without_batchnorm: Both networks are made without BatchNorm: the second one is DeepCNN(batch_norm=True).
        DeepCNN(batch_norm) -> DeepCNN(False)
    compared_in_eval_mode: In eval mode BatchNorm uses its running statistics, which say nothing before a training: the
        networks train in training mode.
        DeepCNN(batch_norm) -> DeepCNN(batch_norm).eval()
    softmax_before_the_loss: F.cross_entropy applies the softmax itself: give it the logits.
        model(images[rows]) -> model(images[rows]).softmax(1)
    """,
)
