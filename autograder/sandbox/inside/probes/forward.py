"""Runs a network forward with weights that the judge chose, whatever its attributes are called."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import torch

from ..build import build
from ..refusal import NoBuffer
from .network import construct, in_mode, run, seeded


def forward(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """The outputs of a network with seeded weights, for each order in which the weights may be filled.

    Options: `inputs`, the arguments of one forward pass in eval mode; `seed`, of the weights; `batches`, the arguments
    of passes in training mode that come before it; `mode`, "train" to make the last pass in training mode too;
    `state`, names of buffers to report at the end; `gradients`, True to report the gradients of the inputs of a fixed
    random sum of the outputs; `dtype`, "float64" to compute in double precision; `report`, the keys of the answer to
    keep.
    """
    options = question["options"]
    dtype = getattr(torch, options.get("dtype", "float32"))
    inputs = _cast(build(options["inputs"]), dtype)
    batches = [_cast(build(batch), dtype) for batch in options.get("batches", [])]
    module = construct(target, question).to(dtype)
    candidates = []
    for ready in seeded(module, options["seed"], lambda: run(module, *inputs)):
        candidates.append(_run(ready, inputs, batches, options))
    return {"candidates": candidates}


def _run(module: torch.nn.Module, inputs: list, batches: list, options: Mapping[str, Any]) -> dict[str, Any]:
    answer: dict[str, Any] = {}
    gradients = options.get("gradients", False)
    with torch.set_grad_enabled(gradients):
        with in_mode(module, training=True):
            passes = [run(module, *batch) for batch in batches]
            if passes:
                answer["outputs in training mode"] = passes
        arguments = _leaves(inputs) if gradients else inputs
        with in_mode(module, training=options.get("mode") == "train"):
            answer["output"] = run(module, *arguments)
    if gradients:
        answer["gradient of the input"] = _gradients(answer["output"], arguments)
    if "state" in options:
        answer["state"] = {name: _buffer(module, name) for name in options["state"]}
    return {key: answer[key] for key in options.get("report", answer)}


def _buffer(module: torch.nn.Module, name: str) -> torch.Tensor:
    buffers = dict(module.named_buffers())
    if name in buffers:
        return buffers[name].detach().clone()
    if name in dict(module.named_parameters()):
        raise NoBuffer(f"{name} is an nn.Parameter, not a registered buffer, and so an optimizer is given it to learn")
    if hasattr(module, name):
        raise NoBuffer(f"{name} is a plain attribute, not a registered buffer, and so state_dict() leaves it out")
    raise NoBuffer(f"there is no registered buffer {name}")


def _cast(value: Any, dtype: torch.dtype) -> Any:
    if isinstance(value, torch.Tensor):
        return value.to(dtype, copy=True) if value.is_floating_point() else value.clone()
    if isinstance(value, (list, tuple)):
        return type(value)(_cast(item, dtype) for item in value)
    return value


def _leaves(value: Any) -> Any:
    """The value with its tensors as leaves that collect gradients."""
    if isinstance(value, torch.Tensor):
        return value.clone().requires_grad_()
    return [_leaves(item) for item in value] if isinstance(value, (list, tuple)) else value


def _gradients(output: Any, inputs: Any) -> list[torch.Tensor | None]:
    """The gradients of the inputs of a fixed random sum over all outputs; zeros where none arrives."""
    generator = torch.Generator().manual_seed(1)
    total = torch.zeros((), dtype=torch.float64)
    for part in _tensors(output):
        weights = torch.randn(part.shape, generator=generator, dtype=torch.float64)
        total = total + (part.double() * weights).sum()
    if total.requires_grad:
        total.backward()
    return [torch.zeros_like(x) if x.grad is None else x.grad for x in _tensors(inputs)]


def _tensors(value: Any) -> Iterator[torch.Tensor]:
    if isinstance(value, torch.Tensor):
        yield value
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _tensors(item)
