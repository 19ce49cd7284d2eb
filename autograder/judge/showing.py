"""Words for a student: a value, and the kind of a value."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.sandbox.inside.tree import Other
from autograder.sandbox.inside.values import Dtype, Items, Table

Array = npt.NDArray[Any]
SHORT = 12  # arrays of at most so many values are shown whole
NAMED_OBJECTS = ("map", "filter", "zip", "enumerate", "reversed", "range", "dict_keys", "dict_values", "dict_items")


def show(value: Any) -> str:
    """A value as a student would write it; arrays of more than 12 values by dtype and shape, long texts cut short."""
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"tensor({number(value.item())})"
        if value.size <= SHORT:
            return nested(value)
        return f"{value.dtype} of shape {shape(value)}"
    if isinstance(value, Other):
        return with_article(type_name(value.type))
    if isinstance(value, (Items, Dtype, Table)):
        return _shown(value)
    if isinstance(value, tuple):
        return f"({', '.join(show(item) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(show(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{show(key)}: {show(item)}" for key, item in value.items()) + "}"
    if isinstance(value, (set, frozenset)):
        return _set(value)
    if isinstance(value, float):
        text = number(value)
        return f"{text}.0" if text.lstrip("-").isdigit() else text
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"


def kind_of(value: Any) -> str:
    """The kind of a value, with its article."""
    if value is None:
        return "None"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"a 0-d {value.dtype} tensor"
        return f"an array of shape {shape(value)}"
    if isinstance(value, Dtype):
        return "a dtype"
    return with_article(type_name(value.type if isinstance(value, (Other, Items, Table)) else type(value).__name__))


def type_name(name: str) -> str:
    """`map object` for `map`: the names of some types are also verbs, or names of functions."""
    return f"{name} object" if name in NAMED_OBJECTS else name


def with_article(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in tuple("aeiou") else f"a {noun}"


def shape(array: Array) -> str:
    return f"({', '.join(map(str, array.shape))}{',' if array.ndim == 1 else ''})"


def number(value: float) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def nested(array: Array) -> str:
    """The numbers of an array as nested lists."""
    if array.ndim == 0:
        return number(array.item())
    return f"[{', '.join(nested(part) for part in array)}]"


def in_order(values: set[Any] | frozenset[Any]) -> list[Any]:
    """The elements of a set, numbers by size and then everything else by its text."""
    real = [value for value in values if isinstance(value, (int, float))]
    return [*sorted(real), *sorted((value for value in values if not isinstance(value, (int, float))), key=show)]


def _shown(value: Items | Dtype | Table) -> str:
    if isinstance(value, Dtype):
        library, _, name = value.name.partition(".")
        return value.name if library == "torch" else f"dtype('{name}')"
    if isinstance(value, Items):
        count = "without an end" if value.endless else f"of {len(value.items)} items"
        return f"{kind_of(value)} {count}, {_beginning(value.items)}"
    if value.type == "Series":
        return f"a Series of {len(value.index)} values, {_beginning(list(value.values[0]))}"
    return f"a DataFrame of {len(value.index)} rows and the columns {show(value.columns)}"


def _set(value: set[Any] | frozenset[Any]) -> str:
    name = type(value).__name__
    if not value:
        return f"{name}()"
    inner = f"{{{_beginning(in_order(value))[1:-1]}}}"
    return inner if isinstance(value, set) else f"frozenset({inner})"


def _beginning(items: list[Any]) -> str:
    """The first items of a list; a mark stands for the others."""
    text = ", ".join(show(item) for item in items[:SHORT])
    return f"[{text}, …]" if len(items) > SHORT else f"[{text}]"
