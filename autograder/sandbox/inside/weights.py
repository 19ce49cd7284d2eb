"""Seeded weights that do not depend on the names of a network's attributes.

The parameters are filled from a seed in the order in which a forward pass first uses them. Two networks that compute
the same function then get the same weights. They may use `nn.Sequential`, attributes of any name, or functional calls.

A parameter gets the numbers of its place among the parameters of its *form*, (its size, its fan-in). The order of
parameters of different forms is therefore free.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import torch
from torch import nn
from torch.nn.parameter import is_lazy

from .dataflow import record_uses
from .orders import Order, Owner, largest_group, level_orders, owners_of

Form = tuple[int, int]
WAYS = {"": False, "wide ": True}  # the beginning of a label -> the argument `wide` of `fill`


def fill(tensors: Sequence[torch.Tensor], seed: int, wide: bool = False) -> None:
    """Fill each tensor from (seed, its form, its place): matrices and kernels N(0, 1/fan_in), vectors N(0.5, 0.5²).

    With `wide`, a tensor with only one axis longer than 1 is a vector, for example a BatchNorm weight (1, C, 1, 1).
    """
    with torch.no_grad():
        for tensor, place in zip(tensors, _places(tensors, wide), strict=True):
            size, fan_in = form(tensor, wide)
            values = _normal(seed, 0, place, size, fan_in).reshape(tuple(tensor.shape))
            values = values / np.sqrt(fan_in) if fan_in else 0.5 + 0.5 * values
            tensor.copy_(torch.from_numpy(np.asarray(values)))


def form(tensor: torch.Tensor, wide: bool = False) -> Form:
    """The size and the fan-in of a matrix or kernel; the fan-in of a vector is 0."""
    is_matrix = tensor.ndim >= 2 and not (wide and is_wide(tensor))
    return tensor.numel(), max(1, tensor.shape[1:].numel()) if is_matrix else 0


def is_wide(tensor: torch.Tensor) -> bool:
    """Whether a tensor has two or more axes, but at most one that is longer than 1."""
    return tensor.ndim >= 2 and sum(size > 1 for size in tensor.shape) <= 1


def fill_statistics(module: nn.Module, order: Order, seed: int) -> None:
    """Fill running means from N(0, 0.25²) and running variances from [0.5, 1.5], if the module has any."""
    buffers = dict(module.named_buffers())
    means, variances = ([buffers[name] for name in names if name in buffers] for names in order[1:])
    with torch.no_grad():
        for tensor, place in zip(means, _places(means), strict=True):
            values = 0.25 * _normal(seed, 1, place, *form(tensor))
            tensor.copy_(torch.from_numpy(values.reshape(tuple(tensor.shape))))
        for tensor, place in zip(variances, _places(variances), strict=True):
            values = 1.0 + 0.5 * np.tanh(_normal(seed, 2, place, *form(tensor)))
            tensor.copy_(torch.from_numpy(values.reshape(tuple(tensor.shape))))


def fill_orders(
    module: nn.Module, run: Callable[[], Any], *, fixed: Iterable[torch.Tensor] = (), most: int
) -> dict[str, Order]:
    """The orders in which to fill a network, by label; `run` makes one forward pass.

    - "levels", "levels 102", ...: as `level_orders` describes, at most `most` with digits, or half as many if each
      order is to be filled in both ways of `fill`.
    - "use": parameters in the order of their first use, for code that hides what its values come from; in the order of
      registration for a network with scripted parts, which hide their uses.

    `fixed` are parameters that are left out.
    """
    left_out = set(map(id, fixed))
    parameters: list[torch.Tensor] = [one for one in module.parameters() if id(one) not in left_out]
    buffers = dict(module.named_buffers())
    means, variances = _statistics(buffers)
    uses = record_uses([*parameters, *(buffers[name] for name in (*means, *variances))], run)
    names = {id(buffer): name for name, buffer in buffers.items()}
    order = [] if _hides_uses(module) else uses.order
    used_means, used_variances = (
        [names[id(buffer)] for buffer in _by_use(order, [buffers[name] for name in group])]
        for group in (means, variances)
    )
    owners = list(owners_of(module, parameters, means, variances, uses))
    most = most // 2 if any(map(is_wide, parameters)) else most
    return {
        **level_orders(owners, most, lambda owner: _forms(owner, buffers)),
        "use": Order(_by_use(order, parameters), used_means, used_variances),
    }


def _hides_uses(module: nn.Module) -> bool:
    return any(isinstance(part, torch.jit.ScriptModule) for part in module.modules())


def interchangeable(module: nn.Module, run: Callable[[], Any]) -> int:
    """How many layers of equal size may be used in any order, at most, by what they build on."""
    parameters: list[torch.Tensor] = list(module.parameters())
    buffers = dict(module.named_buffers())
    uses = record_uses(parameters, run)
    return largest_group(list(owners_of(module, parameters, [], [], uses)), lambda owner: _forms(owner, buffers))


def different(module: nn.Module, orders: Mapping[str, Order]) -> Iterator[tuple[list[str], Order, bool]]:
    """The orders, and values of `wide`, that give different weights, each with the labels that it stands for."""
    buffers = dict(module.named_buffers())
    both = any(map(is_wide, module.parameters()))
    found: dict[str, tuple[list[str], Order, bool]] = {}
    for word, wide in WAYS.items():
        for label, order in orders.items():
            places = [_places_by_id(order.parameters, wide)]
            places += [_places_by_id([buffers[name] for name in names]) for names in (order.means, order.variances)]
            found.setdefault(repr((wide and both, places)), ([], order, wide))[0].append(word + label)
    yield from found.values()


def parameters_by_use(module: nn.Module, run: Callable[[], Any]) -> list[torch.Tensor]:
    """The parameters in the order of their first use in a forward pass, then those that it does not use."""
    registered: list[torch.Tensor] = list(module.parameters())
    return _by_use(record_uses(registered, run).order, registered)


def _places_by_id(tensors: Sequence[torch.Tensor], wide: bool = False) -> list[tuple[int, int]]:
    return sorted(zip(map(id, tensors), _places(tensors, wide), strict=True))


def _places(tensors: Sequence[torch.Tensor], wide: bool = False) -> list[int]:
    """For each tensor, how many before it are of its form; frozen ones count apart, so that they shift no others."""
    seen: Counter[tuple[Form, bool]] = Counter()
    places = []
    for tensor in tensors:
        kind = form(tensor, wide), tensor.requires_grad
        places.append(seen[kind])
        seen[kind] += 1
    return places


def _forms(owner: Owner, buffers: Mapping[str, torch.Tensor]) -> tuple[Form, ...]:
    tensors = (*owner.parameters, *(buffers[name] for name in (*owner.means, *owner.variances)))
    return tuple(form(tensor, wide=True) for tensor in tensors)


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
    wanted = set(map(id, tensors))  # comparing tensors would compare their values
    first = [tensor for tensor in used if id(tensor) in wanted]
    used_ids = set(map(id, first))
    return first + [tensor for tensor in tensors if id(tensor) not in used_ids]


def _normal(seed: int, kind: int, place: int, size: int, fan_in: int) -> np.ndarray:
    return np.random.Generator(np.random.PCG64([seed, kind, place, size, fan_in])).standard_normal(size)
