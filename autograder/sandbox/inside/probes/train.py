"""The probe that trains a student's network with the grader's own loop, and returns predictions.

The judge keeps the targets of the test inputs and the thresholds. The question holds the recipe of the training.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Iterator
from typing import Any, Literal, TypedDict

import torch
import torch.nn.functional as F
from torch import nn

from ..build import build
from ..frames import QuestionFrame
from ..probe import DRAWN, NEEDED, probe
from .network import construct, single_output
from .stages import InnerView, inner_view

CHUNK = 250  # inputs in one forward pass of a prediction
Device = Literal["cpu", "cuda", "auto"]


class Trained(TypedDict):
    untrained: torch.Tensor
    predictions: torch.Tensor
    curve: list[float]  # the loss of each step
    inside: InnerView


@probe
def train(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Any = NEEDED,
    targets: Any = NEEDED,
    test_inputs: Any = NEEDED,
    epochs: int | None = None,
    steps: int | None = None,
    batch_size: int = 32,
    loss: str = "cross_entropy",
    optimizer: str = "Adam",
    lr: float | None = None,
    max_lr: float | None = None,
    hopeless: float = math.inf,
    seed: int = DRAWN,
    device: Device = "cpu",
) -> Trained:
    """Train a network; return its outputs for `test_inputs` before (`untrained`) and after it (`predictions`).

    The answer also holds the loss of each step (`curve`) and pictures of the trained network (`inside`). Options:

    - `inputs`, `targets`, `test_inputs`: arrays with a row for each sample, of any shape and dtype. `inputs` and
      `test_inputs` may be tuples of arrays, if the network takes several arguments.
    - `epochs` or `steps`, and `batch_size`: how long to train. With `steps` each batch is full.
    - `loss`: a function of torch.nn.functional, such as `mse_loss`; or `token_cross_entropy`, for outputs
      (N, L, classes) and targets (N, L).
    - `optimizer`: a class of torch.optim; `lr` is its learning rate, torch's default if None.
    - `max_lr`: the largest learning rate of a OneCycleLR schedule, in place of `lr`.
    - `hopeless`: with `epochs`, the training stops after an epoch whose mean loss is not below this.
    """
    where = device_of(device)
    torch.manual_seed(seed)
    model = construct(target, question).to(where)
    samples, answers, tests = (_moved(build(data), where) for data in (inputs, targets, test_inputs))
    untrained = predict(model, tests)
    count, per_epoch = len(answers), math.ceil(len(answers) / batch_size)
    total = steps if steps is not None else (epochs or 1) * per_epoch
    rate = {} if lr is None else {"lr": lr}
    descent = getattr(torch.optim, optimizer)(model.parameters(), **rate)
    schedule = None if max_lr is None else torch.optim.lr_scheduler.OneCycleLR(descent, max_lr, total_steps=total)
    loss_of = _loss(loss)
    curve: list[float] = []
    for rows in itertools.islice(_rows(count, batch_size, full=steps is not None), total):
        rows = rows.to(where)
        outputs = single_output(model(*_arguments(samples, rows)))
        curve.append(step(loss_of(outputs, answers[rows]), descent))
        if schedule is not None:
            schedule.step()
        if steps is None and len(curve) % per_epoch == 0 and not sum(curve[-per_epoch:]) / per_epoch < hopeless:
            break
    return {
        "untrained": untrained,
        "predictions": predict(model, tests),
        "curve": curve,
        "inside": inner_view(model, tests[0] if isinstance(tests, tuple) else tests),
    }


def device_of(name: str) -> torch.device:
    """The device of this name; `auto` is CUDA where available."""
    if name == "auto":
        name = "cuda" if torch.cuda.is_available() else "cpu"
    return torch.device(name)


def step(loss: torch.Tensor, optimizer: torch.optim.Optimizer) -> float:
    """Make one step of the optimizer; return the loss."""
    optimizer.zero_grad()
    loss.backward()
    optimizer.step()
    return loss.item()


@torch.no_grad()
def predict(model: nn.Module, inputs: Any) -> torch.Tensor:
    """The outputs in eval mode for all rows of a tensor or of a tuple of tensors; sets training mode afterwards."""
    model.eval()
    parts = zip(*(one.split(CHUNK) for one in (inputs if isinstance(inputs, tuple) else (inputs,))), strict=True)
    outputs = [single_output(model(*(part.clone() for part in chunk))) for chunk in parts]
    model.train()
    return torch.cat(outputs)


def batches(count: int, size: int) -> Iterator[torch.Tensor]:
    """Yield random batches of row indices without end: a new order in each epoch, without smaller last batches."""
    return _rows(count, size, full=True)


def _rows(count: int, size: int, full: bool) -> Iterator[torch.Tensor]:
    while True:
        yield from (rows for rows in torch.randperm(count).split(size) if len(rows) == min(size, count) or not full)


def _arguments(samples: Any, rows: torch.Tensor) -> tuple[torch.Tensor, ...]:
    return tuple(one[rows] for one in samples) if isinstance(samples, tuple) else (samples[rows],)


def _moved(data: Any, device: torch.device) -> Any:
    return tuple(one.to(device) for one in data) if isinstance(data, (tuple, list)) else data.to(device)


def _loss(name: str) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    if name == "token_cross_entropy":
        return lambda outputs, targets: F.cross_entropy(outputs.flatten(0, -2), targets.flatten())
    found: Callable[[torch.Tensor, torch.Tensor], torch.Tensor] = getattr(F, name)
    return found
