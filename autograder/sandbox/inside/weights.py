"""Seeded weights that do not depend on what a network calls its attributes.

The parameters are put in the order in which a forward pass first uses them, and filled in that order from a
seed. Two networks of the same mathematics then get the same weights, whether they are written with
`nn.Sequential`, with attributes of any name, or with bare parameters and functional calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn.parameter import is_lazy
from torch.overrides import TorchFunctionMode

_LOOKS = frozenset(  # reading these tells nothing about the order of the computation
    getattr(torch.Tensor, name).__get__
    for name in ("device", "dtype", "shape", "requires_grad", "ndim", "is_cuda", "layout", "grad", "grad_fn")
)


class Order(NamedTuple):
    """The tensors of a network in the order in which they are filled; statistics by name, as they may be replaced."""

    parameters: list[torch.Tensor]
    means: list[str]
    variances: list[str]


def fill(tensors: list[torch.Tensor], seed: int, wide: bool = False) -> None:
    """Fill each tensor from (seed, its position): matrices and kernels N(0, 1/fan_in), vectors N(0.5, 0.5²).

    If `wide`, what has only one axis longer than 1 is a vector too: a weight of BatchNorm kept as (1, C, 1, 1).
    """
    with torch.no_grad():
        for position, tensor in enumerate(tensors):
            values = _normal(seed, 0, position, tuple(tensor.shape))
            if tensor.ndim >= 2 and not (wide and is_wide(tensor)):
                values /= np.sqrt(max(1, values[0].size))
            else:
                values = 0.5 + 0.5 * values
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def is_wide(tensor: torch.Tensor) -> bool:
    """Whether a tensor has the axes of a matrix or a kernel, and the numbers of a vector."""
    return tensor.ndim >= 2 and sum(size > 1 for size in tensor.shape) <= 1


def fill_statistics(module: nn.Module, order: Order, seed: int) -> None:
    """Fill running means with N(0, 0.25²) and running variances from [0.5, 1.5], where the module has them."""
    buffers = dict(module.named_buffers())
    means, variances = ([buffers[name] for name in names if name in buffers] for names in order[1:])
    with torch.no_grad():
        for position, tensor in enumerate(means):
            tensor.copy_(torch.from_numpy(0.25 * _normal(seed, 1, position, tuple(tensor.shape))))
        for position, tensor in enumerate(variances):
            values = 1.0 + 0.5 * np.tanh(_normal(seed, 2, position, tuple(tensor.shape)))
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def orders(module: nn.Module, run: Callable[[], Any]) -> Iterator[Order]:
    """The orders in which a network may be filled, each once: by use of the owners, by use, as registered.

    `run` is one forward pass. By use of their owners: modules in the order in which any parameter of theirs is
    first used, within a module as registered and `weight` before `bias`, so that `bias + weight * x` counts like
    `weight * x + bias`.
    """
    registered: list[torch.Tensor] = list(module.parameters())
    buffers = dict(module.named_buffers())
    means, variances = _statistics(buffers)
    used = _used([*registered, *buffers.values()], run)
    parameters = _first(used, registered)
    owners = _owned(module)
    by_owner: list[torch.Tensor] = []
    for parameter in parameters:
        group = next((group for group in owners if _contains(group, parameter)), [parameter])
        by_owner += [member for member in group if not _contains(by_owner, member)]
    names = {id(buffer): name for name, buffer in buffers.items()}
    used_means, used_variances = (
        [names[id(buffer)] for buffer in _first(used, [buffers[name] for name in some])] for some in (means, variances)
    )
    seen: list[tuple[list[int], list[str], list[str]]] = []
    for order in (
        Order(by_owner, used_means, used_variances),
        Order(parameters, used_means, used_variances),
        Order(registered, means, variances),
    ):
        key = ([id(parameter) for parameter in order.parameters], order.means, order.variances)
        if key not in seen:
            seen.append(key)
            yield order


def by_use(module: nn.Module, run: Callable[[], Any]) -> list[torch.Tensor]:
    """The parameters in the order in which a forward pass first uses them, then those that it does not use."""
    registered: list[torch.Tensor] = list(module.parameters())
    return _first(_used(registered, run), registered)


def _statistics(buffers: Mapping[str, torch.Tensor]) -> tuple[list[str], list[str]]:
    """The names of running means and of running variances: called so, or else vectors of zeros and of ones."""
    means = [name for name in buffers if name.endswith("running_mean")]
    variances = [name for name in buffers if name.endswith("running_var")]
    if not means and not variances:
        vectors = {n: b for n, b in buffers.items() if not is_lazy(b) and b.ndim == 1 and b.is_floating_point()}
        means = [name for name, vector in vectors.items() if (vector == 0).all()]
        variances = [name for name, vector in vectors.items() if (vector == 1).all()]
    return means, variances


def _first(used: list[torch.Tensor], some: list[torch.Tensor]) -> list[torch.Tensor]:
    """`some` of the tensors: those that are used, in this order, then the others."""
    those = [tensor for tensor in used if _contains(some, tensor)]
    return those + [tensor for tensor in some if not _contains(those, tensor)]


def _owned(module: nn.Module) -> list[list[torch.Tensor]]:
    named = (
        sorted(child.named_parameters(recurse=False), key=lambda pair: pair[0] == "bias") for child in module.modules()
    )
    return [[parameter for _, parameter in pairs] for pairs in named]


def _contains(tensors: Iterable[torch.Tensor], wanted: torch.Tensor) -> bool:
    return any(tensor is wanted for tensor in tensors)


def _used(tensors: list[torch.Tensor], run: Callable[[], Any]) -> list[torch.Tensor]:
    known = {id(tensor): tensor for tensor in tensors}
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
