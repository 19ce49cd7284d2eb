"""What a network looks like inside, whatever its attributes are called: its shapes, its maps, its first filters."""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from typing import Any

import torch
from torch.nn.parameter import is_lazy

from ..build import build
from ..operators import Operators, Run
from .network import construct, copied

MOST_STAGES, MOST_STEPS = 40, 12
MOST_MAPS, MOST_CHANNELS, MOST_FILTERS, LONGEST_SIDE = 12, 8, 16, 64


@torch.no_grad()
def stages(target: Any, question: Mapping[str, Any]) -> dict[str, Any]:
    """One pass forward in eval mode: `stages`, each `[[H, W], [C, C, ...]]`, and whether the pass `ends` well.

    A stage lasts as long as the maps keep their height and width, and tells each new number of channels in it. Rows of
    features without height and width are a stage too. A pass that raises is told as far as it came.
    """
    inputs = build(question["options"]["inputs"])
    module = construct(target, question).eval()
    first = inputs[0]
    told: list[list[list[int]]] = [_told(first)]

    def watch(operator: str, args: tuple[Any, ...], execute: Run) -> Any:
        result = execute()
        y = result[0] if isinstance(result, (tuple, list)) and result else result
        if operator not in ("t", "transpose", "permute", "mean", "var", "var_mean") and _is_map(y, len(first)):
            _note(told, _told(y))
        return result

    with contextlib.suppress(Exception):
        if any(is_lazy(parameter) for parameter in module.parameters()):
            module(*copied(inputs))  # lazy layers become real outside of a dispatch mode
    given = copied(inputs)
    try:
        with Operators(watch):
            module(*given)
    except Exception:  # noqa: BLE001 - the student's forward may raise anything; another check tells what
        return {"stages": told, "ends": False}
    return {"stages": told, "ends": True}


@torch.no_grad()
def inside(module: torch.nn.Module, x: torch.Tensor) -> dict[str, list[torch.Tensor]]:
    """What a page draws of a trained network: the last `maps` (C, H, W) of each stage for one image, and its `filters`.

    Nothing where that fails, since no verdict rests on it.
    """
    maps: list[torch.Tensor] = []

    def watch(operator: str, args: tuple[Any, ...], execute: Run) -> Any:
        result = execute()
        y = result[0] if isinstance(result, (tuple, list)) and result else result
        if _is_map(y, 1) and y.ndim == 4 and max(y.shape[2:]) <= LONGEST_SIDE:
            if maps and maps[-1].shape[1:] == y.shape[2:]:
                maps.pop()
            maps.append(y[0, :MOST_CHANNELS].detach().float().cpu().clone())
        return result

    with contextlib.suppress(Exception):
        training = module.training
        module.eval()
        given = x[:1].clone()
        with Operators(watch):
            module(given)
        module.train(training)
        weights = [weight for weight in module.parameters() if weight.ndim == 4 and weight.shape[-1] > 1][:1]
        filters = [weight[:MOST_FILTERS, 0].float().cpu().clone() for weight in weights]
        return {"maps": maps[:MOST_MAPS], "filters": filters}
    return {"maps": [], "filters": []}


def _is_map(y: Any, count: int) -> bool:
    """Whether it may be a batch of maps or of features: statistics per channel are not."""
    if not isinstance(y, torch.Tensor) or not y.is_floating_point() or y.ndim not in (2, 4):
        return False
    return len(y) == count and (y.ndim == 2 or count > 1 or y.shape[2] * y.shape[3] > 1)


def _told(y: torch.Tensor) -> list[list[int]]:
    return [list(y.shape[2:]), [y.shape[1]]]


def _note(told: list[list[list[int]]], new: list[list[int]]) -> None:
    sizes, channels = new
    if told[-1][0] != sizes:
        if len(told) < MOST_STAGES:
            told.append(new)
    elif told[-1][1][-1] != channels[0] and len(told[-1][1]) < MOST_STEPS:
        told[-1][1] += channels
