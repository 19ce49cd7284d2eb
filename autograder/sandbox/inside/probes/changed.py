"""The probe that looks for what a call changes besides returning its result."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.parameter import is_lazy

from ..build import build
from ..frames import QuestionFrame
from ..probe import PARAMETERS, probe
from .network import construct, run

RANDOM = "random state"


@probe
def changed(
    target: Any,
    question: QuestionFrame,
    *,
    parameters: Sequence[str] = PARAMETERS,
    but: Sequence[str] = (),
    inputs: Sequence[Any] | None = None,
) -> list[str]:
    """Call `target(*args, **kwargs)`; return the names of what is not as it was before. Compare with `unchanged`.

    An argument is named by its parameter: `layers`. Of a network the part is named, too: `model: modes`. Its parts are
    parameters, buffers, gradients, gradient flags, modes and hooks. Besides there are `random state` and
    `recording of gradients`. Options:

    - `parameters`: the names of all parameters, in order; the engine gives them.
    - `but`: names to leave out: ("random state",) for a function that is there to draw at random.
    - `inputs`: the arguments of a forward pass of the network `target(*args, **kwargs)`, in eval mode. The answer then
      names what the constructor or this pass changes. A constructor may draw at random, but not set the random state.
    """
    built: dict[int, Any] = {}
    args, kwargs = build(question["args"], built), build(question["kwargs"], built)
    named = dict(zip(parameters, args, strict=False)) | kwargs
    found = _changed_by(lambda: target(*args, **kwargs), named)
    if inputs is not None:
        found = [name for name in found if name != RANDOM]
        found += _changed_by_network(lambda: construct(target, question), inputs)
    return [name for name in found if name not in but]


def _changed_by(call: Callable[[], Any], named: Mapping[str, Any]) -> list[str]:
    torch.rand(1), np.random.rand(), random.random()  # a seed that the call sets must not give the state of the start
    before = _snapshot(named)
    call()
    after = _snapshot(named)
    return [name for name in before if not _same(before[name], after.get(name))]


def _changed_by_network(make: Callable[[], nn.Module], inputs: Sequence[Any]) -> list[str]:
    """What a forward pass changes.

    That is the random state only if it ends the same whatever it was before: to draw at random is not to set a seed.
    """
    ends, arguments, recording = [], build(inputs), torch.is_grad_enabled()
    for seed in 0, 1:
        for set_seed in torch.manual_seed, np.random.seed, random.seed:
            set_seed(seed)
        run(make().eval(), *arguments)
        ends.append(_random_states())
    network = make().eval()
    if any(is_lazy(parameter) for parameter in network.parameters()):
        run(network, *arguments)
        network.eval()
    torch.set_grad_enabled(recording)
    found = [RANDOM] if any(_same(*pair) for pair in zip(*ends, strict=True)) else []
    watched = {"network": network} | {_input_name(number, len(arguments)): one for number, one in enumerate(arguments)}
    return found + [name for name in _changed_by(lambda: network(*arguments), watched) if name != RANDOM]


def _input_name(number: int, count: int) -> str:
    return "the input of forward" if count == 1 else f"input {number + 1} of forward"


def _snapshot(named: Mapping[str, Any]) -> dict[str, Any]:
    """Copies of all that a call could change, by the names that the answer uses."""
    found: dict[str, Any] = {}
    for name, value in named.items():
        if isinstance(value, nn.Module):
            found.update({f"{name}: {part}": copy for part, copy in _parts(value)})
        else:
            found[name] = _copied(value)
    found[RANDOM] = _random_states()
    found["recording of gradients"] = torch.is_grad_enabled()
    return found


def _random_states() -> tuple[Any, ...]:
    """The states of the random generators of torch, numpy and Python."""
    states: Any = torch.get_rng_state().clone(), np.random.get_state(), random.getstate()
    return tuple(states)


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
        same = same and getattr(one, "device", None) == getattr(other, "device", None)
        return same and np.array_equal(np.asarray(one), np.asarray(other), equal_nan=np.asarray(one).dtype.kind in "fc")
    if isinstance(one, dict):
        same = isinstance(other, dict) and list(one) == list(other)
        return same and all(_same(one[key], other[key]) for key in one)
    if isinstance(one, (list, tuple)):
        same = type(one) is type(other) and len(one) == len(other)
        return same and all(map(_same, one, other))
    return type(one) is type(other) and bool(one == other)
