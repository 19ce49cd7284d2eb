"""Probes of the behaviour of any network that maps a batch to a batch.

Each returns raw outputs, and the judge compares them with each other.
"""

from __future__ import annotations

from typing import Any, TypedDict

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from ..build import build
from ..frames import QuestionFrame
from ..operators import Execute, Operators, first_result
from .network import DoublePrecision, construct, run, seeded_network, single_output


class Normalised(TypedDict):
    """One entry for each normalised map, in order of execution."""

    means: list[torch.Tensor]  # (C,)
    variances: list[torch.Tensor]  # (C,), biased
    moved: list[bool]  # whether running statistics with C channels have changed


@torch.no_grad()
def repeated(target: Any, question: QuestionFrame) -> list[torch.Tensor]:
    """Two outputs for the same input, in eval mode."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_network(target, question, x)
    return [single_output(run(module, x)), single_output(run(module, x))]


@torch.no_grad()
def trained_again(target: Any, question: QuestionFrame) -> list[Any]:
    """Four outputs for the same inputs, in training mode.

    Statistics of a batch are equal in every pass, so only random layers make the outputs differ. With four
    passes even a dropout with a small probability is likely to show.
    """
    inputs = build(question["options"]["inputs"])
    module = seeded_network(target, question, *inputs).train()
    return [run(module, *inputs) for _ in range(4)]


@torch.no_grad()
def row_alone(target: Any, question: QuestionFrame) -> list[torch.Tensor]:
    """The output for a batch, and the output for its rows one at a time."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_network(target, question, x)
    return [single_output(run(module, x)), torch.cat([single_output(run(module, row[None])) for row in x])]


@torch.no_grad()
def four_initialisations(target: Any, question: QuestionFrame) -> list[torch.Tensor]:
    """The outputs of four freshly constructed networks, in eval mode."""
    x = build(question["options"]["inputs"])[0]
    outputs = []
    for seed in range(4):
        torch.manual_seed(seed)
        outputs.append(single_output(run(construct(target, question).eval(), x)))
    return outputs


def gradients(target: Any, question: QuestionFrame) -> dict[str, float | None]:
    """For each registered parameter the largest absolute gradient of a random sum of outputs; None without gradient.

    The network is freshly constructed and in training mode.
    """
    x = build(question["options"]["inputs"])[0]
    module = construct(target, question).train()
    y = single_output(run(module, x))
    generator = torch.Generator().manual_seed(1)
    if y.requires_grad:
        (y * torch.randn(y.shape, generator=generator).to(y)).sum().backward()
    return {
        name: None if parameter.grad is None else float(parameter.grad.abs().max())
        for name, parameter in list(nn.Module.named_parameters(module))[:500]
    }


@torch.no_grad()
def superposition(target: Any, question: QuestionFrame) -> list[torch.Tensor]:
    """f(a + b) - f(b) and f(a) - f(0), in double precision. They are equal exactly if f is affine."""
    a, b = (part.double() for part in build(question["options"]["inputs"]))
    module = seeded_network(target, question, a.float()).double()
    zero = torch.zeros_like(a)
    with DoublePrecision():
        return [
            single_output(run(module, a + b)) - single_output(run(module, b)),
            single_output(run(module, a)) - single_output(run(module, zero)),
        ]


@torch.no_grad()
def round_trip(target: Any, question: QuestionFrame) -> list[torch.Tensor]:
    """The outputs of two networks in eval mode: one after a batch in training mode, and one that loads its state_dict.

    The state_dict must contain everything that the batch has changed, running statistics included.
    """
    x = build(question["options"]["inputs"])[0]
    first = seeded_network(target, question, x)
    run(first.train(), x)
    torch.manual_seed(1)
    second = construct(target, question)
    second.load_state_dict(first.state_dict())
    return [single_output(run(first.eval(), x)), single_output(run(second.eval(), x))]


def recorded(target: Any, question: QuestionFrame) -> list[list[str]]:
    """The names of the buffers that require gradients after two batches in training mode; and an empty list.

    The batches require gradients, like the output of a convolution. A buffer with a gradient graph keeps every batch in
    memory, and a backward pass through it fails because the old graphs are gone.
    """
    x = build(question["options"]["inputs"])[0].requires_grad_()
    module = construct(target, question).train()
    for _ in range(2):
        run(module, x)
    return [[name for name, buffer in module.named_buffers() if buffer.requires_grad], []]


@torch.no_grad()
def normalised(target: Any, question: QuestionFrame) -> Normalised:
    """The maps in a forward pass in training mode that have mean 0 and variance 1 in each channel.

    For each such map, in order of execution: the mean and the biased variance per channel over (N, H, W), and whether
    running statistics with as many channels have changed. Any operator may compute the map, so layers of any name and
    functional calls are found. The weight and bias of a new layer are 1 and 0.
    """
    x = build(question["options"]["inputs"])[0]
    module = construct(target, question).train()
    maps: list[torch.Tensor] = []

    def record(operator: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        y = first_result(result)
        if _is_normalised(y) and not any(_is_close(y, known) for known in (x, *maps[-1:])):
            maps.append(y.clone())
        return result

    if any(is_lazy(parameter) for parameter in module.parameters()):
        run(module, x)  # older torch (2.4) cannot initialise lazy layers under a dispatch mode
    with Operators(record):
        single_output(run(module, x))
    moved = {buffer.numel() for buffer in module.buffers() if buffer.ndim == 1 and len(buffer.unique()) > 1}
    return {
        "means": [y.mean(dim=(0, 2, 3)) for y in maps],
        "variances": [y.var(dim=(0, 2, 3), unbiased=False) for y in maps],
        "moved": [y.shape[1] in moved for y in maps],
    }


def _is_normalised(y: Any) -> bool:
    if not isinstance(y, torch.Tensor) or y.ndim != 4 or not y.is_floating_point():
        return False
    means, variances = y.mean(dim=(0, 2, 3)), y.var(dim=(0, 2, 3), unbiased=False)
    return bool((means.abs() < 1e-3).all() and ((variances - 1).abs() < 0.1).all())


def _is_close(y: torch.Tensor, known: torch.Tensor) -> bool:
    return y.shape == known.shape and torch.allclose(y.to(known), known, atol=1e-3)
