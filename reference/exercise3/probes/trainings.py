"""Trainings of a denoiser, and of two classifiers side by side; the answers are predictions for unlabelled inputs."""

from __future__ import annotations

import itertools
import math
from collections.abc import Mapping
from typing import Any, NamedTuple, TypedDict

import torch
import torch.nn.functional as F
from torch import nn

from autograder.sandbox.inside.toolbox import (
    DRAWN,
    NEEDED,
    InnerView,
    QuestionFrame,
    batches,
    build,
    construct,
    device_of,
    inner_view,
    predict,
    probe,
    single_output,
    step,
)

STATISTICS_BATCHES = 10  # from which the running statistics of BatchNorm are computed again


class Denoised(TypedDict):
    predictions: torch.Tensor
    curve: list[float]  # the loss of each step
    inside: InnerView


class TrainedPair(TypedDict):
    """The results of each network, by its name in the option `pair`."""

    predictions: dict[str, torch.Tensor]
    curves: dict[str, list[float]]


class Recipe(NamedTuple):
    """A training by plain SGD; `watched` is the number of last steps before which the logits are computed."""

    lr: float
    steps: int
    batch_size: int
    watched: int
    seed: int


@probe
def train_denoiser(
    target: Any,
    question: QuestionFrame,
    *,
    images: Any = NEEDED,
    noisy: Any = NEEDED,
    noise: float = NEEDED,
    steps: int = NEEDED,
    batch_size: int = NEEDED,
    max_lr: float = NEEDED,
    seed: int = DRAWN,
    device: str = "cpu",
) -> Denoised:
    """Train a denoiser on images with Gaussian noise, with Adam and OneCycleLR; return its `predictions` for `noisy`.

    Before the prediction, the running statistics of BatchNorm are computed again from training batches: after so few
    steps they lag behind. `curve` and `inside` are as in the engine's `train`. Options:

    - `images`: the training images (n, 1, 28, 28), which are padded to 32×32.
    - `noisy`: float32 test images (n, 1, 32, 32).
    - `noise`: the factor of the Gaussian noise.
    - `steps`, `batch_size`, `max_lr`.
    """
    where = device_of(device)
    torch.manual_seed(seed)
    model = construct(target, question).to(where).to(memory_format=torch.channels_last)
    clean = F.pad(build(images), (2, 2, 2, 2)).to(where)
    tests = build(noisy).to(where)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, max_lr, total_steps=steps)
    curve: list[float] = []
    chosen = batches(len(clean), batch_size)
    for rows in itertools.islice(chosen, steps):
        batch = clean[rows.to(where)]
        denoised = single_output(model.train()(_add_noise(batch, noise)))
        if denoised.shape != batch.shape:
            raise ValueError(f"forward gives shape {tuple(denoised.shape)} for images {tuple(batch.shape)}")
        loss = F.mse_loss(denoised, batch)
        curve.append(step(loss, optimizer))
        schedule.step()
        if not math.isfinite(curve[-1]):
            break
    extra = itertools.islice(chosen, STATISTICS_BATCHES)
    _recompute_statistics(model, [_add_noise(clean[rows.to(where)], noise) for rows in extra])
    return {"predictions": predict(model, tests), "curve": curve, "inside": inner_view(model, tests)}


@probe
def train_pair(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Any = NEEDED,
    targets: Any = NEEDED,
    test_inputs: Any = NEEDED,
    pair: Mapping[str, Mapping[str, Any]] = NEEDED,
    lr: float = NEEDED,
    steps: int = NEEDED,
    batch_size: int = NEEDED,
    watched: int = NEEDED,
    seed: int = DRAWN,
    device: str = "cpu",
) -> TrainedPair:
    """Train two networks with plain SGD; return the logits of each for `test_inputs` during the last steps.

    Both start from the same seed and get the same batches in the same order. Options:

    - `inputs`, `targets`, `test_inputs`: as in the engine's `train`.
    - `pair`: name -> keyword arguments of `target` for each network.
    - `lr`, `steps`, `batch_size`.
    - `watched`: the number of last steps. The logits are computed before each of them, in training mode.
    """
    where = device_of(device)
    images, labels, test = (build(part).to(where) for part in (inputs, targets, test_inputs))
    recipe = Recipe(lr, steps, batch_size, watched, seed)
    answer: TrainedPair = {"predictions": {}, "curves": {}}
    for name, arguments in pair.items():
        torch.manual_seed(seed)
        model = construct(target, {**question, "kwargs": arguments}).to(where)
        answer["predictions"][name], answer["curves"][name] = train_with_sgd(model, images, labels, test, recipe)
    return answer


def train_with_sgd(
    model: nn.Module, images: torch.Tensor, labels: torch.Tensor, test: torch.Tensor, recipe: Recipe
) -> tuple[torch.Tensor, list[float]]:
    """Train a network; return its logits (watched, n, classes) for `test` during the last steps, and all losses.

    The weights begin anew as in torch's layers, however the student lets them begin: what BatchNorm wins depends on it.
    """
    optimizer = torch.optim.SGD(model.train().parameters(), lr=recipe.lr)
    torch.manual_seed(recipe.seed)
    _begin_as_in_torch(model)
    curve: list[float] = []
    logits = []
    for rows in itertools.islice(batches(len(images), recipe.batch_size), recipe.steps):
        rows = rows.to(images.device)
        if len(curve) >= recipe.steps - recipe.watched:
            with torch.no_grad():
                logits.append(single_output(model(test.clone())))
        curve.append(step(F.cross_entropy(single_output(model(images[rows])), labels[rows]), optimizer))
    return torch.stack(logits), curve


@torch.no_grad()
def _begin_as_in_torch(model: nn.Module) -> None:
    """Fill each weight with uniform values in ±1 / √fan-in, as `nn.Conv2d` and `nn.Linear` do; vectors stay."""
    for weight in model.parameters():
        if weight.ndim > 1:
            bound = weight[0].numel() ** -0.5
            weight.uniform_(-bound, bound)


@torch.no_grad()
def _recompute_statistics(model: nn.Module, batches: list[torch.Tensor]) -> None:
    """Set the running statistics of BatchNorm to the mean over the batches (momentum None)."""
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.track_running_stats:
            module.reset_running_stats()
            module.momentum = None
    for batch in batches:
        model.train()(batch)


def _add_noise(images: torch.Tensor, factor: float) -> torch.Tensor:
    return (images + factor * torch.randn(images.shape).to(images)).clamp(0, 1)
