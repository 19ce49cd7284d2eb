"""The probe that runs a network with seeded weights; the names of its attributes do not matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple, TypedDict

import torch

from ..build import build
from ..frames import QuestionFrame
from ..probe import DRAWN, NEEDED, probe
from ..refusal import Unfit
from .network import construct, in_mode, random_sum, reported, run, seeded_variants, tensors_in

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
    labels: list[list[str]]  # for each candidate, the names of the ways that it stands for


@probe
def forward(
    target: Any,
    question: QuestionFrame,
    *,
    inputs: Sequence[Any] = NEEDED,
    seed: int = DRAWN,
    weights: Mapping[str, Any] | None = None,
    mode: Literal["train", "eval"] = "eval",
    batches: Sequence[Any] = (),
    state: Sequence[str] | None = None,
    gradients: bool = False,
    dtype: Literal["float32", "float64"] = "float32",
    report: Sequence[str] | None = None,
) -> Candidates:
    """The outputs of a network with seeded weights. Each way of filling the weights gives one of the `candidates`.

    Ways that give the same weights are one candidate. At most 24 ways differ only in the order of interchangeable
    layers (`orders.py`).

    Options:

    - `inputs`: the arguments of the forward pass.
    - `seed`: the seed of the weights.
    - `weights`: names of parameters with their values, or with seeds of their values; all others are filled as ever.
    - `mode`: "train" to make this pass in training mode; eval mode by default.
    - `batches`: the arguments of earlier passes in training mode.
    - `state`: the names of buffers to report at the end.
    - `gradients`: True to report the gradient of a fixed random sum of the outputs with respect to the inputs.
    - `dtype`: "float64" to compute in double precision.
    - `report`: the keys of each candidate to return; all by default.
    """
    passes = Passes(cast_to(build(inputs), dtype), [cast_to(build(batch), dtype) for batch in batches], mode, gradients)
    module = construct(target, question).to(getattr(torch, dtype))
    fixed = {name: build(values) for name, values in (weights or {}).items()}
    candidates, labels = [], []
    for names, variant in seeded_variants(module, seed, lambda: run(module, *passes.inputs), fixed):
        answer = _candidate(variant, passes)
        if state is not None:
            answer["state"] = {name: _buffer(variant, name) for name in state}
        candidates.append(reported(answer, report))
        labels.append(names)
    return {"candidates": candidates, "labels": labels}


class Passes(NamedTuple):
    """What a network is run on: earlier passes in training mode, and the pass whose output counts."""

    inputs: list[Any]
    batches: list[Any]
    mode: str
    gradients: bool


def _candidate(module: torch.nn.Module, asked: Passes) -> Candidate:
    answer: Candidate = {}
    gradients = asked.gradients
    with torch.set_grad_enabled(gradients):
        with in_mode(module, training=True):
            passes = [run(module, *batch) for batch in asked.batches]
            if passes:
                answer["outputs in training mode"] = passes
        arguments = _leaves(asked.inputs) if gradients else asked.inputs
        with in_mode(module, training=asked.mode == "train"):
            answer["output"] = run(module, *arguments)
            if gradients:  # in the same mode: `torch.utils.checkpoint` runs the forward pass again
                answer["gradient of the input"] = _input_gradients(answer["output"], arguments)
    return answer


def _buffer(module: torch.nn.Module, name: str) -> torch.Tensor:
    buffers = dict(module.named_buffers())
    if name in buffers:
        return buffers[name].detach().clone()
    if name in dict(module.named_parameters()):
        raise Unfit(f"{name} is an nn.Parameter, not a registered buffer, so an optimizer would change it")
    if hasattr(module, name):
        raise Unfit(f"{name} is a plain attribute, not a registered buffer, so state_dict() leaves it out")
    raise Unfit(f"there is no registered buffer {name}")


def cast_to(value: Any, dtype: str) -> Any:
    if isinstance(value, torch.Tensor):
        return value.to(getattr(torch, dtype), copy=True) if value.is_floating_point() else value.clone()
    if isinstance(value, (list, tuple)):
        return type(value)(cast_to(item, dtype) for item in value)
    return value


def _leaves(value: Any) -> Any:
    """Copy the tensors in lists and tuples, so that each copy is a leaf that requires gradients."""
    if isinstance(value, torch.Tensor):
        return value.clone().requires_grad_()
    return [_leaves(item) for item in value] if isinstance(value, (list, tuple)) else value


def _input_gradients(output: Any, inputs: Any) -> list[torch.Tensor]:
    """The gradients of a fixed random sum of the outputs with respect to the inputs; zeros for an unused input."""
    total = random_sum(output)
    if total.requires_grad:
        total.backward()
    return [torch.zeros_like(x) if x.grad is None else x.grad for x in tensors_in(inputs)]
