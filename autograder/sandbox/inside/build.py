"""Makes the objects that a question asks for: networks, loaders, optimizers, told as data.

A made object is a dict with the key `make`: its name, its arguments, and a number by which the same object is
recognised when it is used twice.
"""

from __future__ import annotations

import copy
from collections import OrderedDict
from collections.abc import Callable
from typing import Any, cast

import numpy as np
import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from .weights import fill


def build(value: Any, made: dict[int, Any] | None = None) -> Any:
    """The value with arrays turned into torch tensors and made objects into themselves."""
    made = {} if made is None else made
    if isinstance(value, np.ndarray):
        return torch.from_numpy(value.copy())
    if isinstance(value, (list, tuple)):
        return type(value)(build(item, made) for item in value)
    if not isinstance(value, dict):
        return value
    if "make" not in value:
        return {key: build(item, made) for key, item in value.items()}
    if value["id"] not in made:
        args = build(value["args"], made)
        kwargs = build(value["kwargs"], made)
        made[value["id"]] = _maker(value["make"])(*args, **kwargs)
    return made[value["id"]]


def _maker(name: str) -> Callable[..., Any]:
    if name in BUILDERS:
        return BUILDERS[name]
    first, *rest = name.split(".")
    if first != "torch":
        raise LookupError(f"{name} is neither a name below torch nor one of {', '.join(sorted(BUILDERS))}")
    found: Any = torch
    for part in rest:
        found = getattr(found, part)
    return cast(Callable[..., Any], found)


def frozen(module: nn.Module) -> nn.Module:
    """The module with no parameter that asks for a gradient."""
    return module.requires_grad_(False)


def evaluating(module: nn.Module) -> nn.Module:
    """The module in eval mode."""
    return module.eval()


def partly_frozen(module: nn.Module, names: list[str]) -> nn.Module:
    """The module with the named parameters frozen."""
    for name in names:
        module.get_parameter(name).requires_grad_(False)
    return module


def tied(module: nn.Module, first: str, second: str) -> nn.Module:
    """The module with its second parameter replaced by the first: one tensor under two names."""
    owner, _, name = second.rpartition(".")
    setattr(module.get_submodule(owner), name, module.get_parameter(first))
    return module


def array(values: torch.Tensor) -> np.ndarray:
    """The values as a numpy array."""
    return values.numpy()


def stages(**layers: nn.Module) -> nn.Module:
    """The layers one after the other, under these names."""
    return nn.Sequential(OrderedDict(layers))


def hooked(module: nn.Module, name: str) -> nn.Module:
    """The module with a forward hook on its submodule of that name, which somebody else has put there."""
    module.get_submodule(name).register_forward_hook(lambda *_: None)
    return module


def pictures(images: torch.Tensor, rows: torch.Tensor) -> torch.Tensor:
    """The given rows of bytes (m, 784) as images (n, 1, 28, 28), float32 in [0, 1]."""
    return images[rows].reshape(-1, 1, 28, 28).float() / 255


def weighted(module: nn.Module, seed: int) -> nn.Module:
    """The module with every parameter drawn from `seed`, in the order of registration."""
    fill(list(module.parameters()), seed)
    return module


class Spy(nn.Module):
    """A module that hands its input on and remembers in which mode it was called."""

    def __init__(self) -> None:
        super().__init__()
        self.modes: list[dict[str, bool]] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.modes.append({"training": self.training, "gradients": torch.is_grad_enabled()})
        return x

    def __deepcopy__(self, memo: Any) -> Spy:
        """A copy that writes into the same list: who runs a copy of the model instead is watched as well."""
        copied = Spy().train(self.training)
        copied.modes = self.modes
        return copied


class Descent:
    """Plain gradient descent with the interface of torch's optimizers, without importing them (over a second)."""

    def __init__(self, module: nn.Module, lr: float) -> None:
        self.param_groups: list[dict[str, Any]] = [{"params": list(module.parameters()), "lr": lr}]

    def zero_grad(self, set_to_none: bool = True) -> None:
        for group in self.param_groups:
            for parameter in group["params"]:
                parameter.grad = None

    @torch.no_grad()
    def step(self, closure: Callable[[], Any] | None = None) -> Any:
        """One step down; a closure is called first, as torch's optimizers do, and what it returns is handed on."""
        loss = None
        if closure is not None:
            with torch.enable_grad():
                loss = closure()
        for group in self.param_groups:
            for parameter in group["params"]:
                if parameter.grad is not None:
                    parameter.sub_(group["lr"] * parameter.grad)
        return loss


def loader(*arrays: torch.Tensor, batch_size: int) -> Any:
    """A DataLoader over the arrays, in their order; the last batch may be smaller."""
    return DataLoader(TensorDataset(*arrays), batch_size=batch_size)


BUILDERS: dict[str, Callable[..., Any]] = {
    "array": array,
    "copy": copy.deepcopy,
    "descent": Descent,
    "evaluating": evaluating,
    "frozen": frozen,
    "hooked": hooked,
    "loader": loader,
    "pictures": pictures,
    "partly_frozen": partly_frozen,
    "spy": Spy,
    "stages": stages,
    "tied": tied,
    "weighted": weighted,
}
