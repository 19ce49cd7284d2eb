"""Counts the parameters of a network without the memory for them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import torch
from torch import nn

from ..build import build
from .network import construct


def parameters(target: Any, question: Mapping[str, Any]) -> int:
    """How many numbers the registered parameters hold, shared ones once.

    The network is built on torch's meta device; where the student's constructor cannot do that (it looks at values)
    or has lazy layers, it is built on the CPU and, with the option `inputs`, run once.
    """
    try:
        with torch.device("meta"):
            module = construct(target, question)
        lazy = any(isinstance(p, nn.parameter.UninitializedParameter) for p in module.parameters())
    except (RuntimeError, NotImplementedError, ValueError, TypeError):
        lazy = True
    if lazy:
        module = construct(target, question)
        inputs = question["options"].get("inputs")
        if inputs is not None:
            with torch.no_grad():
                module.eval()(*build(inputs))
    registered = {id(one): one for part in nn.Module.modules(module) for one in vars(part)["_parameters"].values()}
    return sum(torch.Tensor.numel(parameter) for parameter in registered.values() if parameter is not None)
