"""Records when a forward pass first uses each parameter, and which other parameters come before it.

A parameter meets data where a call takes both, perhaps after calls on the parameter alone, such as a transpose. All
that the data has met before then comes first in every program that computes the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

import torch
from torch.overrides import TorchFunctionMode

_METADATA = frozenset(  # reading these attributes uses no value of a tensor
    getattr(torch.Tensor, name).__get__
    for name in ("device", "dtype", "shape", "requires_grad", "ndim", "is_cuda", "layout", "grad", "grad_fn")
)


class Meeting(NamedTuple):
    """The call in which a tensor first meets data, and the ids of the tensors that this data has met before."""

    call: int
    after: frozenset[int]


class Uses(NamedTuple):
    """What one forward pass does with the parameters and buffers of a network."""

    order: list[torch.Tensor]  # by the first call that takes them
    meetings: dict[int, Meeting]  # by id; a tensor that never meets data is missing


class _Flow(NamedTuple):
    is_data: bool  # comes from more than the recorded tensors
    alone: frozenset[int]  # the tensors it comes from that have not met data
    met: frozenset[int]  # the tensors that its data has met


def record_uses(tensors: list[torch.Tensor], run: Callable[[], Any]) -> Uses:
    """Run a forward pass, and record how it uses these tensors."""
    unused = {id(tensor): tensor for tensor in tensors}
    watched = frozenset(unused)
    uses = Uses([], {})
    flows: dict[int, tuple[torch.Tensor, _Flow]] = {}  # with the tensor, so that no other one gets its id
    calls = 0

    def flow_of(tensor: torch.Tensor) -> _Flow:
        if id(tensor) in watched:
            return _Flow(False, frozenset([id(tensor)]), frozenset())
        return flows[id(tensor)][1] if id(tensor) in flows else _Flow(True, frozenset(), frozenset())

    class Recorder(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            nonlocal calls
            kwargs = kwargs or {}
            if func in _METADATA:
                return func(*args, **kwargs)
            calls += 1
            given = list(_tensors([*args, *kwargs.values()]))
            uses.order.extend(unused.pop(id(tensor)) for tensor in given if id(tensor) in unused)
            flow = _joined(map(flow_of, given))
            if flow.is_data or not flow.alone:  # constants are data, too
                for one in flow.alone - uses.meetings.keys():
                    uses.meetings[one] = Meeting(calls, flow.met)
                flow = _Flow(True, frozenset(), flow.met | flow.alone)
            result = func(*args, **kwargs)
            changed = [args[0]] if getattr(func, "__name__", "") == "__setitem__" else []
            for tensor in _tensors([result, *changed]):
                if id(tensor) not in watched:
                    flows[id(tensor)] = tensor, flow
            return result

    with torch.no_grad(), Recorder():
        run()
    return uses


def _joined(flows: Iterable[_Flow]) -> _Flow:
    joined = _Flow(False, frozenset(), frozenset())
    for flow in flows:
        joined = _Flow(joined.is_data or flow.is_data, joined.alone | flow.alone, joined.met | flow.met)
    return joined


def _tensors(values: Any) -> Iterator[torch.Tensor]:
    for value in values:
        if isinstance(value, torch.Tensor):
            yield value
        elif isinstance(value, (list, tuple)):
            yield from _tensors(value)
