"""The call of a case as a student would write it: arrays by name and shape, made objects by what they are."""

from __future__ import annotations

import contextlib
import itertools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from autograder.author import Argument, Case, Make, Reference, is_autograd_function, signature_of
from autograder.judge import show

PAIR = ("images", "labels")  # what a loader gives
PLAIN = frozenset({"array", "pictures"})  # builders of arrays, which are written by name and shape like all arrays
PHRASES = {
    "array": "{0}",
    "weighted": "{0}",  # that the weights are drawn from a seed changes nothing for the reader
    "evaluating": "{0}.eval()",
    "frozen": "{0}.requires_grad_(False)",
    "partly_frozen": "{0} with {1} frozen",
    "reached": "{0} with a gradient in {1}",
    "tied": "{0} with {2} tied to {1}",
    "hooked": "{0} with a forward hook on {1}",
    "loader": "{0} and {1} in batches of {2}",
    "descent": "SGD({0}.parameters(), lr={1})",
}
SPIES = frozenset({"spy"})  # layers that hand their input on, so that nobody misses them in a call
PARAMETERS = frozenset({"partly_frozen", "reached", "tied"})  # builders whose further arguments name parameters


def call_of(reference: Reference[Any], drawn: Case, typed: str = "") -> str:
    """`shared = Linear(6, 6); count_parameters(Sequential(shared, shared))`: the call, and before it what it names.

    An object gets a name if it is used twice, or if it is made by a builder of ours that a student does not know.
    `typed` is the text on stdin.
    """
    if not callable(reference.right):
        return reference.name
    names = list(signature_of(reference.right).parameters)
    positional = [(names[i] if i < len(names) else "x", value) for i, value in enumerate(drawn.args)]
    uses: Counter[int] = Counter()
    _count([*drawn.args, *drawn.kwargs.values()], uses)
    text = _Text({key for key, count in uses.items() if count > 1})
    parts = [text.argument(name, value) for name, value in positional]
    parts += [f"{name}={text.argument(name, value)}" for name, value in drawn.kwargs.items()]
    ending = f", with {show(typed)} typed in" if typed else ""
    call = f"{reference.name}.apply" if is_autograd_function(reference.right) else reference.name
    return "; ".join([*text.before, f"{call}({', '.join(parts)}){ending}"])


def _count(values: Iterable[Argument], uses: Counter[int]) -> None:
    """How often each made object stands in the call; what it is made of counts once."""
    for value in values:
        if isinstance(value, Make) and not value.itself:
            uses[id(value)] += 1
            if uses[id(value)] == 1:
                _count([*value.args, *value.kwargs.values()], uses)
        elif isinstance(value, (list, tuple)):
            _count(value, uses)


@dataclass
class _Text:
    """What is written so far: `before` the call, the objects with names."""

    shared: set[int]
    before: list[str] = field(default_factory=list)
    names: dict[int, str] = field(default_factory=dict)

    def argument(self, name: str, value: Argument) -> str:
        """An argument of the call itself; its name is that of the parameter."""
        if isinstance(value, Make) and not value.itself and "." not in value.name and value.name not in PLAIN:
            return self._named(name, value)
        return self._written(name, value, name)

    def _written(self, name: str, value: Argument, shared: str = "shared") -> str:
        if isinstance(value, Make) and value.itself:
            return value.name
        if isinstance(value, Make):
            return self._named(shared, value) if id(value) in self.shared else self._made(name, value)
        if isinstance(value, np.ndarray) and value.size > 6:
            return f"{name} {tuple(value.shape)}"
        if isinstance(value, (list, tuple)) and _holds_made(value):
            inner = ", ".join(self._written(name, item) for item in value)
            comma = "," if isinstance(value, tuple) and len(value) == 1 else ""
            return f"[{inner}]" if isinstance(value, list) else f"({inner}{comma})"
        return show(value)

    def _named(self, name: str, value: Make) -> str:
        if id(value) not in self.names:
            made = self._made(name, value)
            taken = sum(other.rstrip("0123456789") == name for other in self.names.values())
            self.names[id(value)] = f"{name}{taken + 1}" if taken else name
            self.before.append(f"{self.names[id(value)]} = {made}")
        return self.names[id(value)]

    def _made(self, name: str, value: Make) -> str:
        """The expression that makes the object; `name` is what its arrays are called."""
        if value.name == "pictures" and value.args and isinstance(value.args[-1], np.ndarray):
            return f"{name} {(len(value.args[-1]), 1, 28, 28)}"
        names = itertools.chain(PAIR, itertools.repeat(name)) if value.name == "loader" else itertools.repeat(name)
        inner = [
            self._written(called, item) for called, item in zip(names, value.args, strict=False) if not _is_spy(item)
        ]
        keywords = self._keywords(value.kwargs)
        if value.name in PARAMETERS:
            inner[1:] = [_parameters(value.args[0], names) for names in value.args[1:]]
        if value.name == "evaluating" and inner and not inner[0].endswith(")"):
            return f"{inner[0]}, in eval mode"
        if value.name in PHRASES:
            values = [*inner, *(self._written(key, item) for key, item in value.kwargs.items())]
            with contextlib.suppress(IndexError):  # an argument that is left out stands in no sentence
                return PHRASES[value.name].format(*values)
        if value.name == "stages":
            return f"Sequential(OrderedDict({keywords.removeprefix(', ')}))"
        return f"{value.name.rpartition('.')[2]}({(', '.join(inner) + keywords).removeprefix(', ')})"

    def _keywords(self, kwargs: Mapping[str, Argument]) -> str:
        parts = (f", {name}={self._written(name, item)}" for name, item in kwargs.items() if not _is_spy(item))
        return "".join(parts)


def _parameters(model: Argument, names: Argument) -> str:
    """The names of parameters in the model as it is written, where a `Sequential` shows no spies."""
    while isinstance(model, Make) and model.name != "torch.nn.Sequential" and model.args:
        model = model.args[0]
    layers = model.args if isinstance(model, Make) else ()
    shown = []
    for name in names if isinstance(names, (list, tuple)) else [names]:
        place, dot, rest = str(name).partition(".")
        spies = sum(map(_is_spy, layers[: int(place)])) if place.isdigit() else 0
        shown.append(f"{int(place) - spies}{dot}{rest}" if spies else str(name))
    return ", ".join(shown)


def _holds_made(value: Argument) -> bool:
    """Whether there is a made object in a list, however deep."""
    if isinstance(value, (list, tuple)):
        return any(_holds_made(item) for item in value)
    return isinstance(value, Make)


def _is_spy(value: Argument) -> bool:
    return isinstance(value, Make) and value.name in SPIES
