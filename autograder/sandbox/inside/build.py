"""Builds the objects that a question describes as data: networks, loaders, optimizers.

A description is a dict: `make` names a builder or a class of torch, `args` and `kwargs` are its arguments, and `id`
is a number. Equal numbers stand for the same object. Without `args` the builder itself is meant: a function that is
passed as an argument. A course has builders of its own.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from types import MappingProxyType
from typing import Any, cast

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from .values import Dtype
from .weights import fill


class Builder:
    """A function or class of the course that makes an argument, or is one itself."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.function(*args, **kwargs)


def builder(function: Callable[..., Any]) -> Builder:
    """Make a function or class of `probes.py` one that cases may use: `case(make(recorder, 3))`, or `case(square, 3)`.

    An object that it makes may have a method `state()`, which gives plain data; a check with `watch` shows it.
    """
    return Builder(function)


COURSE_BUILDERS: ContextVar[Mapping[str, Builder]] = ContextVar("COURSE_BUILDERS", default=MappingProxyType({}))


def build(value: Any, built: dict[int, Any] | None = None) -> Any:
    """Replace arrays by torch tensors and descriptions by objects; `built` holds the objects so far, by `id`."""
    built = {} if built is None else built
    if isinstance(value, Dtype):
        library, _, name = value.name.partition(".")
        return getattr(torch, name) if library == "torch" else np.dtype(name)
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value.copy())
    if isinstance(value, (list, tuple)):
        return type(value)(build(item, built) for item in value)
    if not isinstance(value, dict):
        return value
    if "make" not in value:
        return {key: build(item, built) for key, item in value.items()}
    if value["args"] is None:
        return _builder(value["make"])
    if value["id"] not in built:
        args = build(value["args"], built)
        kwargs = build(value["kwargs"], built)
        built[value["id"]] = _builder(value["make"])(*args, **kwargs)
    return built[value["id"]]


def _builder(name: str) -> Callable[..., Any]:
    if name in COURSE_BUILDERS.get():
        return COURSE_BUILDERS.get()[name].function
    if name in BUILDERS:
        return BUILDERS[name]
    first, *rest = name.split(".")
    if first != "torch":
        raise LookupError(f"{name} is neither a name below torch nor one of {', '.join(sorted(BUILDERS))}")
    found: Any = torch
    for part in rest:
        found = getattr(found, part)
    return cast(Callable[..., Any], found)


def freeze(module: nn.Module) -> nn.Module:
    return module.requires_grad_(False)


def set_to_eval(module: nn.Module) -> nn.Module:
    return module.eval()


def freeze_parameters(module: nn.Module, names: list[str]) -> nn.Module:
    for name in names:
        module.get_parameter(name).requires_grad_(False)
    return module


def give_gradient(module: nn.Module, name: str) -> nn.Module:
    """Give one parameter a gradient, as a backward pass does that reaches no other one."""
    parameter = module.get_parameter(name)
    parameter.grad = torch.ones_like(parameter)
    return module


def tie(module: nn.Module, first: str, second: str) -> nn.Module:
    """Replace the second parameter by the first, so that one tensor has two names."""
    owner, _, name = second.rpartition(".")
    setattr(module.get_submodule(owner), name, module.get_parameter(first))
    return module


def to_numpy(values: torch.Tensor) -> np.ndarray:
    return values.numpy()


def sequential(**layers: nn.Module) -> nn.Module:
    """An `nn.Sequential` whose layers have these names."""
    return nn.Sequential(OrderedDict(layers))


def add_hook(module: nn.Module, name: str) -> nn.Module:
    """Add a forward hook to a submodule; a check shows whether student code removes it."""
    module.get_submodule(name).register_forward_hook(lambda *_: None)
    return module


def images_from_bytes(images: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """Select rows (n,) of uint8 images (m, 784), as float32 images (n, 1, 28, 28) in [0, 1]."""
    return images[rows].reshape(-1, 1, 28, 28).float() / 255


def seed_weights(module: nn.Module, seed: int) -> nn.Module:
    """Fill every parameter from `seed`, in the order of registration."""
    fill(list(module.parameters()), seed)
    return module


class ModeRecorder(nn.Module):
    """Returns its input, and records whether it was in training mode and whether gradients were on."""

    def __init__(self) -> None:
        super().__init__()
        self.modes: list[dict[str, bool]] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.modes.append({"training": self.training, "gradients": torch.is_grad_enabled()})
        return x

    def __deepcopy__(self, memo: Any) -> ModeRecorder:
        """Return a recorder that shares `modes`, so that a call of a copied model is recorded too."""
        copied = ModeRecorder().train(self.training)
        copied.modes = self.modes
        return copied


class GradientDescent:
    """Plain gradient descent with the interface of torch's optimizers, whose import takes over a second."""

    def __init__(self, module: nn.Module, lr: float) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": list(module.parameters()), "lr": lr}]

    def zero_grad(self, set_to_none: bool = True) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """Make one step. As in torch's optimizers, call `closure` first and return its loss."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.sub_(group["lr"] * parameter.grad)
        return loss


def data_loader(*arrays: torch.Tensor, batch_size: int) -> Any:
    """A DataLoader that keeps the order of the arrays; the last batch may be smaller."""
    return DataLoader(TensorDataset(*arrays), batch_size=batch_size)


BUILDERS: dict[str, Callable[..., Any]] = {
    "array": to_numpy,
    "copy": copy.deepcopy,
    "descent": GradientDescent,
    "evaluating": set_to_eval,
    "frozen": freeze,
    "hooked": add_hook,
    "loader": data_loader,
    "pictures": images_from_bytes,
    "partly_frozen": freeze_parameters,
    "reached": give_gradient,
    "spy": ModeRecorder,
    "stages": sequential,
    "tied": tie,
    "weighted": seed_weights,
}
