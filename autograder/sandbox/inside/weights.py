"""Seeded weights that do not depend on the names of a network's attributes.

The parameters are filled from a seed in the order in which a forward pass first uses them. Two networks that compute
the same function then get the same weights. They may use `nn.Sequential`, attributes of any name, or functional calls.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import nn
from torch.nn.parameter import is_lazy
from torch.overrides import TorchFunctionMode

_METADATA = frozenset(  # reading these attributes uses no value of a tensor
    getattr(torch.Tensor, name).__get__
    for name in ("device", "dtype", "shape", "requires_grad", "ndim", "is_cuda", "layout", "grad", "grad_fn")
)


class Order(NamedTuple):
    """An order in which to fill a network's parameters and running statistics."""

    parameters: list[torch.Tensor]
    means: list[str]  # names of buffers, since student code may replace the tensors
    variances: list[str]


def fill(tensors: list[torch.Tensor], seed: int, wide: bool = False) -> None:
    """Fill each tensor from (seed, its position): matrices and kernels N(0, 1/fan_in), vectors N(0.5, 0.5²).

    With `wide`, a tensor with only one axis longer than 1 is a vector too, for example a BatchNorm weight (1, C, 1, 1).
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
    """Whether a tensor has two or more axes, but at most one that is longer than 1."""
    return tensor.ndim >= 2 and sum(size > 1 for size in tensor.shape) <= 1


def fill_statistics(module: nn.Module, order: Order, seed: int) -> None:
    """Fill running means from N(0, 0.25²) and running variances from [0.5, 1.5], if the module has any."""
    buffers = dict(module.named_buffers())
    means, variances = ([buffers[name] for name in names if name in buffers] for names in order[1:])
    with torch.no_grad():
        for position, tensor in enumerate(means):
            tensor.copy_(torch.from_numpy(0.25 * _normal(seed, 1, position, tuple(tensor.shape))))
        for position, tensor in enumerate(variances):
            values = 1.0 + 0.5 * np.tanh(_normal(seed, 2, position, tuple(tensor.shape)))
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def fill_orders(module: nn.Module, run: Callable[[], Any]) -> Iterator[Order]:
    """Yield the orders in which to fill a network, without repetition; `run` makes one forward pass.

    1. By owner: modules in the order of their first use. Within a module parameters are as registered, biases last.
       `bias + weight * x` then has the order of `weight * x + bias`.
    2. By use: parameters in the order of their first use.
    3. As registered.
    """
    registered: list[torch.Tensor] = list(module.parameters())
    buffers = dict(module.named_buffers())
    means, variances = _statistics(buffers)
    used = _record_use([*registered, *buffers.values()], run)
    parameters = _by_use(used, registered)
    owners = _parameters_by_owner(module)
    by_owner: list[torch.Tensor] = []
    for parameter in parameters:
        siblings = next((owned for owned in owners if _contains(owned, parameter)), [parameter])
        by_owner += [sibling for sibling in siblings if not _contains(by_owner, sibling)]
    names = {id(buffer): name for name, buffer in buffers.items()}
    used_means, used_variances = (
        [names[id(buffer)] for buffer in _by_use(used, [buffers[name] for name in group])]
        for group in (means, variances)
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


def parameters_by_use(module: nn.Module, run: Callable[[], Any]) -> list[torch.Tensor]:
    """The parameters in the order of their first use in a forward pass, then those that it does not use."""
    registered: list[torch.Tensor] = list(module.parameters())
    return _by_use(_record_use(registered, run), registered)


def _statistics(buffers: Mapping[str, torch.Tensor]) -> tuple[list[str], list[str]]:
    """The names of running means and variances: by torch's names, or else all vectors of zeros and of ones."""
    means = [name for name in buffers if name.endswith("running_mean")]
    variances = [name for name in buffers if name.endswith("running_var")]
    if not means and not variances:
        vectors = {n: b for n, b in buffers.items() if not is_lazy(b) and b.ndim == 1 and b.is_floating_point()}
        means = [name for name, vector in vectors.items() if (vector == 0).all()]
        variances = [name for name, vector in vectors.items() if (vector == 1).all()]
    return means, variances


def _by_use(used: list[torch.Tensor], tensors: list[torch.Tensor]) -> list[torch.Tensor]:
    """`tensors` in the order of `used`, then those that are not in `used`."""
    first = [tensor for tensor in used if _contains(tensors, tensor)]
    return first + [tensor for tensor in tensors if not _contains(first, tensor)]


def _parameters_by_owner(module: nn.Module) -> list[list[torch.Tensor]]:
    named = (
        sorted(child.named_parameters(recurse=False), key=lambda pair: pair[0] == "bias") for child in module.modules()
    )
    return [[parameter for _, parameter in pairs] for pairs in named]


def _contains(tensors: Iterable[torch.Tensor], wanted: torch.Tensor) -> bool:
    return any(tensor is wanted for tensor in tensors)


def _record_use(tensors: list[torch.Tensor], run: Callable[[], Any]) -> list[torch.Tensor]:
    """The tensors that a forward pass uses, in the order of their first use."""
    unused = {id(tensor): tensor for tensor in tensors}
    order: list[torch.Tensor] = []

    class Recorder(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            if func not in _METADATA:
                for value in _flat([*args, *kwargs.values()]):
                    if id(value) in unused:
                        order.append(unused.pop(id(value)))
            return func(*args, **kwargs)

    with torch.no_grad(), Recorder():
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
