"""Records the networks that a student's function makes and calls, however it makes them."""

from __future__ import annotations

import contextlib
import copy
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import nn
from torch.nn.parameter import is_lazy


class Recorded(NamedTuple):
    """A network that was called, and how it was before."""

    network: nn.Module
    before: nn.Module  # a copy from before the first call


ImageMeans = list[torch.Tensor]  # for each batch in training mode, the mean of each image, (n,)


@contextlib.contextmanager
def record_networks(
    means: dict[int, ImageMeans] | None = None, begin: Callable[[nn.Module, Any], None] | None = None
) -> Iterator[dict[int, Recorded]]:
    """Record each network with parameters that is called inside the block, unless another network calls it.

    `means` collects the means of the images in training mode, under the same keys. `begin(network, args)` runs before
    the first call, after the copy was made.
    """
    networks: dict[int, Recorded] = {}
    original, depth = nn.Module.__call__, 0

    def call(self: nn.Module, *args: Any, **kwargs: Any) -> Any:
        nonlocal depth
        if not depth and id(self) not in networks and any(True for _ in self.parameters()):
            depth += 1
            try:
                before = _copy_before_call(self, original, args, kwargs)
                if before is not None and begin is not None:
                    begin(self, args)
            finally:
                depth -= 1
            if before is not None:
                networks[id(self)] = Recorded(self, before)
        if not depth and means is not None and id(self) in networks and self.training and args:
            means.setdefault(id(self), []).append(torch.as_tensor(args[0]).detach().flatten(1).mean(1))
        depth += 1
        try:
            return original(self, *args, **kwargs)
        finally:
            depth -= 1

    nn.Module.__call__ = call  # type: ignore[method-assign]  # torch runs no hook after a call that raises
    try:
        yield networks
    finally:
        nn.Module.__call__ = original  # type: ignore[method-assign]  # as above


def _copy_before_call(network: nn.Module, call: Callable[..., Any], args: Any, kwargs: Any) -> nn.Module | None:
    """Copy the network, or return None if it has a lazy layer that this call does not use.

    Lazy layers are initialised by the same call in eval mode, which changes no running statistics.
    """
    if any(is_lazy(parameter) for parameter in network.parameters()):
        training = network.training
        with torch.no_grad():
            call(network.eval(), *args, **kwargs)
        network.train(training)
    return None if any(is_lazy(parameter) for parameter in network.parameters()) else copy.deepcopy(network)


def outermost(networks: dict[int, Recorded]) -> dict[int, Recorded]:
    """The networks that are not part of another one: a constructor may call a part to find the size of its output."""
    parts = {id(part) for pair in networks.values() for part in list(pair.network.modules())[1:]}
    return {key: pair for key, pair in networks.items() if key not in parts}


def count_parameters(network: nn.Module) -> int:
    return sum(parameter.numel() for parameter in network.parameters())


def have_equal_weights(one: nn.Module, other: nn.Module) -> bool:
    """Whether two networks of one class have equal weights; then the function has not trained the first one."""
    pairs = zip(one.parameters(), other.parameters(), strict=True)
    return all(torch.equal(left.to(right), right) for left, right in pairs)
