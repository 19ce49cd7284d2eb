"""Observes the networks that a training calls, and may set one thing right in it."""

from __future__ import annotations

import contextlib
import copy
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal, TypedDict

import torch
import torch.nn.functional as F
from torch import nn
from torch.nn.modules.module import register_module_forward_hook, register_module_forward_pre_hook
from torch.nn.parameter import is_lazy
from torch.optim.optimizer import register_optimizer_step_pre_hook
from torch.overrides import TorchFunctionMode

from .operators import Execute, Operators

Change = Literal["", "first weights", "leaky ReLUs", "training mode", "labels", "gradients", "signs"]
"""What is set right: each layer begins with torch's own weights, a ReLU lets a part of negative values through,
networks stay in training mode, the loss gets the labels of the images, gradients reach every parameter, or gradients
have the opposite sign."""

MAX_NETWORKS, MAX_PARAMETERS, MAX_RELUS = 4, 500, 100
KEPT_BATCHES = 8  # for the shares of dead ReLUs
SLOPE = 0.1  # of a leaky ReLU
RELUS, CLAMPS = ("relu", "relu_"), ("clamp", "clamp_", "clamp_min", "clamp_min_")


class ObservedNetwork(TypedDict):
    """What happened to a network; the lists with an entry for each parameter are in their order."""

    parameters: list[str]
    axes: list[int]  # the number of axes of each parameter
    begins: list[float]  # the size of each parameter at first, as a multiple of torch's own; -1 if that is unknown
    last_gradients: list[int]  # the number of the last step with a gradient that is not zero; 0 if there is none
    moved: list[bool]
    steps: int
    confidence: float  # the mean of the largest probability in the first batch; -1 if the output is no logits
    relus: list[list[int]]  # for each ReLU the channels that are zero for all the last images, and all channels
    right_labels: int  # among those that the loss got with the logits
    known_labels: int  # those among them whose image is known


class _Network:
    """A network from its first call on."""

    def __init__(self, module: nn.Module, change: Change) -> None:
        self.module = module
        named = list(nn.Module.named_parameters(module))[:MAX_PARAMETERS]
        self.parameters = dict(named)
        self.begins = _begins(module, self.parameters)
        if change == "first weights":
            _reset(module)
        if change == "gradients":
            module.requires_grad_()
        self.before = [one.detach().clone() for one in self.parameters.values()]
        self.last_gradients = [0] * len(named)
        self.steps = 0
        self.confidence = -1.0
        self.inputs: deque[torch.Tensor] = deque(maxlen=KEPT_BATCHES)
        self.images: list[bytes] = []  # of the last batch
        self.output: Any = None  # for the last batch
        self.labels: Mapping[bytes, int] | None = None
        self.right_labels = self.known_labels = 0

    def count_step(self) -> None:
        self.steps += 1
        for place, parameter in enumerate(self.parameters.values()):
            if parameter.grad is not None and bool(parameter.grad.any()):
                self.last_gradients[place] = self.steps

    def count_labels(self, given: Sequence[int], sources: Sequence[Mapping[bytes, int]]) -> list[int | None]:
        """Count the right labels among those of the last batch, and return the right ones, as far as they are known.

        The source of most labels of the first batch is that of the network; else it is the first source.
        """
        if self.labels is None:
            shares = [sum(map(_equal, map(one.get, self.images), given)) / len(given) for one in sources]
            best = max(range(len(sources)), key=shares.__getitem__)
            self.labels = sources[best if shares[best] > 0.5 else 0]
        right = [self.labels.get(image) for image in self.images]
        self.known_labels += sum(label is not None for label in right)
        self.right_labels += sum(map(_equal, right, given))
        return right

    def report(self) -> ObservedNetwork:
        pairs = zip(self.before, self.parameters.values(), strict=True)
        return {
            "parameters": list(self.parameters),
            "axes": [one.ndim for one in self.parameters.values()],
            "begins": self.begins,
            "last_gradients": self.last_gradients,
            "moved": [not torch.equal(before, after.detach()) for before, after in pairs],
            "steps": self.steps,
            "confidence": self.confidence,
            "relus": _relus(self.module, list(self.inputs)),
            "right_labels": self.right_labels,
            "known_labels": self.known_labels,
        }


class TrainingObserver(TorchFunctionMode):
    """Observes what happens in the `with` block; each of `sources` holds the right labels by the bytes of the image."""

    def __init__(self, change: Change, sources: Sequence[Mapping[bytes, int]]) -> None:
        super().__init__()
        self._change, self._sources = change, sources
        self._networks: dict[int, _Network] = {}
        self._inside: list[nn.Module] = []  # the modules that the pass is in, the network first
        self._last: _Network | None = None  # the one that was called last in a training
        self._turned: set[int] = set()  # optimizers
        self._hooks: list[Any] = []

    def __enter__(self) -> TrainingObserver:
        self._hooks = [
            register_module_forward_pre_hook(self._enter),
            register_module_forward_hook(self._leave, always_call=True),
            register_optimizer_step_pre_hook(self._step),
        ]
        super().__enter__()
        return self

    def __exit__(self, *error: Any) -> None:
        super().__exit__(*error)
        for hook in self._hooks:
            hook.remove()

    def report(self) -> list[ObservedNetwork]:
        """What happened to each network, in the order of their first calls."""
        return [one.report() for one in self._networks.values()]

    def _enter(self, module: nn.Module, args: tuple[Any, ...]) -> None:
        if self._inside:
            self._inside.append(module)
            return
        if next(module.parameters(), None) is None or any(map(is_lazy, module.parameters())):
            return  # a loss, or a network without weights yet
        if id(module) not in self._networks and len(self._networks) < MAX_NETWORKS:
            self._networks[id(module)] = _Network(module, self._change)
        if self._change == "training mode":
            module.train()
        single = args[0] if len(args) == 1 and isinstance(args[0], torch.Tensor) else None
        self._last = self._networks.get(id(module)) if torch.is_grad_enabled() else None
        if single is not None and self._last is not None:
            self._last.inputs.append(single.detach())
            self._last.images = list(map(_bytes, single)) if self._sources else []
        self._inside.append(module)

    def _leave(self, module: nn.Module, args: tuple[Any, ...], output: Any) -> None:
        if self._inside and self._inside[-1] is module:
            self._inside.pop()
        network = None if self._inside else self._networks.get(id(module))
        if network is not None and torch.is_grad_enabled() and isinstance(output, torch.Tensor):
            network.output = output
            if network.confidence < 0 and output.ndim == 2:
                network.confidence = _finite(output.detach().softmax(1).amax(1).mean())

    def _step(self, optimizer: torch.optim.Optimizer, args: Any, kwargs: Any) -> None:
        trained = {id(one) for group in optimizer.param_groups for one in group["params"]}
        for network in self._networks.values():
            if any(id(one) in trained for one in network.parameters.values()):
                network.count_step()
        if self._change == "signs" and id(optimizer) not in self._turned:
            self._turned.add(id(optimizer))
            for group in optimizer.param_groups:
                group["maximize"] = not group.get("maximize", False)

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kwargs = kwargs or {}
        name = getattr(func, "__name__", "")
        if name == "cross_entropy" and not self._inside:
            args = self._with_labels(args, kwargs)
        if self._inside and self._change == "leaky ReLUs" and name in RELUS:
            return F.leaky_relu(args[0] if args else kwargs["input"], SLOPE)
        if self._inside and self._change == "gradients" and args:
            if func is torch.Tensor.detach or func is torch.Tensor.data.__get__:  # type: ignore[attr-defined]
                return args[0]
            if name == "_set_grad_enabled":
                args = (True,)
        return func(*args, **kwargs)

    def _with_labels(self, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, ...]:
        """The arguments of a loss after the labels in it were counted; with the right ones, if these are wanted."""
        logits = args[0] if args else kwargs.get("input")
        target = args[1] if len(args) > 1 else kwargs.get("target")
        network = self._last
        if network is None or logits is not network.output or not isinstance(target, torch.Tensor):
            return args
        if target.is_floating_point() or not network.images or target.shape != (len(network.images),):
            return args
        given = target.tolist()
        right = network.count_labels(given, self._sources)
        if self._change != "labels":
            return args
        labels = [one if label is None else label for label, one in zip(right, given, strict=True)]
        kwargs.pop("input", None)
        kwargs.pop("target", None)
        return (logits, torch.tensor(labels).to(target), *args[2:])


def labels_by_image(inputs: Any, targets: Any) -> dict[bytes, int]:
    """The label of each image, by its bytes; empty unless there is one whole number for each row of one tensor."""
    if not (isinstance(inputs, torch.Tensor) and isinstance(targets, torch.Tensor)):
        return {}
    if targets.ndim != 1 or targets.is_floating_point() or len(inputs) != len(targets):
        return {}
    return {_bytes(row): label for row, label in zip(inputs, targets.tolist(), strict=True)}


def _equal(one: int | None, other: int) -> bool:
    return one == other


def _finite(value: torch.Tensor) -> float:
    """The number; -1 if it is NaN or infinite."""
    return float(value) if value.isfinite() else -1.0


def _bytes(row: torch.Tensor) -> bytes:
    return row.detach().cpu().contiguous().numpy().tobytes()


def _own_layers(module: nn.Module) -> Iterator[tuple[nn.Module, type[nn.Module]]]:
    """The layers that torch knows how to begin, each with torch's own class."""
    for part in module.modules():
        for kind in type(part).__mro__:
            if kind.__module__.startswith("torch.nn.modules.") and "reset_parameters" in dir(kind):
                yield part, kind
                break


def _reset(module: nn.Module) -> None:
    for part, kind in _own_layers(module):
        kind.reset_parameters(part)  # type: ignore[attr-defined]


@torch.no_grad()
def _begins(module: nn.Module, parameters: Mapping[str, torch.Tensor]) -> list[float]:
    """The size of each parameter as a multiple of what torch begins with."""
    with contextlib.suppress(Exception), torch.random.fork_rng(devices=[]):  # a copy of any module may fail
        other = copy.deepcopy(module)
        _reset(other)
        layers = {id(one) for part, _ in _own_layers(other) for one in part.parameters(recurse=False)}
        usual = dict(nn.Module.named_parameters(other))
        return [
            _finite(one.norm() / usual[name].norm()) if id(usual[name]) in layers and usual[name].any() else -1.0
            for name, one in parameters.items()
        ]
    return [-1.0] * len(parameters)


def _relus(module: nn.Module, batches: list[torch.Tensor]) -> list[list[int]]:
    """The dead channels of each ReLU, and all of them."""
    counts: list[list[int]] = []

    def record(operator: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        is_relu = operator in RELUS or (operator in CLAMPS and len(args) > 1 and args[1] == 0)
        if is_relu and isinstance(result, torch.Tensor) and result.ndim > 1 and len(counts) < MAX_RELUS:
            alive = (result > 0).transpose(0, 1).flatten(1).any(1) | result.isnan().any()
            counts.append([int((~alive).sum()), len(alive)])
        return result

    shapes = {one.shape[1:] for one in batches}
    if len(shapes) == 1:
        with contextlib.suppress(Exception), torch.no_grad(), Operators(record):
            module(torch.cat(batches))
    return counts
