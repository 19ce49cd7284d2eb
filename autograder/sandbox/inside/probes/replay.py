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
    known = getattr(inspect.unwrap(target), "__globals__", {})
    uses = options["uses"]
    name = next((name for name, value in known.items() if uses in (name, getattr(value, "__name__", ""))), None)
    if name is None:
        raise NoNetwork(f"{question['target']} does not use {uses}")
    images, labels = build(question["args"])
    rows = options["batch_size"]
    original, made = known[name], []

    def make(*args: Any, **kwargs: Any) -> Any:
        network = original(*args, **kwargs)
        made.append((network, copy.deepcopy(network)))
        return network

    known[name] = make
    try:
        told = target(images, labels, **build(question["kwargs"]))
    finally:
        known[name] = original
    trained = [fresh for network, fresh in made if not _same(network, fresh)]
    if len(trained) != len(options["names"]):
        count = len(options["names"])
        raise NoNetwork(f"{question['target']} trains {len(trained)} networks of {uses}, not {count}")
    trained.sort(key=lambda network: sum(parameter.numel() for parameter in network.parameters()))
    repeated = [_train(network, images[:rows], labels[:rows], options) for network in trained]
    return [told, dict(zip(options["names"], repeated, strict=True))]


def _same(one: nn.Module, other: nn.Module) -> bool:
    """Whether two networks of one class have equal weights: one that was made and never trained."""
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(left.to(right), right) for left, right in pairs)


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
