"""The probe that looks for what a call changes besides returning its result."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Literal

import numpy as np
import torch
from torch import nn

from ..build import build
from ..frames import QuestionFrame
from ..probe import PARAMETERS, probe

Snapshot = Mapping[str, Any]


@probe
def changed(
    target: Any,
    question: QuestionFrame,
    *,
    parameters: Sequence[str] = PARAMETERS,
    but: Sequence[Literal["random state"]] = (),
) -> list[str]:
    """Call `target(*args, **kwargs)`; return the names of what is not as it was before. Compare with `unchanged`.

    An argument is named by its parameter: `layers`. Of a network the part is named, too: `model: modes`. Its parts are
    parameters, buffers, gradients, gradient flags, modes and hooks. Besides there are `random state` and
    `recording of gradients`. Options:

    - `parameters`: the names of all parameters, in order; the engine gives them.
    - `but`: ("random state",) for a function that is there to draw at random.
    """
    built: dict[int, Any] = {}
    args, kwargs = build(question["args"], built), build(question["kwargs"], built)
    named = dict(zip(parameters, args, strict=False)) | kwargs
    before = _snapshot(named)
    target(*args, **kwargs)
    after = _snapshot(named)
    return [name for name in before if name not in but and not _same(before[name], after.get(name))]


def _snapshot(named: Mapping[str, Any]) -> dict[str, Any]:
    """Copies of all that a call could change, by the names that the answer uses."""
    found: dict[str, Any] = {}
    for name, value in named.items():
        if isinstance(value, nn.Module):
            found.update({f"{name}: {part}": copy for part, copy in _parts(value)})
        else:
            found[name] = _copied(value)
    generators: Any = torch.get_rng_state().clone(), np.random.get_state(), random.getstate()
    found["random state"] = generators
    found["recording of gradients"] = torch.is_grad_enabled()
    return found


def _parts(module: nn.Module) -> Iterator[tuple[str, Any]]:
    parameters = dict(module.named_parameters(remove_duplicate=False))
    yield "parameters", {name: one.detach().clone() for name, one in parameters.items()}
    yield "buffers", {name: one.detach().clone() for name, one in module.named_buffers()}
    yield "gradients", {name: _copied(one.grad) for name, one in parameters.items()}
    yield "gradient flags", {name: one.requires_grad for name, one in parameters.items()}
    yield "modes", [one.training for one in module.modules()]
    yield "hooks", [(len(one._forward_hooks), len(one._forward_pre_hooks)) for one in module.modules()]


def _copied(value: Any) -> Any:
    """The value with its tensors and arrays copied; they are compared with their shapes, strides and flags."""
    if isinstance(value, torch.Tensor):
        return [value.detach().clone(), tuple(value.shape), value.stride(), value.requires_grad]
    if isinstance(value, np.ndarray):
        return [value.copy(), value.shape, value.flags.writeable]
    if isinstance(value, dict):
        return {key: _copied(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value)(_copied(one) for one in value)
    return value if isinstance(value, (bool, int, float, str, type(None))) else None


def _same(one: Any, other: Any) -> bool:
    if isinstance(one, (torch.Tensor, np.ndarray)):
        same = type(one) is type(other) and one.shape == other.shape and one.dtype == other.dtype
        return same and np.array_equal(np.asarray(one), np.asarray(other), equal_nan=np.asarray(one).dtype.kind in "fc")
    if isinstance(one, dict):
        same = isinstance(other, dict) and list(one) == list(other)
        return same and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        same = type(one) is type(other) and len(one) == len(other)
        return same and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)
