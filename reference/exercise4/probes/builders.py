"""Arguments of cases: layers with given numbers, batches that show what happens to them, a scheduler that counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import torch
from torch import nn

from autograder.sandbox.inside.toolbox import builder

PLACE = {"device": torch.device("cuda", 0), "is_cuda": True, "is_cpu": False}


@builder
def constant(module: nn.Module, weight: float | None = None, bias: float | None = None) -> nn.Module:
    """The layer with all values of its weight and of its bias set to these numbers."""
    for parameter, value in (module.weight, weight), (module.bias, bias):
        if value is not None:
            nn.init.constant_(parameter, value)
    return module


@builder
def last_bias(module: nn.Module, value: float) -> nn.Module:
    """The layer with a bias in its last channel only."""
    with torch.no_grad():
        module.bias.copy_(torch.zeros_like(module.bias))
        module.bias[-1] = value
    return module


@builder
def requiring_gradients(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor as what a layer puts out: it requires gradients and is no leaf."""
    return tensor.requires_grad_() * 1


class Elsewhere(torch.Tensor):
    """A tensor that seems to be on a GPU: it works with its like, and not with tensors on the CPU or with numpy."""

    @classmethod
    def __torch_function__(
        cls, func: Any, types: Any, args: Sequence[Any] = (), kwargs: Mapping[str, Any] | None = None
    ) -> Any:
        given = kwargs or {}
        name = getattr(getattr(func, "__self__", None), "__name__", "")
        if func.__name__ == "__get__" and name in PLACE:
            return PLACE[name]
        by_force = func is torch.Tensor.numpy and (given.get("force") or True in args[1:])
        if func.__name__ in ("numpy", "__array__") and not by_force:
            raise TypeError("can't convert a tensor on a GPU to numpy: copy it to the CPU first, with Tensor.cpu().")
        if any(isinstance(one, torch.Tensor) and not isinstance(one, cls) for one in args):
            raise RuntimeError("Expected all tensors to be on the same device, but found two: cuda:0 and cpu.")
        with torch._C.DisableTorchFunctionSubclass():
            result = func(*args, **given)
            if not isinstance(result, torch.Tensor):
                return result
            moved = func in (torch.Tensor.cpu, torch.Tensor.cuda)
            moved |= func is torch.Tensor.to and _names_device([*args[1:], *given.values()])
            return result.as_subclass(torch.Tensor if moved else cls)


def _names_device(values: Sequence[Any]) -> bool:
    return any(isinstance(value, (str, torch.device, int)) and not isinstance(value, bool) for value in values)


@builder
def on_another_device(tensor: torch.Tensor) -> torch.Tensor:
    """The tensor as if it were on a GPU."""
    return tensor.as_subclass(Elsewhere)


@builder
def list_of_batches(images: torch.Tensor, labels: torch.Tensor, batch_size: int) -> list[list[torch.Tensor]]:
    """Batches [images, labels] that are the same objects in every epoch, so that a change of them can be seen."""
    pairs = zip(images.split(batch_size), labels.split(batch_size), strict=True)
    return [[part.clone() for part in pair] for pair in pairs]


@builder
class Halving:
    """A scheduler that halves the learning rate of an optimizer at each step."""

    def __init__(self, optimizer: Any) -> None:
        self.optimizer = optimizer
        self.steps = 0

    def step(self) -> None:
        self.steps += 1
        for group in self.optimizer.param_groups:
            group["lr"] /= 2

    def state(self) -> int:
        return self.steps


@builder
class InputRecorder(nn.Module):
    """A denoiser that multiplies its input by one parameter, and keeps the inputs of all calls."""

    def __init__(self) -> None:
        super().__init__()
        self.scale = nn.Parameter(torch.ones(()))
        self.inputs: list[torch.Tensor] = []

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.inputs.append(x.detach().clone())
        return x * self.scale
