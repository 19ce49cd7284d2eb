"""The owners of a network's parameters, and the orders in which another right program may use them.

An owner is a module with parameters of its own. If the parameters of one module do not build on each other, such as the
bare matrices of an attention, those of each call are an owner. An owner's *level* is the length of the longest chain of
owners before it, and its form says how large its tensors are. Programs that compute the same agree about levels and
forms, but not about the order of owners of one level and form: an attention may compute its queries or its keys first.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import torch
from torch import nn

from .dataflow import Meeting, Uses

LARGEST_GROUP = 4  # owners of equal forms on one level; five would have 120 orders


class Order(NamedTuple):
    """An order in which to fill a network's parameters and running statistics."""

    parameters: list[torch.Tensor]
    means: list[str]  # names of buffers, since student code may replace the tensors
    variances: list[str]


class Owner(NamedTuple):
    """What belongs together, by its use, biases last; `meeting` is the first one of its tensors."""

    parameters: list[torch.Tensor]
    means: list[str]
    variances: list[str]
    tensors: frozenset[int]  # the ids of all of them
    meeting: Meeting | None


def owners_of(
    module: nn.Module, parameters: list[torch.Tensor], means: list[str], variances: list[str], uses: Uses
) -> Iterator[Owner]:
    """The owners of these parameters and buffers, as registered."""

    def call_of(tensor: torch.Tensor) -> float:
        return uses.meetings[id(tensor)].call if id(tensor) in uses.meetings else float("inf")

    left = {id(parameter) for parameter in parameters}
    for prefix, child in module.named_modules():
        named = sorted(child.named_parameters(recurse=False), key=lambda pair: (call_of(pair[1]), pair[0] == "bias"))
        own = [parameter for _, parameter in named if id(parameter) in left]
        left -= set(map(id, own))
        buffers = {f"{prefix}.{name}".lstrip("."): buffer for name, buffer in child.named_buffers(recurse=False)}
        kept = {name: buffers[name] for name in (*means, *variances) if name in buffers}
        calls = {0.0} if _build_on_each_other(own, uses) else {call_of(one) for one in (*own, *kept.values())}
        for call in sorted(calls):
            together = len(calls) == 1
            part = [one for one in own if together or call_of(one) == call]
            names = [name for name, one in kept.items() if together or call_of(one) == call]
            own_means, own_variances = ([name for name in group if name in names] for group in (means, variances))
            ids = frozenset(map(id, [*part, *(kept[name] for name in (*own_means, *own_variances))]))
            meetings = [uses.meetings[one] for one in ids if one in uses.meetings]
            if ids:
                yield Owner(part, own_means, own_variances, ids, min(meetings, key=lambda one: one.call, default=None))


def level_orders(owners: list[Owner], most: int, forms: Callable[[Owner], Any]) -> dict[str, Order]:
    """The owners by level, form and first use; and the same with owners of one level and form in other orders.

    In "levels 102", each group of three owners of one level and form is filled in the order second, first,
    third: an attention that is used twice needs only one label. With "10 102", groups of two are changed as well.
    There are at most `most` of these labels, those that change groups of one size first. Larger groups stay.
    """
    ordered, groups = _groups(owners, forms)
    sizes = sorted({len(group) for group in groups.values()} & {*range(2, LARGEST_GROUP + 1)})
    choices = itertools.product(*(itertools.permutations(range(size)) for size in sizes))
    by_change = sorted(choices, key=lambda choice: sum(one != tuple(sorted(one)) for one in choice))
    orders = {}
    for choice in by_change[: 1 + most]:
        changed = list(ordered)
        for group in groups.values():
            for place, source in zip(group, dict(zip(sizes, choice, strict=True)).get(len(group), ()), strict=False):
                changed[place] = ordered[group[source]]
        words = ["".join(map(str, one)) for one in choice if one != tuple(sorted(one))]
        orders[" ".join(["levels", *words])] = _flat(changed)
    return orders


def largest_group(owners: list[Owner], forms: Callable[[Owner], Any]) -> int:
    """The number of owners in the largest group of one level and form that has parameters."""
    ordered, groups = _groups([owner for owner in owners if owner.parameters], forms)
    return max(map(len, groups.values()), default=0) if ordered else 0


def _groups(owners: list[Owner], forms: Callable[[Owner], Any]) -> tuple[list[Owner], dict[Any, list[int]]]:
    """The owners by level, form and first use; and for each level and form the places of its owners."""
    levels = _levels(owners)
    ordered = sorted(owners, key=lambda owner: (levels[owner.tensors], forms(owner), _call(owner)))
    groups: dict[Any, list[int]] = defaultdict(list)
    for position, owner in enumerate(ordered):
        groups[levels[owner.tensors], forms(owner)].append(position)
    return ordered, groups


def _build_on_each_other(parameters: list[torch.Tensor], uses: Uses) -> bool:
    """Whether each parameter meets data that has met the one before it, or both meet it in one call."""
    met = [(uses.meetings[id(one)], id(one)) for one in parameters if id(one) in uses.meetings]
    pairs = itertools.pairwise(met)
    return all(one.call == other.call or key in other.after for (one, key), (other, _) in pairs)


def _levels(owners: list[Owner]) -> dict[frozenset[int], float]:
    """The level of each owner, by its tensors; an owner without a meeting comes last."""
    levels: dict[frozenset[int], float] = {}
    reached: dict[int, float] = {}  # id of a tensor -> the level of its owner
    for owner in sorted(owners, key=_call):
        before = owner.meeting.after - owner.tensors if owner.meeting else ()
        level = max((1 + reached.get(one, -1) for one in before), default=0) if owner.meeting else float("inf")
        levels[owner.tensors] = level
        reached.update(dict.fromkeys(owner.tensors, level))
    return levels


def _call(owner: Owner) -> float:
    return owner.meeting.call if owner.meeting else float("inf")


def _flat(owners: list[Owner]) -> Order:
    return Order(
        [parameter for owner in owners for parameter in owner.parameters],
        [name for owner in owners for name in owner.means],
        [name for owner in owners for name in owner.variances],
    )
