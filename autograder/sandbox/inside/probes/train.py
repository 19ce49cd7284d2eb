"""Trains a student's network with the grader's own loop, and reports predictions on inputs without labels.

Labels of the test inputs, clean images and thresholds stay with the judge. Recipes are told by the question, so that
the same loop serves every check.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..build import build, pictures
from .network import construct, output
from .stages import inside

CHUNK = 250  # inputs at once in a prediction


def train_classifier(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """Logits (n, classes) for `test_images`, before and after a training on `images` and `labels`.

    Options: uint8 `images` (m, 784) of which `images_rows` are used, with their `labels`; in the same way `test_images`
    and `test_images_rows`; `epochs`, `batch_size`, `max_lr`
    (Adam with OneCycleLR), `hopeless`: the mean loss of an epoch from which on the training is given up, `seed`,
    `device`. `curve` holds the loss of each step, and `inside` what a page draws of the trained network.
    """
    options = question["options"]
    device = device_of(options)
    torch.manual_seed(options["seed"])
    model = construct(target, question).to(device)
    images, test = (as_pictures(options, name).to(device) for name in ("images", "test_images"))
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
            loss = F.cross_entropy(output(model(images[rows])), labels[rows])
            curve.append(_step(loss, optimizer))
            schedule.step()
        mean = sum(curve[-per_epoch:]) / per_epoch
        if not mean < options["hopeless"]:
            break
    return {"untrained": untrained, "predictions": _predict(model, test), "curve": curve, "inside": inside(model, test)}


def train_denoiser(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """Denoised images for `noisy`, after a training on `images` with Gaussian noise.

    Options: uint8 `images` (m, 784) and `images_rows`, which are padded to 32×32; float32 `noisy` (n, 1, 32, 32);
    `noise`, `steps`, `batch_size`, `max_lr` (Adam with OneCycleLR), `seed`, `device`. Before the prediction the
    running statistics of BatchNorm are taken anew from training batches: after so few steps they lag behind. `curve`
    and `inside` are those of `train_classifier`.
    """
    options = question["options"]
    device = device_of(options)
    torch.manual_seed(options["seed"])
    model = construct(target, question).to(device).to(memory_format=torch.channels_last)
    clean = F.pad(as_pictures(options, "images"), (2, 2, 2, 2)).to(device)
    noisy = build(options["noisy"]).to(device)
    optimizer = torch.optim.Adam(model.parameters())
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, options["max_lr"], total_steps=options["steps"])
    curve: list[float] = []
    batches = _batches(len(clean), options["batch_size"])
    for rows in itertools.islice(batches, options["steps"]):
        wanted = clean[rows.to(device)]
        denoised = output(model.train()(_noisy(wanted, options["noise"])))
        if denoised.shape != wanted.shape:
            raise ValueError(f"forward gives shape {tuple(denoised.shape)} for images {tuple(wanted.shape)}")
        loss = F.mse_loss(denoised, wanted)
        curve.append(_step(loss, optimizer))
        schedule.step()
        if not math.isfinite(curve[-1]):
            break
    _recalibrate(model, [_noisy(clean[rows.to(device)], options["noise"]) for rows in itertools.islice(batches, 10)])
    return {"predictions": _predict(model, noisy), "curve": curve, "inside": inside(model, noisy)}


def train_pair(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """For each network `target(**arguments)` of the option `pair`: its logits for `test_images` while it is trained.

    Both start from the same seed and see the same batches in the same order, with plain SGD. Options: `images`,
    `images_rows`, `labels`, `test_images`, `test_images_rows` as above; `pair`, a dict of names to keyword arguments;
    `lr`, `steps`, `batch_size`, `seed`, `device`; `watched`: before each of so many last steps the logits are
    predicted in training mode.
    """
    options = question["options"]
    device = device_of(options)
    images, test = (as_pictures(options, name).to(device) for name in ("images", "test_images"))
    labels = build(options["labels"]).to(device)
    answer: dict[str, Any] = {"predictions": {}, "curves": {}}
    for name, arguments in options["pair"].items():
        torch.manual_seed(options["seed"])
        model = construct(target, {**question, "kwargs": arguments}).to(device)
        answer["predictions"][name], answer["curves"][name] = train_watched(model, images, labels, test, options)
    return answer


def train_watched(
    model: nn.Module, images: torch.Tensor, labels: torch.Tensor, test: torch.Tensor, options: Mapping[str, Any]
) -> tuple[torch.Tensor, list[float]]:
    """Train a network with plain SGD; its logits for `test` before each of the last steps, and all losses."""
    optimizer = torch.optim.SGD(model.train().parameters(), lr=options["lr"])
    torch.manual_seed(options["seed"])
    curve: list[float] = []
    watched = []
    for rows in itertools.islice(_batches(len(images), options["batch_size"]), options["steps"]):
        rows = rows.to(images.device)
        if len(curve) >= options["steps"] - options["watched"]:
            with torch.no_grad():
                watched.append(output(model(test.clone())))
        curve.append(_step(F.cross_entropy(output(model(images[rows])), labels[rows]), optimizer))
    return torch.stack(watched), curve


def device_of(options: Mapping[str, Any]) -> torch.device:
    """The device that a question asks for; `auto` is CUDA where there is one."""
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
    """The outputs in eval mode; the model is in training mode afterwards."""
    model.eval()
    outputs = [output(model(part.clone())) for part in inputs.split(CHUNK)]
    model.train()
    return torch.cat(outputs)


@torch.no_grad()
def _recalibrate(model: nn.Module, batches: list[torch.Tensor]) -> None:
    """Running statistics as the plain mean over the batches (momentum None)."""
    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm) and module.track_running_stats:
            module.reset_running_stats()
            module.momentum = None
    for batch in batches:
        model.train()(batch)


def _batches(count: int, size: int) -> Iterator[torch.Tensor]:
    """Random rows without end, each epoch in a new order; a last smaller batch is left out."""
    while True:
        for rows in torch.randperm(count).split(size):
            if len(rows) == size:
                yield rows


def _noisy(images: torch.Tensor, factor: float) -> torch.Tensor:
    return (images + factor * torch.randn(images.shape).to(images)).clamp(0, 1)


def as_pictures(options: Mapping[str, Any], name: str) -> torch.Tensor:
    """The rows `<name>_rows` of the bytes called `name`, as images."""
    return pictures(build(options[name]), build(options[f"{name}_rows"]))
