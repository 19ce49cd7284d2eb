"""The probe that runs a network with seeded weights; the names of its attributes do not matter."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TypedDict

import torch

from ..build import build
from ..frames import Options, QuestionFrame
from ..refusal import NoBuffer
from .network import construct, in_mode, reported, run, seeded_variants

Candidate = TypedDict(
    "Candidate",
    {
        "outputs in training mode": list[Any],
        "output": Any,
        "gradient of the input": Any,
        "state": dict[str, torch.Tensor],
    },
    total=False,
)


class Candidates(TypedDict):
    candidates: list[Candidate]  # one for each way of filling the weights


def forward(target: Any, question: QuestionFrame) -> Candidates:
    """The outputs of a network with seeded weights. Each order of filling the weights gives one of the `candidates`.

    Options:

    - `inputs`: the arguments of the forward pass.
    - `seed`: the seed of the weights.
    - `mode`: "train" to make this pass in training mode; eval mode by default.
    - `batches`: the arguments of earlier passes in training mode.
    - `state`: the names of buffers to report at the end.
    - `gradients`: True to report the gradient of a fixed random sum of the outputs with respect to the inputs.
    - `dtype`: "float64" to compute in double precision.
    - `report`: the keys of each candidate to return; all by default.
    """
    options = question["options"]
    dtype = getattr(torch, options.get("dtype", "float32"))
    inputs = _cast(build(options["inputs"]), dtype)
    batches = [_cast(build(batch), dtype) for batch in options.get("batches", [])]
    module = construct(target, question).to(dtype)
    candidates = []
    for variant in seeded_variants(module, options["seed"], lambda: run(module, *inputs)):
        candidates.append(_candidate(variant, inputs, batches, options))
    return {"candidates": candidates}


def _candidate(module: torch.nn.Module, inputs: list, batches: list, options: Options) -> Candidate:
    answer: Candidate = {}
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
        answer["gradient of the input"] = _input_gradients(answer["output"], arguments)
    if "state" in options:
        answer["state"] = {name: _buffer(module, name) for name in options["state"]}
    return reported(answer, options)


def _buffer(module: torch.nn.Module, name: str) -> torch.Tensor:
    buffers = dict(module.named_buffers())
    if name in buffers:
        return buffers[name].detach().clone()
    if name in dict(module.named_parameters()):
        raise NoBuffer(f"{name} is an nn.Parameter, not a registered buffer, so an optimizer would change it")
    if hasattr(module, name):
        raise NoBuffer(f"{name} is a plain attribute, not a registered buffer, so state_dict() leaves it out")
    raise NoBuffer(f"there is no registered buffer {name}")


def _cast(value: Any, dtype: torch.dtype) -> Any:
    if isinstance(value, torch.Tensor):
        return value.to(dtype, copy=True) if value.is_floating_point() else value.clone()
    if isinstance(value, (list, tuple)):
        return type(value)(_cast(item, dtype) for item in value)
    return value


def _leaves(value: Any) -> Any:
    """Copy the tensors in lists and tuples, so that each copy is a leaf that requires gradients."""
    if isinstance(value, torch.Tensor):
        return value.clone().requires_grad_()
    return [_leaves(item) for item in value] if isinstance(value, (list, tuple)) else value


def _input_gradients(output: Any, inputs: Any) -> list[torch.Tensor]:
    """The gradients of a fixed random sum of the outputs with respect to the inputs; zeros for an unused input."""
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
