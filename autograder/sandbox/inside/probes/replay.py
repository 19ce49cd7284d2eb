"""Looks into trainings that a student's function tells of: are they true, and do the networks learn what they say?"""

from __future__ import annotations

import copy
import inspect
from collections.abc import Mapping
from types import ModuleType
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn

from ..build import build
from .train import train_pair


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
    uses = options["uses"]
    known, name = _networks(target, question)
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


def told_and_trained(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """What `target(images, labels, ...)` tells, as `told`, and what its networks learn when they are trained here.

    Curves can be invented, predictions on images without labels cannot. Option `uses` as for `replayed`, the other
    options as for `train_pair`.
    """
    known, name = _networks(target, question)
    told = target(*build(question["args"]), **build(question["kwargs"]))
    trained = train_pair(known[name], {**question, "args": ()})
    return {"told": told, "predictions": trained["predictions"], "curves": told}


def _networks(target: Any, question: Mapping[str, Any]) -> tuple[dict[str, Any], str]:
    """The names that the student's function knows, and the one among them of its class of networks."""
    own = getattr(inspect.unwrap(target), "__globals__", {})
    uses = question["options"]["uses"]
    for known in (own, *(vars(value) for value in own.values() if isinstance(value, ModuleType))):
        for name, value in known.items():
            if uses in (name, getattr(value, "__name__", "")):
                return known, name
    raise NoNetwork(f"{question['target']} does not use {uses}")


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
