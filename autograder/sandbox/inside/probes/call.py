"""The probe that calls a function with the arguments of a case."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

import torch
from torch import nn

from ..build import ModeRecorder, build
from ..frames import QuestionFrame
from ..probe import probe
from ..values import is_iterator, items_of
from .network import copied, reported

MODES = {True: "training", False: "eval"}
GRADIENTS = {True: "on", False: "off"}


class Watched(TypedDict, total=False):
    returned: Any
    after: dict[str, Any]  # the state of each watched argument after the call


@probe
def call(
    target: Any,
    question: QuestionFrame,
    *,
    watch: Sequence[str] | None = None,
    parameters: Sequence[str] = (),
    report: Sequence[str] | None = None,
    times: int | None = None,
    take: int | None = None,
) -> Any:
    """Return `target(*args, **kwargs)`. Options:

    - `watch`: names of parameters. The answer is then `{"returned": ..., "after": {name: ...}}`, with the state of
      these arguments after the call. A name such as `model.training` selects one part of the state.
    - `parameters`: with `watch`, the names of all parameters, in order; the engine gives them.
    - `report`: with `watch`, the keys of the answer to return; both by default.
    - `times`: how often to make the call. The answer is then a list. The random state is not reset between the calls.
    - `take`: how many items to take of the generator or iterator that is returned; 10,000 by default.
    """
    built: dict[int, Any] = {}
    args, kwargs = build(question["args"], built), build(question["kwargs"], built)
    if times is not None:
        return [copied(target(*args, **kwargs)) for _ in range(times)]
    if watch is None:
        answer = target(*args, **kwargs)
        return answer if take is None or not is_iterator(answer) else items_of(answer, take)
    named = dict(zip(parameters, args, strict=False)) | kwargs
    watched: Watched = {"returned": target(*args, **kwargs)}
    watched["after"] = {name: _state_of(named, name) for name in watch}
    return reported(watched, report)


def _state_of(arguments: Mapping[str, Any], name: str) -> Any:
    argument, _, part = name.partition(".")
    return _state(arguments[argument])[part] if part else _state(arguments[argument])


def _state(value: Any) -> Any:
    """The weights and modes of a module, the `state()` of an object that has this method; else the argument itself."""
    if not isinstance(value, nn.Module):
        return value.state() if callable(getattr(value, "state", None)) else value
    modes = [mode for module in value.modules() if isinstance(module, ModeRecorder) for mode in module.modes]
    return {
        "weights": [parameter.detach().clone() for parameter in value.parameters()],
        "training": [module.training for module in value.modules()],
        "hooks": sum(len(module._forward_hooks) for module in value.modules()),
        "mode during the call": sorted({MODES[mode["training"]] for mode in modes}),
        "gradients are on": torch.is_grad_enabled(),
        "gradients during the call": sorted({GRADIENTS[mode["gradients"]] for mode in modes}),
    }
