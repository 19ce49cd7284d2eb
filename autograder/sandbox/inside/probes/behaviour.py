"""Probes of the behaviour of any network that maps a batch to a batch.

Each returns raw outputs, and the judge compares them with each other.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import torch
from torch import nn

from ..build import build
from ..frames import QuestionFrame
from ..probe import DRAWN, NEEDED, probe
from .network import DoublePrecision, construct, run, seeded_network, single_output


@probe
@torch.no_grad()
def repeated(
    target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0
) -> list[torch.Tensor]:
    """Two outputs for the same input, in eval mode."""
    x = build(inputs)[0]
    module = seeded_network(target, question, seed, x)
    return [single_output(run(module, x)), single_output(run(module, x))]


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
def row_alone(
    target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0
) -> list[torch.Tensor]:
    """The output for a batch, and the output for its rows one at a time."""
    x = build(inputs)[0]
    module = seeded_network(target, question, seed, x)
    return [single_output(run(module, x)), torch.cat([single_output(run(module, row[None])) for row in x])]


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
    x = build(inputs)[0]
    module = construct(target, question).train()
    y = single_output(run(module, x))
    generator = torch.Generator().manual_seed(1)
    if y.requires_grad:
        (y * torch.randn(y.shape, generator=generator).to(y)).sum().backward()
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
def round_trip(
    target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED, seed: int = 0
) -> list[torch.Tensor]:
    """The outputs of two networks in eval mode: one after a batch in training mode, and one that loads its state_dict.

    The state_dict must contain everything that the batch has changed, running statistics included.
    """
    x = build(inputs)[0]
    first = seeded_network(target, question, seed, x)
    run(first.train(), x)
    torch.manual_seed(1)
    second = construct(target, question)
    second.load_state_dict(first.state_dict())
    return [single_output(run(first.eval(), x)), single_output(run(second.eval(), x))]


@probe
def recorded(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED) -> list[list[str]]:
    """The names of the buffers that require gradients after two batches in training mode; and an empty list.

    The batches require gradients, like the output of a convolution. A buffer with a gradient graph keeps every batch in
    memory, and a backward pass through it fails because the old graphs are gone.
    """
    x = build(inputs)[0].requires_grad_()
    module = construct(target, question).train()
    for _ in range(2):
        run(module, x)
    return [[name for name, buffer in module.named_buffers() if buffer.requires_grad], []]
