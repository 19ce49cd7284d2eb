"""Looks into trainings that a student's function tells of: are they true, and do the networks learn what they say?

Which networks those are is seen from their first call, so that it does not matter how the function comes by them.
"""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.parameter import is_lazy

from ..build import build
from ..refusal import NoNetwork
from .forward import forward
from .train import as_pictures, device_of, train_watched


def replayed(target: Any, question: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The loss curves that `target(images, labels, ...)` tells, and those of the same trainings repeated here.

    Curves that are right but for their names, which stand for one another, are told as such by `NoNetwork`.
    The arguments must be a data set of which all images and all labels are the same, so that the order of the batches
    does not matter: each network is trained again, from the weights that it had at its first call, with plain SGD.
    Options `names`: the keys of the curves, by growing size of the networks; `lr`, `steps`, `batch_size`.
    """
    options = question["options"]
    told, networks = _trained(target, question, len(options["names"]))
    images, labels = build(question["args"])
    rows = options["batch_size"]
    repeated = [_train(network, images[:rows], labels[:rows], options) for network in networks]
    names = options["names"]
    right, swapped = (dict(zip(names, curves, strict=True)) for curves in (repeated, repeated[::-1]))
    if _close(told, swapped) and not _close(told, right):
        raise NoNetwork(f"the curves are swapped: the losses under {names[0]!r} are those of the larger network")
    return [told, right]


def compared(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """What the probe `forward` gives for a network that `target(images, labels, ...)` trains.

    Option `which` is its number by growing size, `among` how many networks are trained; the others as for `forward`.
    """
    options = question["options"]
    _, networks = _trained(target, question, options["among"])
    network = networks[options["which"]]
    return forward(lambda: network, {**question, "args": (), "kwargs": {}})


def batches_seen(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """For each network that `target(images, labels, ...)` trains, by growing size: the mean of each image that it sees.

    Other numbers of images than `steps` batches of `batch_size` are told by `NoNetwork`. Option `among`: how many
    networks are trained.
    """
    seen = [torch.cat(batches or [torch.zeros(0)]) for batches in _seen(target, question)]
    steps, size = question["kwargs"]["steps"], question["kwargs"]["batch_size"]
    counts = [len(means) for means in seen]
    if set(counts) != {steps * size}:
        saw = (
            f"each saw {counts[0] or 'none'}" if len(set(counts)) == 1 else f"they saw {' and '.join(map(str, counts))}"
        )
        due = f"each network was to see {steps * size} images in training mode ({steps} steps of {size})"
        raise NoNetwork(f"{question['target']}: {due}, {saw}")
    return seen


def first_and_last_batch(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The mean of each image of the first and of the last whole batch that the smaller network sees.

    Options as for `batches_seen`; a batch is whole that has the `batch_size` of the call. If none
    is, `NoNetwork` tells.
    """
    size = question["kwargs"]["batch_size"]
    seen = _seen(target, question)[0]
    whole = [batch for batch in seen if len(batch) == size]
    if not whole:
        came = f"batches of {len(seen[0])} came" if seen else "no batch came in training mode"
        raise NoNetwork(f"{question['target']} was to train on batches of {size} images, {came}")
    return [whole[0], whole[-1]]


def first_weights(target: Any, question: Mapping[str, Any]) -> list[list[float]]:
    """For each network that `target(images, labels, ...)` trains: sum and norm of a kernel of it before the training.

    It is the one that is registered first, whatever its shape. Option `among`: how many networks are trained.
    """
    _, networks = _trained(target, question, question["options"]["among"])
    kernels = ([weight.detach() for weight in network.parameters() if weight.ndim > 1] for network in networks)
    return [[float(weight.sum()), float(weight.norm())] for weight, *_ in kernels]


def curves_by_seed(target: Any, question: Mapping[str, Any]) -> list[list[torch.Tensor]]:
    """For each of the option `names`, the curves that `target(images, labels, seed=...)` tells for the `seeds`."""
    options = question["options"]
    told = [target(*build(question["args"]), **build(question["kwargs"]), seed=seed) for seed in options["seeds"]]
    return [[torch.tensor([float(loss) for loss in curves[name]]) for curves in told] for name in options["names"]]


def told_and_trained(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """What `target(images, labels, ...)` tells, as `told`, and what its networks learn when they are trained here.

    Curves can be invented, predictions on images without labels cannot. Options as for `train_pair`; of `pair` only
    the names count, by growing size of the networks.
    """
    options = question["options"]
    names = list(options["pair"])
    told, networks = _trained(target, question, len(names))
    device = device_of(options)
    images, test = (as_pictures(options, name).to(device) for name in ("images", "test_images"))
    labels = build(options["labels"]).to(device)
    predictions = {
        name: train_watched(network.to(device), images, labels, test, options)[0]
        for name, network in zip(names, networks, strict=True)
    }
    return {"told": told, "predictions": predictions, "curves": told}


def _seen(target: Any, question: Mapping[str, Any]) -> list[list[torch.Tensor]]:
    """For each network that is trained, by growing size: the mean of each image, batch by batch."""
    seen: dict[int, list[torch.Tensor]] = {}
    with _noticed(seen) as networks:
        target(*build(question["args"]), **build(question["kwargs"]))
    trained = [key for key, pair in _whole(networks).items() if not _same(*pair)]
    _expect(question, len(trained), question["options"]["among"])
    return [seen.get(key, []) for key in sorted(trained, key=lambda key: _size(networks[key][1]))]


def _trained(target: Any, question: Mapping[str, Any], count: int) -> tuple[Any, list[nn.Module]]:
    """What the function returns, and the networks that it trains as they were at their first call, by growing size."""
    with _noticed() as networks:
        told = target(*build(question["args"]), **build(question["kwargs"]))
    fresh = [before for network, before in _whole(networks).values() if not _same(network, before)]
    _expect(question, len(fresh), count)
    return told, sorted(fresh, key=_size)


def _close(told: Any, curves: Mapping[str, list[float]]) -> bool:
    """Whether the curves that are told are these; they may be anything."""
    if not isinstance(told, dict) or set(told) != set(curves):
        return False
    try:
        return all(
            torch.allclose(torch.tensor([float(loss) for loss in told[name]]), torch.tensor(curve), 1e-3, 1e-3)
            for name, curve in curves.items()
        )
    except (TypeError, ValueError, RuntimeError):  # no numbers, or not as many
        return False


def _whole(networks: dict[int, tuple[nn.Module, nn.Module]]) -> dict[int, tuple[nn.Module, nn.Module]]:
    """Those that are no part of another one: a constructor may call a part, to see how large its output is."""
    parts = {id(part) for network, _ in networks.values() for part in list(network.modules())[1:]}
    return {key: pair for key, pair in networks.items() if key not in parts}


def _expect(question: Mapping[str, Any], found: int, count: int) -> None:
    if found != count:
        raise NoNetwork(f"{question['target']} trains {found} networks, not {count}")


def _size(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


@contextlib.contextmanager
def _noticed(seen: dict[int, list[torch.Tensor]] | None = None) -> Iterator[dict[int, tuple[nn.Module, nn.Module]]]:
    """Each network that is called within the block, but not by another one, and a copy of how it was before.

    `seen` is given the mean of each row of the inputs in training mode, by the same keys.
    """
    networks: dict[int, tuple[nn.Module, nn.Module]] = {}
    original, depth = nn.Module.__call__, 0

    def call(self: nn.Module, *args: Any, **kwargs: Any) -> Any:
        nonlocal depth
        if not depth and id(self) not in networks and any(True for _ in self.parameters()):
            depth += 1
            try:
                before = _before(self, original, args, kwargs)
            finally:
                depth -= 1
            if before is not None:
                networks[id(self)] = (self, before)
        if not depth and seen is not None and id(self) in networks and self.training and args:
            seen.setdefault(id(self), []).append(torch.as_tensor(args[0]).detach().flatten(1).mean(1))
        depth += 1
        try:
            return original(self, *args, **kwargs)
        finally:
            depth -= 1

    nn.Module.__call__ = call  # type: ignore[method-assign]  # hooks do not hear of a call that raises
    try:
        yield networks
    finally:
        nn.Module.__call__ = original  # type: ignore[method-assign]  # as above


def _before(network: nn.Module, call: Callable[..., Any], args: Any, kwargs: Any) -> nn.Module | None:
    """A copy of the network as it is, or None while a layer is lazy that this call does not use.

    Lazy layers become real by the same pass in eval mode, which draws their weights and moves no statistics.
    """
    if any(is_lazy(parameter) for parameter in network.parameters()):
        training = network.training
        with torch.no_grad():
            call(network.eval(), *args, **kwargs)
        network.train(training)
    return None if any(is_lazy(parameter) for parameter in network.parameters()) else copy.deepcopy(network)


def _same(one: nn.Module, other: nn.Module) -> bool:
    """Whether two networks of one class have equal weights: one that was called and never trained."""
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
