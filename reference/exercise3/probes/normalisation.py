"""Where a forward pass normalises."""

from __future__ import annotations

from typing import Any, TypedDict

import torch
from torch.nn.parameter import is_lazy

from autograder.sandbox.inside.toolbox import (
    NEEDED,
    Execute,
    Operators,
    QuestionFrame,
    build,
    construct,
    first_result,
    probe,
    run,
    single_output,
)


class Normalised(TypedDict):
    """One entry for each normalised map, in order of execution."""

    means: list[torch.Tensor]  # (C,)
    variances: list[torch.Tensor]  # (C,), biased
    moved: list[bool]  # whether running statistics with C channels have changed


@probe
@torch.no_grad()
def normalised(target: Any, question: QuestionFrame, *, inputs: Any = NEEDED) -> Normalised:
    """The maps in a forward pass in training mode that have mean 0 and variance 1 in each channel.

    For each such map, in order of execution: the mean and the biased variance per channel over (N, H, W), and whether
    running statistics with as many channels have changed. Any operator may compute the map, so layers of any name and
    functional calls are found. The weight and bias of a new layer are 1 and 0.
    """
    x = build(inputs)[0]
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
