"""Probes of the behaviour of any network that maps a batch to a batch.

Each returns raw outputs, and the judge compares them with each other. The option `inputs` holds the arguments of the
forward pass, of which there may be several; `seed` is that of the weights. Outputs may be tensors, or tuples of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from ..build import build
from ..frames import QuestionFrame
from ..probe import DRAWN, NEEDED, probe
from .network import DoublePrecision, construct, outputs, run, seeded_network, single_output, tensors_in


@probe
@torch.no_grad()
def repeated(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0) -> list[Any]:
    """Two outputs for the same input, in eval mode."""
    arguments = build(inputs)
    module = seeded_network(target, question, seed, *arguments)
    return [outputs(run(module, *arguments)), outputs(run(module, *arguments))]


@probe
@torch.no_grad()
def trained_again(
    target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = DRAWN
) -> list[Any]:
    """Four outputs for the same inputs, in training mode.

    Statistics of a batch are equal in every pass, so only random layers make the outputs differ. With four
    passes even a dropout with a small probability is likely to show.
    """
    arguments = build(inputs)
    module = seeded_network(target, question, seed, *arguments).train()
    return [run(module, *arguments) for _ in range(4)]


@probe
@torch.no_grad()
def row_alone(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0) -> list[Any]:
    """The output for a batch, and the output for its rows one at a time.

    A tensor among the inputs whose first axis is not that of the batch, such as a mask, goes whole to every row.
    """
    arguments = build(inputs)
    module = seeded_network(target, question, seed, *arguments)
    count = len(next(tensors_in(arguments)))
    rows = [outputs(run(module, *_row(arguments, number, count))) for number in range(count)]
    return [outputs(run(module, *arguments)), _joined(rows)]


@probe
@torch.no_grad()
def four_initialisations(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED) -> list[torch.Tensor]:
    """The outputs of four freshly constructed networks, in eval mode."""
    x = build(inputs)[0]
    outputs = []
    for number in range(4):
        torch.manual_seed(number)
        outputs.append(single_output(run(construct(target, question).eval(), x)))
    return outputs


@probe
def gradients(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED) -> dict[str, float | None]:
    """For each registered parameter the largest absolute gradient of a random sum of outputs; None without gradient.

    The network is freshly constructed and in training mode.
    """
    module = construct(target, question).train()
    generator = torch.Generator().manual_seed(1)
    parts = tensors_in(outputs(run(module, *build(inputs))))
    total = sum((y * torch.randn(y.shape, generator=generator).to(y)).sum() for y in parts)
    if isinstance(total, torch.Tensor) and total.requires_grad:
        total.backward()
    return {
        name: None if parameter.grad is None else float(parameter.grad.abs().max())
        for name, parameter in list(nn.Module.named_parameters(module))[:500]
    }


@probe
@torch.no_grad()
def superposition(
    target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0
) -> list[torch.Tensor]:
    """f(a + b) - f(b) and f(a) - f(0), in double precision. They are equal exactly if f is affine."""
    a, b = (part.double() for part in build(inputs))
    module = seeded_network(target, question, seed, a.float()).double()
    zero = torch.zeros_like(a)
    with DoublePrecision():
        return [
            single_output(run(module, a + b)) - single_output(run(module, b)),
            single_output(run(module, a)) - single_output(run(module, zero)),
        ]


@probe
@torch.no_grad()
def round_trip(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0) -> list[Any]:
    """The outputs of two networks in eval mode: one after a batch in training mode, and one that loads its state_dict.

    The state_dict must contain everything that the batch has changed, running statistics included.
    """
    arguments = build(inputs)
    first = seeded_network(target, question, seed, *arguments)
    run(first.train(), *arguments)
    torch.manual_seed(1)
    second = construct(target, question)
    second.load_state_dict(first.state_dict())
    return [outputs(run(one.eval(), *arguments)) for one in (first, second)]


@probe
def recorded(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED) -> list[list[str]]:
    """The names of the buffers that require gradients after two batches in training mode; and an empty list.

    The batches require gradients, like the output of a convolution. A buffer with a gradient graph keeps every batch in
    memory, and a backward pass through it fails because the old graphs are gone.
    """
    arguments = build(inputs)
    for tensor in tensors_in(arguments):
        tensor.requires_grad_(tensor.is_floating_point())
    module = construct(target, question).train()
    for _ in range(2):
        run(module, *arguments)
    return [[name for name, buffer in module.named_buffers() if buffer.requires_grad], []]


def _row(value: Any, number: int, count: int) -> Any:
    """One row of each tensor that holds `count` rows; other values as they are."""
    if isinstance(value, torch.Tensor):
        return value[number : number + 1] if value.ndim and len(value) == count else value
    return type(value)(_row(part, number, count) for part in value) if isinstance(value, (list, tuple)) else value


def _joined(rows: list[Any]) -> Any:
    """The outputs of the rows as one batch."""
    if isinstance(rows[0], torch.Tensor):
        return torch.cat(rows)
    return type(rows[0])(_joined(list(parts)) for parts in zip(*rows, strict=True))
