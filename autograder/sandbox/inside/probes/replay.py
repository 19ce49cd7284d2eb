"""Repeats trainings that a student's function tells of, from the same initial weights, to see whether they are true."""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..build import build


class NoNetwork(RuntimeError):
    """The student's function does not train the networks that it is asked to train."""


def replayed(target: Any, question: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The loss curves that `target(images, labels, ...)` tells, and those of the same trainings repeated here.

    The arguments must be a data set of which all images and all labels are the same, so that the order of the batches
    does not matter. Option `uses` is the name of the student's class of networks, as the function knows it: the initial
    weights of each network that the function makes of it are kept, and trained again with plain SGD.
    Options `names`: the keys of the curves, by growing size of the networks; `lr`, `steps`, `batch_size`.
    """
    options = question["options"]
    known, name = getattr(inspect.unwrap(target), "__globals__", {}), options["uses"]
    if name not in known:
        raise NoNetwork(f"{question['target']} does not use {name}")
    images, labels = build(question["args"])
    rows = options["batch_size"]
    original, made = known[name], []

    def make(*args: Any, **kwargs: Any) -> Any:
        network = original(*args, **kwargs)
        made.append(copy.deepcopy(network))
        return network

    known[name] = make
    try:
        told = target(images, labels, **build(question["kwargs"]))
    finally:
        known[name] = original
    if len(made) != len(options["names"]):
        raise NoNetwork(f"{question['target']} makes {len(made)} networks of {name}, not {len(options['names'])}")
    made.sort(key=lambda network: sum(parameter.numel() for parameter in network.parameters()))
    repeated = [_train(network, images[:rows], labels[:rows], options) for network in made]
    return [told, dict(zip(options["names"], repeated, strict=True))]


def _train(network: nn.Module, images: torch.Tensor, labels: torch.Tensor, options: Mapping[str, Any]) -> list[float]:
    optimizer = torch.optim.SGD(network.train().parameters(), lr=options["lr"])
    curve = []
    for _ in range(options["steps"]):
        loss = F.cross_entropy(network(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        curve.append(loss.item())
    return curve
