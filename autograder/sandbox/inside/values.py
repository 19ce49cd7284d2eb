"""Values beside numbers, texts, arrays and containers that an answer may hold: what an iterator gives, dtypes, tables.

They are recognised by their types, so that torch and pandas are never imported here.
"""

from __future__ import annotations

import io
import itertools
import math
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

MOST_ITEMS = 10_000  # of an iterator or a set
DTYPE = re.compile(r"(?:torch|numpy)\.[a-z]\w{0,30}(?:\[\w{1,5}\])?")
TABLES = ("DataFrame", "Series")
MISSING = ("NAType", "NaTType")  # pandas' own names for a value that is not there


@dataclass(frozen=True)
class Items:
    """What a generator or another iterator gives; `endless` if it gives more than 10,000 items.

    `type` is the name of its type, such as `generator` or `map`.
    """

    type: str
    items: list[Any]
    endless: bool = False


@dataclass(frozen=True)
class Dtype:
    """A dtype of torch or numpy, such as `torch.float32` or `numpy.int64`."""

    name: str


@dataclass(frozen=True, eq=False)
class Table:
    """A DataFrame or Series of pandas: a column is an array, or a list where its values are no plain numbers."""

    type: str
    columns: list[Any]
    index: Any
    values: list[Any]


def recognised(value: Any) -> Items | Dtype | Table | None:
    """The description of an iterator, a dtype or a table; None for everything else. An iterator is used up."""
    if (kind := _table_type(value)) is not None:
        return _table(value, kind)
    if (name := _dtype_name(value)) is not None:
        return Dtype(name)
    return items_of(value) if is_iterator(value) else None


def is_iterator(value: Any) -> bool:
    """Whether the value is a generator or another iterator, but no file."""
    return isinstance(value, Iterator) and not isinstance(value, io.IOBase)


def items_of(value: Iterator[Any], take: int | None = None) -> Items:
    """Take `take` items of an iterator, or all: 10,000 at most."""
    items = list(itertools.islice(value, MOST_ITEMS + 1 if take is None else min(take, MOST_ITEMS)))
    return Items(type(value).__name__[:200], items[:MOST_ITEMS], len(items) > MOST_ITEMS)


def taken(value: Any) -> Any:
    """The answer with its iterators used up, also those directly in a list, tuple or dict.

    A generator runs when its items are taken; this must happen while the exercise's prohibitions hold.
    """
    if is_iterator(value):
        return items_of(value)
    if type(value) in (list, tuple):
        return type(value)(items_of(item) if is_iterator(item) else item for item in value)
    if type(value) is dict:
        return {key: items_of(item) if is_iterator(item) else item for key, item in value.items()}
    return value


def _dtype_name(value: Any) -> str | None:
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.dtype):
        name = str(value)
    elif isinstance(value, np.dtype):
        name = f"numpy.{value.name}"
    elif isinstance(value, type) and issubclass(value, np.generic):
        name = f"numpy.{value.__name__.rstrip('_')}"
    else:
        return None
    return name if DTYPE.fullmatch(name) else None


def _table_type(value: Any) -> str | None:
    for base in type(value).__mro__:
        if base.__name__ in TABLES and base.__module__.partition(".")[0] == "pandas":
            return base.__name__
    return None


def _table(value: Any, kind: str) -> Table:
    if kind == "Series":
        return Table(kind, [_plain(value.name)], _column(value.index), [_column(value)])
    columns = [_column(value.iloc[:, number]) for number in range(value.shape[1])]
    return Table(kind, _plain_items(value.columns), _column(value.index), columns)


def _column(values: Any) -> Any:
    """An array where pandas keeps plain numbers, else a list."""
    if isinstance(values.dtype, np.dtype) and values.dtype.kind in "biuf":
        return np.asarray(values)
    return _plain_items(values)


def _plain_items(values: Iterable[Any]) -> list[Any]:
    return [_plain(item) for item in values]


def _plain(item: Any) -> Any:
    """A value of a table: a number, a text, a tuple of these, or None where it is missing."""
    if item is None or type(item).__name__ in MISSING:
        return None
    if isinstance(item, (float, np.floating)):
        return None if math.isnan(item) else item
    if isinstance(item, tuple):
        return tuple(map(_plain, item))
    return item if isinstance(item, (bool, np.bool_, int, np.integer, str)) else str(item)
