"""Probes that train a student's network with the grader's own loop, and return predictions.

The judge keeps the labels of the test inputs, the clean images and the thresholds. The question holds the recipe of the
training.

Every probe here has the options `seed` and `device` (`cpu`, `cuda`, or `auto`: CUDA where available). `<name>` and
`<name>_rows` stand for images: uint8 rows (m, 784), and the indices of the rows to use.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any, Literal, TypedDict

import torch
import torch.nn.functional as F
from torch import nn

from ..build import build, images_from_bytes
from ..frames import Options, QuestionFrame
from .network import construct, single_output
from .stages import InnerView, inner_view

STATISTICS_BATCHES = 10  # from which the running statistics of BatchNorm are computed again
CHUNK = 250  # inputs in one forward pass of a prediction


class Trained(TypedDict):
    predictions: torch.Tensor
    curve: list[float]  # the loss of each step
    inside: InnerView


class TrainedClassifier(Trained):
    untrained: torch.Tensor


class TrainedPair(TypedDict):
    """The results of each network, by its name in the option `pair`."""

    predictions: dict[str, torch.Tensor]
    curves: dict[str, list[float]]


def train_classifier(target: Any, question: QuestionFrame) -> TrainedClassifier:
    """Train a classifier with Adam and OneCycleLR; return its logits (n, classes) for `test_images`.

    The answer holds the logits before (`untrained`) and after (`predictions`) the training, the loss of each step
    (`curve`), and pictures of the trained network (`inside`). Options:

    - `images`, `images_rows`, `labels`: the training data.
    - `test_images`, `test_images_rows`: the test images.
    - `epochs`, `batch_size`, `max_lr`.
    - `hopeless`: the training stops after an epoch whose mean loss is not below this.
    """
    options = question["options"]
    device = device_of(options)
    torch.manual_seed(options["seed"])
    model = construct(target, question).to(device)
    images, test = images_of(options, "images").to(device), images_of(options, "test_images").to(device)
    labels = build(options["labels"]).to(device)
    untrained = _predict(model, test)
    batch_size, epochs = options["batch_size"], options["epochs"]
    per_epoch = math.ceil(len(images) / batch_size)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options["max_lr"], total_steps=epochs * per_epoch)
    curve: list[float] = []
    for _ in range(epochs):
        for rows in torch.randperm(len(images)).split(batch_size):
            rows = rows.to(device)
            loss = F.cross_entropy(single_output(model(images[rows])), labels[rows])
            curve.append(_step(loss, optimizer))
            schedule.step()
        mean = sum(curve[-per_epoch:]) / per_epoch
        if not mean < options["hopeless"]:
            break
    return {
        "untrained": untrained,
        "predictions": _predict(model, test),
        "curve": curve,
        "inside": inner_view(model, test),
    }


def train_denoiser(target: Any, question: QuestionFrame) -> Trained:
    """Train a denoiser on images with Gaussian noise, with Adam and OneCycleLR; return its `predictions` for `noisy`.

    Before the prediction, the running statistics of BatchNorm are computed again from training batches: after so few
    steps they lag behind. `curve` and `inside` are as in `train_classifier`. Options:

    - `images`, `images_rows`: the training images, padded to 32×32.
    - `noisy`: float32 test images (n, 1, 32, 32).
    - `noise`: the factor of the Gaussian noise.
    - `steps`, `batch_size`, `max_lr`.
    """
    options = question["options"]
    device = device_of(options)
    torch.manual_seed(options["seed"])
    model = construct(target, question).to(device).to(memory_format=torch.channels_last)
    clean = F.pad(images_of(options, "images"), (2, 2, 2, 2)).to(device)
    noisy = build(options["noisy"]).to(device)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options["max_lr"], total_steps=options["steps"])
    curve: list[float] = []
    batches = _batches(len(clean), options["batch_size"])
    for rows in itertools.islice(batches, options["steps"]):
        batch = clean[rows.to(device)]
        denoised = single_output(model.train()(_add_noise(batch, options["noise"])))
        if denoised.shape != batch.shape:
            raise ValueError(f"forward gives shape {tuple(denoised.shape)} for images {tuple(batch.shape)}")
        loss = F.mse_loss(denoised, batch)
        curve.append(_step(loss, optimizer))
        schedule.step()
        if not math.isfinite(curve[-1]):
            break
    extra = itertools.islice(batches, STATISTICS_BATCHES)
    _recompute_statistics(model, [_add_noise(clean[rows.to(device)], options["noise"]) for rows in extra])
    return {"predictions": _predict(model, noisy), "curve": curve, "inside": inner_view(model, noisy)}


def train_pair(target: Any, question: QuestionFrame) -> TrainedPair:
    """Train two networks with plain SGD; return the logits of each for `test_images` during the last steps.

    Both start from the same seed and get the same batches in the same order. Options:

    - `images`, `images_rows`, `labels`, `test_images`, `test_images_rows`: as in `train_classifier`.
    - `pair`: name -> keyword arguments of `target` for each network.
    - `lr`, `steps`, `batch_size`.
    - `watched`: the number of last steps. The logits are computed before each of them, in training mode.
    """
    options = question["options"]
    device = device_of(options)
    images, test = images_of(options, "images").to(device), images_of(options, "test_images").to(device)
    labels = build(options["labels"]).to(device)
    answer: TrainedPair = {"predictions": {}, "curves": {}}
    for name, arguments in options["pair"].items():
        torch.manual_seed(options["seed"])
        model = construct(target, {**question, "kwargs": arguments}).to(device)
        answer["predictions"][name], answer["curves"][name] = train_with_sgd(model, images, labels, test, options)
    return answer


def train_with_sgd(
    model: nn.Module, images: torch.Tensor, labels: torch.Tensor, test: torch.Tensor, options: Options
) -> tuple[torch.Tensor, list[float]]:
    """Train a network; return its logits (watched, n, classes) for `test` during the last steps, and all losses."""
    optimizer = torch.optim.SGD(model.train().parameters(), lr=options["lr"])
    torch.manual_seed(options["seed"])
    curve: list[float] = []
    logits = []
    for rows in itertools.islice(_batches(len(images), options["batch_size"]), options["steps"]):
        rows = rows.to(images.device)
        if len(curve) >= options["steps"] - options["watched"]:
            with torch.no_grad():
                logits.append(single_output(model(test.clone())))
        curve.append(_step(F.cross_entropy(single_output(model(images[rows])), labels[rows]), optimizer))
    return torch.stack(logits), curve


def device_of(options: Options) -> torch.device:
    """The device of the option `device`; `auto` is CUDA where available."""
    name = options.get("device", "cpu")
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def _step(loss: torch.Tensor, optimizer: torch.optim.Optimizer) -> float:
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


@torch.no_grad()
def _predict(model: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """The outputs in eval mode; sets training mode afterwards."""
    model.eval()
    outputs = [single_output(model(part.clone())) for part in inputs.split(CHUNK)]
    model.train()
    return torch.cat(outputs)


@torch.no_grad()
def _recompute_statistics(model: nn.Module, batches: list[torch.Tensor]) -> None:
    """Set the running statistics of BatchNorm to the mean over the batches (momentum None)."""
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.track_running_stats:
            module.reset_running_stats()
            module.momentum = None
    for batch in batches:
        model.train()(batch)


def _batches(count: int, size: int) -> Iterator[torch.Tensor]:
    """Yield random batches of row indices without end: a new order in each epoch, without smaller last batches."""
    while True:
        for rows in torch.randperm(count).split(size):
            if len(rows) == size:
                yield rows


def _add_noise(images: torch.Tensor, factor: float) -> torch.Tensor:
    return (images + factor * torch.randn(images.shape).to(images)).clamp(0, 1)


def images_of(options: Options, name: Literal["images", "test_images"]) -> torch.Tensor:
    """The images (n, 1, 28, 28) of the options `<name>` and `<name>_rows`."""
    if name == "images":
        return images_from_bytes(build(options["images"]), build(options["images_rows"]))
    return images_from_bytes(build(options["test_images"]), build(options["test_images_rows"]))
