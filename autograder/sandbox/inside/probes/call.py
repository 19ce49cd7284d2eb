"""Calls a function with the arguments of a case."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from ..build import Spy, build
from .network import copied


def call(target: Any, question: Mapping[str, Any]) -> Any:
    """What `target(*args, **kwargs)` returns.

    With the option `watch`, a list of parameter names, the answer is `{"returned": ..., "after": {name: ...}}`, where
    `after` tells what those arguments are once the call has ended (`model.training` tells only that of a module);
    `parameters` are the names of all. `report` keeps only these keys. With `times`, the call is made that often
    and the answer is the list of what it returned; the random state moves on in between.
    """
    made: dict[int, Any] = {}
    args, kwargs = build(question["args"], made), build(question["kwargs"], made)
    options = question["options"]
    if "times" in options:
        return [copied(target(*args, **kwargs)) for _ in range(options["times"])]
    if "watch" not in options:
        return target(*args, **kwargs)
    named = dict(zip(options["parameters"], args, strict=False)) | kwargs
    answer = {"returned": target(*args, **kwargs)}
    answer["after"] = {name: _part(named, name) for name in options["watch"]}
    return {key: answer[key] for key in options.get("report", answer)}


def _part(named: Mapping[str, Any], name: str) -> Any:
    argument, _, part = name.partition(".")
    return state(named[argument])[part] if part else state(named[argument])


def state(value: Any) -> Any:
    """What can be told of an argument after the call: a tensor itself; a module's weights and modes."""
    if not isinstance(value, nn.Module):
        return value
    spies = [module for module in value.modules() if isinstance(module, Spy)]
    return {
        "weights": [parameter.detach().clone() for parameter in value.parameters()],
        "training": [module.training for module in value.modules()],
        "hooks": sum(len(module._forward_hooks) for module in value.modules()),
        "seen in training mode": sorted({mode["training"] for spy in spies for mode in spy.modes}),
        "gradients are on": torch.is_grad_enabled(),
        "seen with gradients": sorted({mode["gradients"] for spy in spies for mode in spy.modes}),
    }
