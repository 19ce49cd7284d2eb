"""Functions that the probes share: build a student's network, set its weights and mode, run it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, TypeVar, cast

import torch
from torch import nn
from torch.overrides import TorchFunctionMode

from ..build import build
from ..frames import QuestionFrame
from ..refusal import NotAModule, Unfit
from ..weights import different, fill, fill_orders, fill_statistics

MOST_PERMUTED = 24  # orders of equal owners that are tried beside those without a permutation
Report = TypeVar("Report")  # a TypedDict


def reported(answer: Report, report: Sequence[str] | None) -> Report:
    """The keys of an answer that `report` names; all if it is None."""
    values = cast(dict[str, Any], answer)
    return cast(Report, {key: values[key] for key in (values if report is None else report)})


def call_target(target: Any, question: QuestionFrame) -> Any:
    """Return `target(*args, **kwargs)` with the arguments of the case."""
    return target(*build(question["args"]), **build(question["kwargs"]))


def construct(target: Any, question: QuestionFrame) -> nn.Module:
    """Return `target(*args, **kwargs)`; raises `NotAModule` unless it is an `nn.Module`."""
    module = call_target(target, question)
    if not isinstance(module, nn.Module):
        name = question["target"]
        raise NotAModule(f"{name}(...) is no torch.nn.Module: the class has to inherit from nn.Module")
    return module


def seeded_variants(
    module: nn.Module, seed: int, run: Callable[[], Any], weights: Mapping[str, Any] | None = None
) -> Iterator[tuple[list[str], nn.Module]]:
    """Yield the same module with its weights filled in each way that differs, with the labels of that way.

    `weights` are names of parameters with their values, or with the seeds of their values.
    """
    named = dict(module.named_parameters())
    fixed = [named[name] for name in weights or () if name in named]
    with in_mode(module, training=False):
        orders = fill_orders(module, run, fixed=fixed, most=MOST_PERMUTED)
    for labels, order, wide in different(module, orders):
        fill(order.parameters, seed, wide)
        fill_statistics(module, order, seed)
        for name, values in (weights or {}).items():
            set_parameter(module, name, values)
        yield labels, module


def set_parameter(module: nn.Module, name: str, values: Any) -> None:
    """Set a parameter to an array, or fill it from a seed; raises `Unfit` if name or shape are not there.

    From one seed, vectors (C,) and (1, C, 1, 1) get the same numbers.
    """
    named = dict(module.named_parameters())
    if name not in named:
        known = f"there are {', '.join(named)}" if named else "there is none"
        raise Unfit(f"there is no registered parameter {name}: {known}")
    if isinstance(values, int):
        fill([named[name]], values, wide=True)
        return
    values = torch.as_tensor(values)
    if named[name].shape != values.shape:
        shapes = f"expected shape {tuple(values.shape)}, got {tuple(named[name].shape)}"
        raise Unfit(f"parameter {name}: {shapes}")
    with torch.no_grad():
        named[name].copy_(values)


@contextlib.contextmanager
def in_mode(module: nn.Module, training: bool) -> Iterator[None]:
    """Set the mode inside the block; set training mode after it."""
    module.train(training)
    try:
        yield
    finally:
        module.train()


def seeded_network(target: Any, question: QuestionFrame, seed: int, *inputs: Any) -> nn.Module:
    """A network in eval mode with its weights filled from `seed` in the first order."""
    module = construct(target, question)
    next(seeded_variants(module, seed, lambda: run(module, *inputs)))
    return module.eval()


class DoublePrecision(TorchFunctionMode):
    """Converts every float32 result to float64 inside the block, even that of `.float()` in student code."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = func(*args, **(kwargs or {}))
        return result.double() if isinstance(result, torch.Tensor) and result.dtype is torch.float32 else result


class ShapesInErrors(TorchFunctionMode):
    """Adds the shapes of all tensors to an error of `torch.cat`; torch's own message names only two sizes."""

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
    """Run the network on copies of the inputs and copy its output, so that changes in place have no effect."""
    with ShapesInErrors():
        return copied(module(*copied(inputs)))


def copied(value: Any) -> Any:
    """Clone the tensors in a value, also in lists and tuples."""
    if isinstance(value, torch.Tensor):
        return value.clone()
    if type(value) in (list, tuple):
        return type(value)(copied(item) for item in value)
    return value


def outputs(value: Any) -> Any:
    """Return a tensor, or a tuple or list of such; `TypeError` if the student's `forward` returns anything else."""
    if isinstance(value, (tuple, list)) and value:
        for part in value:
            outputs(part)
        return value
    return single_output(value)


def tensors_in(value: Any) -> Iterator[torch.Tensor]:
    """The tensors in a value, also in lists, tuples and dicts."""
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, dict):
        yield from tensors_in(list(value.values()))
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from tensors_in(part)


def random_sum(output: Any) -> torch.Tensor:
    """A fixed random sum of all floating point values of an output."""
    generator = torch.Generator().manual_seed(1)
    total = torch.zeros((), dtype=torch.float64)
    for part in tensors_in(output):
        if part.is_floating_point():
            weights = torch.randn(part.shape, generator=generator, dtype=torch.float64)
            total = total + (part.double() * weights).sum()
    return total


def single_output(value: Any) -> torch.Tensor:
    """Return the value if it is a tensor; `TypeError` if the student's `forward` returns anything else."""
    if not isinstance(value, torch.Tensor):
        raise TypeError(f"forward returns a {type(value).__name__}, not a tensor")
    return value
