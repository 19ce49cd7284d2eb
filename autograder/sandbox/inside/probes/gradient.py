"""Probes of the gradients of a function, or of one's own `torch.autograd.Function`."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Literal

import torch
from torch.overrides import TorchFunctionMode

from ..build import build
from ..frames import QuestionFrame
from ..probe import PARAMETERS, probe
from ..refusal import Unfit
from .network import copied, random_sum, tensors_in

STEP = 1e-6  # of the central differences; in double precision their error is near 1e-10
MOST_NUMBERS = 2_000  # among the arguments of `gradcheck`, since each costs two calls


@probe
def differentiated(
    target: Any,
    question: QuestionFrame,
    *,
    parameters: Sequence[str] = PARAMETERS,
    dtype: Literal["float32", "float64"] = "float32",
    report: Sequence[Literal["output", "gradients"]] = ("output", "gradients"),
) -> dict[str, Any]:
    """The output of a function, and the gradient of a fixed random sum of it with respect to each float tensor.

    A subclass of `torch.autograd.Function` is called by its `apply`. The answer is a dict with `output` and, for each
    argument, `gradient of x`; it holds zeros for an argument that the output does not depend on. Options:

    - `dtype`: "float64" to compute in double precision.
    - `report`: ("output",) or ("gradients",) to return only these; both by default.
    - `parameters`: the names of all parameters, in order; the engine gives them.
    """
    args = _cast(build(question["args"]), getattr(torch, dtype))
    kwargs = _cast(build(question["kwargs"]), getattr(torch, dtype))
    leaves = _leaves(args, kwargs, parameters)
    output = callable_of(target)(*copied(args), **{name: copied(value) for name, value in kwargs.items()})
    answer = {"output": copied(output)} if "output" in report else {}
    if "gradients" in report:
        gradients = _gradients(output, list(leaves.values()))
        answer.update({f"gradient of {name}": one for name, one in zip(leaves, gradients, strict=True)})
    return answer


@probe
def gradcheck(target: Any, question: QuestionFrame, *, parameters: Sequence[str] = PARAMETERS) -> list[torch.Tensor]:
    """The gradients of a fixed random sum of the output: by `backward`, and by central differences; in float64.

    Each part is one vector, for all float tensors among the arguments. Compare with `parts_agree(why=...)`. A function
    that always returns zero passes too, so that its values need a check of their own.
    """
    args, kwargs = _cast(build(question["args"]), torch.float64), _cast(build(question["kwargs"]), torch.float64)
    leaves = list(_leaves(args, kwargs, parameters).values())
    if sum(leaf.numel() for leaf in leaves) > MOST_NUMBERS:
        raise RuntimeError(f"the arguments of gradcheck hold more than {MOST_NUMBERS:,} numbers: use smaller ones")
    function = callable_of(target)

    def output() -> Any:
        return function(*copied(args), **{name: copied(value) for name, value in kwargs.items()})

    with _double_precision():
        analytic = _gradients(output(), leaves)
        numerical = [_central_differences(lambda: random_sum(output()), leaf) for leaf in leaves]
    return [torch.cat([part.flatten() for part in parts]) for parts in (analytic, numerical)]


def callable_of(target: Any) -> Callable[..., Any]:
    """The function itself; the `apply` of a subclass of `torch.autograd.Function`."""
    is_function = isinstance(target, type) and issubclass(target, torch.autograd.Function)
    found: Callable[..., Any] = target.apply if is_function else target
    return found


def _gradients(output: Any, leaves: Sequence[torch.Tensor]) -> list[torch.Tensor]:
    if not any(part.is_floating_point() for part in tensors_in(output)):
        raise Unfit("the function returns no float tensor, so it has no gradient")
    total = random_sum(output)
    if not total.requires_grad:
        raise Unfit("the result carries no gradient: compute it with operations of torch, without detach() or .item()")
    found = torch.autograd.grad(total, leaves, allow_unused=True)
    return [torch.zeros_like(x) if one is None else one for x, one in zip(leaves, found, strict=True)]


class _NoSingle(TorchFunctionMode):
    """Reads float32 as float64 in every call, so that `.float()` in student code loses no digits."""

    def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        if func is torch.Tensor.float:
            func = torch.Tensor.double
        args = tuple(torch.float64 if one is torch.float32 else one for one in args)
        named = {name: torch.float64 if one is torch.float32 else one for name, one in (kwargs or {}).items()}
        return func(*args, **named)


@contextlib.contextmanager
def _double_precision() -> Iterator[None]:
    torch.set_default_dtype(torch.float64)
    try:
        with _NoSingle():
            yield
    finally:
        torch.set_default_dtype(torch.float32)


@torch.no_grad()
def _central_differences(total: Callable[[], torch.Tensor], leaf: torch.Tensor) -> torch.Tensor:
    numbers, gradient = leaf.view(-1), torch.zeros(leaf.numel(), dtype=torch.float64)
    for place in range(len(numbers)):
        middle = numbers[place].item()
        sums = []
        for moved in (middle + STEP, middle - STEP):
            numbers[place] = moved
            sums.append(total())
        numbers[place] = middle
        gradient[place] = (sums[0] - sums[1]) / (2 * STEP)
    return gradient


def _cast(value: Any, dtype: torch.dtype) -> Any:
    """Copy the tensors in lists, tuples and dicts; those of floating point require gradients."""
    if isinstance(value, torch.Tensor):
        floating = value.is_floating_point()
        return value.detach().to(dtype, copy=True).contiguous().requires_grad_() if floating else value.clone()
    if isinstance(value, (list, tuple)):
        return type(value)(_cast(item, dtype) for item in value)
    return {key: _cast(item, dtype) for key, item in value.items()} if isinstance(value, dict) else value


def _leaves(args: Sequence[Any], kwargs: Mapping[str, Any], parameters: Sequence[str]) -> dict[str, torch.Tensor]:
    """The tensors that require gradients, by names such as `x` and `weights[0]`."""
    names = [*parameters, *(f"argument {number}" for number in range(len(parameters), len(args)))]
    named = {**dict(zip(names, args, strict=False)), **kwargs}
    found = {path: leaf for name, value in named.items() for path, leaf in _named(name, value).items()}
    return {path: leaf for path, leaf in found.items() if leaf.requires_grad}


def _named(name: str, value: Any) -> dict[str, torch.Tensor]:
    if isinstance(value, torch.Tensor):
        return {name: value}
    items: Any = value.items() if isinstance(value, dict) else ()
    if isinstance(value, (list, tuple)):
        items = enumerate(value)
    return {path: leaf for key, item in items for path, leaf in _named(f"{name}[{key}]", item).items()}
