"""Looks inside a network: the shapes of its maps, the maps, and its first filters."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from typing import Any, TypedDict

import torch
from torch.nn.parameter import is_lazy

from ..build import build
from ..frames import QuestionFrame
from ..operators import Execute, Operators, first_result
from ..probe import NEEDED, probe
from .network import construct, copied

MAX_STAGES, MAX_CHANNEL_CHANGES = 40, 12
MAX_MAPS, MAX_CHANNELS, MAX_FILTERS, MAX_SIDE = 12, 8, 16, 64
NOT_STAGES = ("t", "transpose", "permute", "mean", "var", "var_mean")  # operators whose results start no stage
Stage = list[list[int]]  # [[H, W], [C, C, ...]], or [[], [C, C, ...]] for rows of features


class InnerView(TypedDict):
    """The pictures of a trained network for a report."""

    maps: list[torch.Tensor]  # (C, H, W): the last maps of each stage
    filters: list[torch.Tensor]  # (C_out, kh, kw): the first filters of the first convolution


class Stages(TypedDict):
    stages: list[Stage]
    ends: bool  # whether the pass ended without an error


@probe
@torch.no_grad()
def stages(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] = NEEDED) -> Stages:
    """Make one forward pass in eval mode; return its `stages`, and in `ends` whether it ended without an error.

    A stage is `[[H, W], [C, C, ...]]`. A new stage begins when height or width changes. A stage lists each change of
    the number of channels. Features (N, C) are a stage without height and width. If the pass raises, the stages until
    then are returned.
    """
    given = build(inputs)
    module = construct(target, question).eval()
    first = given[0]
    found: list[Stage] = [_stage(first)]

    def record(operator: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        y = first_result(result)
        if operator not in NOT_STAGES and _is_map(y, len(first)):
            _append(found, y)
        return result

    with contextlib.suppress(Exception):
        if any(is_lazy(parameter) for parameter in module.parameters()):
            module(*copied(given))  # torch cannot initialise lazy layers under a dispatch mode
    arguments = copied(given)
    try:
        with Operators(record):
            module(*arguments)
    except Exception:  # noqa: BLE001 - the student's forward may raise anything; another check reports it
        return {"stages": found, "ends": False}
    return {"stages": found, "ends": True}


@torch.no_grad()
def inner_view(module: torch.nn.Module, x: torch.Tensor) -> InnerView:
    """The maps for the first image of `x`, and the filters. Both are empty if the pass fails: no verdict needs them."""
    maps: list[torch.Tensor] = []

    def record(operator: str, args: tuple[Any, ...], execute: Execute) -> Any:
        result = execute()
        y = first_result(result)
        if _is_map(y, 1) and y.ndim == 4 and max(y.shape[2:]) <= MAX_SIDE:
            if maps and maps[-1].shape[1:] == y.shape[2:]:
                maps.pop()
            maps.append(y[0, :MAX_CHANNELS].detach().float().cpu().clone())
        return result

    with contextlib.suppress(Exception):
        training = module.training
        module.eval()
        image = x[:1].clone()
        with Operators(record):
            module(image)
        module.train(training)
        weights = [weight for weight in module.parameters() if weight.ndim == 4 and weight.shape[-1] > 1][:1]
        filters = [weight[:MAX_FILTERS, 0].float().cpu().clone() for weight in weights]
        return {"maps": maps[:MAX_MAPS], "filters": filters}
    return {"maps": [], "filters": []}


def _is_map(y: Any, count: int) -> bool:
    """Whether `y` may be a batch of `count` maps or rows of features, and not statistics per channel."""
    if not isinstance(y, torch.Tensor) or not y.is_floating_point() or y.ndim not in (2, 4):
        return False
    return len(y) == count and (y.ndim == 2 or count > 1 or y.shape[2] * y.shape[3] > 1)


def _stage(y: torch.Tensor) -> Stage:
    return [list(y.shape[2:]), [y.shape[1]]]


def _append(found: list[Stage], y: torch.Tensor) -> None:
    """Add the shape of `y` as a new stage, or its number of channels to the last stage."""
    sizes, channels = _stage(y)
    if found[-1][0] != sizes:
        if len(found) < MAX_STAGES:
            found.append([sizes, channels])
    elif found[-1][1][-1] != channels[0] and len(found[-1][1]) < MAX_CHANNEL_CHANGES:
        found[-1][1] += channels
