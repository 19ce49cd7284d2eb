"""Building a student's network and putting it into a known state: what the other probes share."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from ..build import build
from ..refusal import NotAModule
from ..weights import fill, fill_statistics, is_wide, orders


def construct(target: Any, question: Mapping[str, Any]) -> nn.Module:
    """`target(*args, **kwargs)`, which must be an `nn.Module`."""
    module = target(*build(question["args"]), **build(question["kwargs"]))
    if not isinstance(module, nn.Module):
        name = question["target"]
        raise NotAModule(f"{name}(...) is no torch.nn.Module: the class has to inherit from nn.Module")
    return module


def seeded(module: nn.Module, seed: int, run: Callable[[], Any]) -> Iterator[nn.Module]:
    """The module once for each order and way in which its weights may be filled, filled so."""
    with in_mode(module, training=False):
        every = list(orders(module, run))
    for wide in (False, True) if any(is_wide(parameter) for parameter in module.parameters()) else (False,):
        for order in every:
            fill(order.parameters, seed, wide)
            fill_statistics(module, order, seed)
            yield module


@contextlib.contextmanager
def in_mode(module: nn.Module, training: bool) -> Iterator[None]:
    """The module in training or eval mode, and back in training mode afterwards."""
    module.train(training)
    try:
        yield
    finally:
        module.train()


def seeded_once(target: Any, question: Mapping[str, Any], *inputs: Any) -> nn.Module:
    """A network of the student's with weights by the first order, in eval mode."""
    module = construct(target, question)
    seed = question["options"].get("seed", 0)
    next(seeded(module, seed, lambda: run(module, *inputs)))
    return module.eval()


class DoublePrecision(TorchFunctionMode):
    """Within it, results in single precision become double, also where the student's code says `.float()`."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        return result.double() if isinstance(result, torch.Tensor) and result.dtype is torch.float32 else result


class ShapesInErrors(TorchFunctionMode):
    """Within it, an error of `torch.cat` tells the shapes: torch names two sizes, and not what was put together."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        try:
            return func(*args, **(kwargs or {}))
        except RuntimeError as error:
            parts = args[0] if args else (kwargs or {}).get("tensors", ())
            if getattr(func, "__name__", "") not in ("cat", "concat", "concatenate") or len(parts) == 0:
                raise
            shapes = " and ".join(str(tuple(part.shape)) for part in parts)
            raise RuntimeError(f"{error} The shapes are {shapes}.") from None


def run(module: nn.Module, *inputs: Any) -> Any:
    """What the network makes of copies of the inputs, as a copy: what it does in place is its own affair."""
    with ShapesInErrors():
        return copied(module(*copied(inputs)))


def copied(value: Any) -> Any:
    """The value with tensors cloned, in lists and tuples too."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    if type(value) in (list, tuple):
        return type(value)(copied(item) for item in value)
    return value


def output(value: Any) -> torch.Tensor:
    """The one tensor that a network returned; anything else is the student's mistake."""
    if not isinstance(value, torch.Tensor):
        raise TypeError(f"forward returns a {type(value).__name__}, not a tensor")
    return value
