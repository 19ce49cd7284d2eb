"""How a student calls an exercise."""

from __future__ import annotations

import inspect
import sys
from typing import Any


def signature_of(right: Any) -> inspect.Signature:
    """The signature of a function or class; for one's own `torch.autograd.Function`, that of its `apply`."""
    if not is_autograd_function(right):
        return inspect.signature(right)
    signature = inspect.signature(right.forward)
    parameters = list(signature.parameters.values())
    alone = any("setup_context" in vars(one) for one in right.__mro__ if not one.__module__.startswith("torch."))
    return signature.replace(parameters=parameters if alone else parameters[1:])


def is_autograd_function(right: Any) -> bool:
    """Whether it is a subclass of `torch.autograd.Function`, which is called by its `apply`."""
    torch: Any = sys.modules.get("torch")
    return torch is not None and isinstance(right, type) and issubclass(right, torch.autograd.Function)
