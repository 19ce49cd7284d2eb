"""Probes that check the trainings of a student's function: are its curves true, and do its networks learn?

The networks are found by their first call, however the function makes them. Every probe here calls
`target(images, labels, ...)` with the arguments of the question, and orders the networks by their number of parameters,
smallest first.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any, TypedDict

import torch
from torch import nn

from autograder.sandbox.inside.toolbox import (
    DRAWN,
    NEEDED,
    Candidates,
    QuestionFrame,
    Unfit,
    build,
    call_target,
    device_of,
    forward,
    probe,
    run,
    seeded_variants,
)

from .recording import ImageMeans, Recorded, count_parameters, have_equal_weights, outermost, record_networks
from .trainings import Recipe, train_with_sgd

CALM = 0.1  # times the seeded weights; with those themselves one step of lr 0.1 ends at a loss of 0


class ReturnedAndTrained(TypedDict):
    returned: Any  # the student's curves; `curves` is the same, for the reports
    curves: Any
    predictions: dict[str, torch.Tensor]


@probe
def losses_from_weights(
    target: Any, question: QuestionFrame, *, names: Sequence[str] = NEEDED, seed: int = DRAWN
) -> dict[str, Any]:
    """The loss curves that the function returns if its networks begin with weights from `seed`.

    The weights are filled before the first call of each network. If all images and all labels of the arguments are
    equal, neither the student's first weights nor the order of the batches matters: plain SGD has one right curve, and
    only a training gives it. The answer has a candidate for each way of filling the weights, as in the probe `forward`.
    Options: `names`, the keys of the curves.
    """
    first, ways = _losses_in_way(target, question, seed, "levels")
    curves, labels = [first], [[label for label in _labels_of(ways) if _way(ways, label) == _way(ways, "levels")]]
    for label in _labels_of(ways):
        if not any(label in group for group in labels):
            curves.append(_losses_in_way(target, question, seed, label)[0])
            labels.append([other for other in _labels_of(ways) if _way(ways, other) == _way(ways, label)])
    candidates = [{name: torch.tensor([float(loss) for loss in one[name]]) for name in names} for one in curves]
    return {"candidates": candidates, "labels": labels}


@probe
def compared(
    target: Any,
    question: QuestionFrame,
    *,
    which: int = NEEDED,
    among: int = NEEDED,
    inputs: Sequence[Any] = NEEDED,
    seed: int = DRAWN,
) -> Candidates:
    """The answer of the probe `forward` for one of the networks that the function trains.

    Options: `inputs`; `which`, the index of the network; `among`, the number of networks.
    """
    network = _train_recorded(target, question, among)[1][which]
    return forward.function(lambda: network, {**question, "args": (), "kwargs": {}}, inputs=inputs, seed=seed)


@probe
def batches_seen(target: Any, question: QuestionFrame, *, among: int = NEEDED) -> list[torch.Tensor]:
    """For each network, the mean of each image (n,) on which the function trains it.

    Raises `Unfit` unless each network gets `steps` batches of `batch_size` images, by default 60 batches of 64. Option
    `among`: the number of networks.
    """
    seen = [torch.cat(means or [torch.zeros(0)]) for means in _image_means(target, question, among)]
    steps, size = question["kwargs"].get("steps", 60), question["kwargs"].get("batch_size", 64)
    counts = [len(means) for means in seen]
    if set(counts) != {steps * size}:
        found = (
            f"each saw {counts[0] or 'none'}" if len(set(counts)) == 1 else f"they saw {' and '.join(map(str, counts))}"
        )
        expected = f"each network was to see {steps * size} images in training mode ({steps} steps of {size})"
        raise Unfit(f"{question['target']}: {expected}, {found}")
    return seen


@probe
def first_and_last_batch(target: Any, question: QuestionFrame, *, among: int = NEEDED) -> list[torch.Tensor]:
    """The mean of each image in the first and in the last full batch of the smaller network.

    A full batch has `batch_size` images. Raises `Unfit` if there is none. Option `among`: the number of networks.
    """
    size = question["kwargs"]["batch_size"]
    seen = _image_means(target, question, among)[0]
    full = [means for means in seen if len(means) == size]
    if not full:
        found = f"batches of {len(seen[0])} came" if seen else "no batch came in training mode"
        raise Unfit(f"{question['target']} was to train on batches of {size} images, {found}")
    return [full[0], full[-1]]


@probe
def first_weights(target: Any, question: QuestionFrame, *, among: int = NEEDED) -> list[list[float]]:
    """For each network, the sum and the norm of its first registered weight with two or more axes, before the training.

    Option `among`: the number of networks.
    """
    _, networks = _train_recorded(target, question, among)
    return [[float(weight.sum()), float(weight.norm())] for weight in map(_kernel, networks)]


@probe
def least_moved(target: Any, question: QuestionFrame, *, among: int = NEEDED) -> list[list[torch.Tensor]]:
    """Of each network the weight with two or more axes that the training moves least: before it, and after it.

    Option `among`: the number of networks.
    """
    with record_networks() as networks:
        call_target(target, question)
    pairs = [pair for pair in outermost(networks).values() if not have_equal_weights(*pair)]
    _check_count(question, len(pairs), among)
    pairs.sort(key=lambda pair: count_parameters(pair.before))
    weights = [min(_weights(pair), key=lambda weight: _moved(*weight)) for pair in pairs]
    return [[before for before, _ in weights], [after for _, after in weights]]


@probe
def curves_by_seed(
    target: Any, question: QuestionFrame, *, names: Sequence[str] = NEEDED, seeds: Sequence[int] = NEEDED
) -> list[list[torch.Tensor]]:
    """For each of the option `names`, the loss curves that the function returns for each of the option `seeds`."""
    returned = [target(*build(question["args"]), **build(question["kwargs"]), seed=seed) for seed in seeds]
    return [[torch.tensor([float(loss) for loss in curves[name]]) for curves in returned] for name in names]


@probe
def returned_and_trained(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Any = NEEDED,
    targets: Any = NEEDED,
    test_inputs: Any = NEEDED,
    pair: Mapping[str, Any] = NEEDED,
    lr: float = NEEDED,
    steps: int = NEEDED,
    batch_size: int = NEEDED,
    watched: int = NEEDED,
    seed: int = DRAWN,
    device: str = "cpu",
) -> ReturnedAndTrained:
    """The curves that the function returns, and the `predictions` of its networks after a training here.

    A student can invent curves, but not predictions on images without labels. Options: as in `train_pair`; only the
    names in `pair` are used, that of the smaller network first.
    """
    names = list(pair)
    returned, networks = _train_recorded(target, question, len(names))
    where = device_of(device)
    images, labels, test = (build(part).to(where) for part in (inputs, targets, test_inputs))
    recipe = Recipe(lr, steps, batch_size, watched, seed)
    predictions = {
        name: train_with_sgd(network.to(where), images, labels, test, recipe)[0]
        for name, network in zip(names, networks, strict=True)
    }
    return {"returned": returned, "predictions": predictions, "curves": returned}


def _image_means(target: Any, question: QuestionFrame, among: int) -> list[ImageMeans]:
    """For each network that is trained, the means of the images that it sees."""
    means: dict[int, ImageMeans] = {}
    with record_networks(means) as networks:
        call_target(target, question)
    trained = [key for key, pair in outermost(networks).items() if not have_equal_weights(*pair)]
    _check_count(question, len(trained), among)
    return [means.get(key, []) for key in sorted(trained, key=lambda key: count_parameters(networks[key].before))]


def _train_recorded(target: Any, question: QuestionFrame, count: int) -> tuple[Any, list[nn.Module]]:
    """What the function returns, and copies of the `count` networks that it trains, from before their first call."""
    with record_networks() as networks:
        returned = call_target(target, question)
    untrained = [pair.before for pair in outermost(networks).values() if not have_equal_weights(*pair)]
    _check_count(question, len(untrained), count)
    return returned, sorted(untrained, key=count_parameters)


def _losses_in_way(target: Any, question: QuestionFrame, seed: int, label: str) -> tuple[Any, list[list[list[str]]]]:
    """What the function returns if its networks are filled in the way `label`; and the ways of each network."""
    ways: list[list[list[str]]] = []

    def begin(network: nn.Module, args: Any) -> None:
        training = network.training
        variants = partial(seeded_variants, network, seed, lambda: run(network, *args))
        ways.append([labels for labels, _ in variants()])
        wanted = _way([ways[-1]], label)[0]
        next(itertools.islice(variants(), wanted, None))  # fills the weights
        with torch.no_grad():
            for parameter in network.parameters():
                parameter.mul_(CALM)
        network.train(training)

    with record_networks(begin=begin):
        return call_target(target, question), ways


def _labels_of(ways: list[list[list[str]]]) -> list[str]:
    return list(dict.fromkeys(label for network in ways for labels in network for label in labels))


def _way(ways: list[list[list[str]]], label: str) -> list[int]:
    """For each network the number of the way that a label stands for; the first one where it has none."""
    return [next((place for place, labels in enumerate(network) if label in labels), 0) for network in ways]


def _weights(pair: Recorded) -> list[tuple[torch.Tensor, torch.Tensor]]:
    """Each weight with two or more axes, before the training and after it."""
    both = zip(pair.before.parameters(), pair.network.parameters(), strict=True)
    return [(before.detach().clone(), after.detach().clone()) for before, after in both if before.ndim > 1]


def _moved(before: torch.Tensor, after: torch.Tensor) -> float:
    return float((after - before).norm() / before.norm().clamp(min=1e-30))


def _kernel(network: nn.Module) -> torch.Tensor:
    """The first registered weight with two or more axes."""
    return next(weight.detach().clone() for weight in network.parameters() if weight.ndim > 1)


def _check_count(question: QuestionFrame, found: int, count: int) -> None:
    if found != count:
        raise Unfit(f"{question['target']} trains {found} networks, not {count}")
