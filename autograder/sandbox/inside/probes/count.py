"""The probe that counts the parameters of a network, without memory for their values where possible."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import torch
from torch import nn

from ..build import build
from ..frames import QuestionFrame
from ..probe import probe
from .network import construct


@probe
def parameters(target: Any, question: QuestionFrame, *, inputs: Sequence[Any] | None = None) -> int:
    """The number of values in the registered parameters; a shared parameter counts once.

    The network is built on torch's meta device. It is built on the CPU if its constructor reads values or makes lazy
    layers. Option `inputs`: the arguments of a forward pass on the CPU, which initialises lazy layers.
    """
    try:
        with torch.device("meta"):
            module = construct(target, question)
        lazy = any(isinstance(p, nn.parameter.UninitializedParameter) for p in module.parameters())
    except (RuntimeError, NotImplementedError, ValueError, TypeError):
        lazy = True
    if lazy:
        module = construct(target, question)
        if inputs is not None:
            with torch.no_grad():
                module.eval()(*build(inputs))
    parts = nn.Module.modules(module)
    registered = {id(parameter): parameter for part in parts for parameter in _own_parameters(part)}
    return sum(torch.Tensor.numel(parameter) for parameter in registered.values() if parameter is not None)


def _own_parameters(module: nn.Module) -> Iterable[torch.Tensor | None]:
    """The parameters that the module itself has registered; those of a traced module are not in its attributes."""
    own = vars(module).get("_parameters")
    return nn.Module.parameters(module, recurse=False) if own is None else own.values()
