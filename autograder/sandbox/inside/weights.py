"""Seeded weights that do not depend on what a network calls its attributes.

The parameters are put in the order in which a forward pass first uses them, and filled in that order from a
seed. Two networks of the same mathematics then get the same weights, whether they are written with
`nn.Sequential`, with attributes of any name, or with bare parameters and functional calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.overrides import TorchFunctionMode

_LOOKS = frozenset(  # reading these tells nothing about the order of the computation
    getattr(torch.Tensor, name).__get__
    for name in ("device", "dtype", "shape", "requires_grad", "ndim", "is_cuda", "layout", "grad", "grad_fn")
)


def fill(tensors: list[torch.Tensor], seed: int) -> None:
    """Fill each tensor from (seed, its position): matrices and kernels N(0, 1/fan_in), vectors N(0.5, 0.5²)."""
    with torch.no_grad():
        for position, tensor in enumerate(tensors):
            values = _normal(seed, 0, position, tuple(tensor.shape))
            if tensor.ndim >= 2:
                values /= np.sqrt(max(1, values[0].size))
            else:
                values = 0.5 + 0.5 * values
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def fill_statistics(module: nn.Module, seed: int) -> None:
    """Fill running means with N(0, 0.25²) and running variances from [0.5, 1.5], where the module has them."""
    means = [buffer for name, buffer in module.named_buffers() if name.endswith("running_mean")]
    variances = [buffer for name, buffer in module.named_buffers() if name.endswith("running_var")]
    with torch.no_grad():
        for position, tensor in enumerate(means):
            tensor.copy_(torch.from_numpy(0.25 * _normal(seed, 1, position, tuple(tensor.shape))))
        for position, tensor in enumerate(variances):
            values = 1.0 + 0.5 * np.tanh(_normal(seed, 2, position, tuple(tensor.shape)))
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def orders(module: nn.Module, run: Callable[[], Any]) -> Iterator[list[torch.Tensor]]:
    """The orders in which the parameters may be filled, each once: by use, by use of their owners, as registered.

    `run` is one forward pass. By use of their owners: modules in the order in which any parameter of theirs is
    first used, within a module as registered, so that `bias + weight * x` counts like `weight * x + bias`.
    """
    registered: list[torch.Tensor] = list(module.parameters())
    used = _used(registered, run)
    rest = [parameter for parameter in registered if not _contains(used, parameter)]
    owners = _owned(module)
    by_owner: list[torch.Tensor] = []
    for parameter in used + rest:
        group = next((group for group in owners if _contains(group, parameter)), [parameter])
        by_owner += [member for member in group if not _contains(by_owner, member)]
    seen: list[list[int]] = []
    for order in (by_owner, used + rest, registered):
        key = [id(parameter) for parameter in order]
        if key not in seen:
            seen.append(key)
            yield order


def _owned(module: nn.Module) -> list[list[torch.Tensor]]:
    return [list(child.parameters(recurse=False)) for child in module.modules()]


def _contains(tensors: list[torch.Tensor], wanted: torch.Tensor) -> bool:
    return any(tensor is wanted for tensor in tensors)


def _used(parameters: list[torch.Tensor], run: Callable[[], Any]) -> list[torch.Tensor]:
    known = {id(parameter): parameter for parameter in parameters}
    order: list[torch.Tensor] = []

    class Watch(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            if func not in _LOOKS:
                for value in _flat([*args, *kwargs.values()]):
                    if id(value) in known:
                        order.append(known.pop(id(value)))
            return func(*args, **kwargs)

    with torch.no_grad(), Watch():
        run()
    return order


def _flat(values: Any) -> Iterator[Any]:
    for value in values:
        if isinstance(value, (list, tuple)):
            yield from _flat(value)
        else:
            yield value


def _normal(seed: int, kind: int, position: int, shape: tuple[int, ...]) -> np.ndarray:
    return np.random.Generator(np.random.PCG64([seed, kind, position])).standard_normal(shape)
