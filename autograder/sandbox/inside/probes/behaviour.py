"""What any network that maps a batch to a batch must do, whatever it looks like inside.

Each probe reports raw outputs; the judge compares them with each other.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn
from torch.nn.parameter import is_lazy

from ..build import build
from ..operators import Operators, Run
from .network import DoublePrecision, construct, output, run, seeded_once


@torch.no_grad()
def repeated(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs of the same input, twice in eval mode."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    return [output(run(module, x)), output(run(module, x))]


@torch.no_grad()
def trained_again(target: Any, question: Mapping[str, Any]) -> list[Any]:
    """What the same inputs give in training mode, four times: with the statistics of the batch it is always the same.

    Only what is random tells the passes apart. Four are made, so that a dropout is seen that rarely strikes.
    """
    inputs = build(question["options"]["inputs"])
    module = seeded_once(target, question, *inputs).train()
    return [run(module, *inputs) for _ in range(4)]


@torch.no_grad()
def row_alone(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs of a batch, and of its rows one at a time."""
    x = build(question["options"]["inputs"])[0]
    module = seeded_once(target, question, x)
    return [output(run(module, x)), torch.cat([output(run(module, row[None])) for row in x])]


@torch.no_grad()
def four_initialisations(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs in eval mode of four networks as they are when constructed."""
    x = build(question["options"]["inputs"])[0]
    outputs = []
    for seed in range(4):
        torch.manual_seed(seed)
        outputs.append(output(run(construct(target, question).eval(), x)))
    return outputs


def gradients(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """For each registered parameter the largest absolute gradient of a random sum of outputs, None for no gradient.

    The network is in training mode, as constructed.
    """
    x = build(question["options"]["inputs"])[0]
    module = construct(target, question).train()
    y = output(run(module, x))
    generator = torch.Generator().manual_seed(1)
    if y.requires_grad:
        (y * torch.randn(y.shape, generator=generator).to(y)).sum().backward()
    return {
        name: None if parameter.grad is None else float(parameter.grad.abs().max())
        for name, parameter in list(nn.Module.named_parameters(module))[:500]
    }


@torch.no_grad()
def superposition(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """f(a + b) - f(b) and f(a) - f(0) in double precision: equal for an affine map, and only there."""
    a, b = (part.double() for part in build(question["options"]["inputs"]))
    module = seeded_once(target, question, a.float()).double()
    zero = torch.zeros_like(a)
    with DoublePrecision():
        return [output(run(module, a + b)) - output(run(module, b)), output(run(module, a)) - output(run(module, zero))]


@torch.no_grad()
def round_trip(target: Any, question: Mapping[str, Any]) -> list[torch.Tensor]:
    """The outputs in eval mode of a network that has seen a batch in training mode, and of another with its state_dict.

    What the first one learned from the batch must be in its state_dict, running statistics included.
    """
    x = build(question["options"]["inputs"])[0]
    first = seeded_once(target, question, x)
    run(first.train(), x)
    torch.manual_seed(1)
    second = construct(target, question)
    second.load_state_dict(first.state_dict())
    return [output(run(first.eval(), x)), output(run(second.eval(), x))]


def recorded(target: Any, question: Mapping[str, Any]) -> list[list[str]]:
    """The names of the buffers that carry a graph of gradients after two batches in training mode, and none.

    The batches need gradients themselves, as what comes out of a convolution does. A buffer with a graph keeps every
    batch in memory, and a backward pass that reaches it goes through graphs that are gone.
    """
    x = build(question["options"]["inputs"])[0].requires_grad_()
    module = construct(target, question).train()
    for _ in range(2):
        run(module, x)
    return [[name for name, buffer in module.named_buffers() if buffer.requires_grad], []]


@torch.no_grad()
def normalised(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """Where a forward pass in training mode puts out a batch with mean 0 and variance 1 in each channel.

    For each such map in order of execution: the mean and the biased variance per channel over (N, H, W), and whether
    running statistics of as many channels have moved. Only the result counts, not what computes it, so that layers
    of any name and functional calls are found; weight and bias of a new layer are 1 and 0.
    """
    x = build(question["options"]["inputs"])[0]
    module = construct(target, question).train()
    maps: list[torch.Tensor] = []

    def watch(operator: str, args: tuple[Any, ...], execute: Run) -> Any:
        result = execute()
        y = result[0] if isinstance(result, (tuple, list)) and result else result
        if _is_normalised(y) and not any(_is_close(y, known) for known in (x, *maps[-1:])):
            maps.append(y.clone())
        return result

    if any(is_lazy(parameter) for parameter in module.parameters()):
        run(module, x)  # older torch (seen with 2.4) cannot make lazy layers real under a dispatch mode
    with Operators(watch):
        output(run(module, x))
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
