"""Plain data -> a JSON tree and named arrays, and back. Whatever arrives is checked, and the first fault ends it."""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from .values import DTYPE, MOST_ITEMS, TABLES, Dtype, Items, Table, recognised

MAX_DEPTH = 24
MAX_NODES = 200_000
MAX_TEXT = 20_000  # characters of one string from a student's object
MAX_INTEGER = (1 << 63) - 1  # and as many below 0; a double holds it, so comparisons never overflow
SURROGATES = re.compile("[\ud800-\udfff]")  # halves of pairs, which no encoding can write
DTYPES = frozenset(
    ["bool", "int8", "int16", "int32", "int64", "uint8", "uint16", "uint32", "uint64", "float16", "float32", "float64"]
)


class WireError(Exception):
    """A frame breaks the format or a bound."""


@dataclass(frozen=True)
class Other:
    """Stands for a value that is not plain data; only the name of its type crosses the wall."""

    type: str


SCALARS = (type(None), bool, np.bool_, int, np.integer, float, np.floating, str, Other)
SETS = {"set": set, "frozenset": frozenset}


class Encoder:
    """Makes the tree of one value; `arrays` are the arrays that it names."""

    def __init__(self) -> None:
        self.arrays: dict[str, np.ndarray] = {}
        self._names: dict[int, str] = {}  # id of an array -> its name, so that a repeated array is sent once
        self._alive: list[Any] = []  # references to these arrays, so that no other object gets their ids
        self._nodes = 0

    def tree(self, value: Any, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the value has too many parts or is nested too deeply")
        if isinstance(value, SCALARS):
            return _scalar(value)
        if isinstance(value, list):
            return [self.tree(item, depth + 1) for item in value]
        if isinstance(value, tuple):
            return {"tuple": [self.tree(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            return {"dict": [[self._key(k, depth + 1), self.tree(v, depth + 1)] for k, v in value.items()]}
        if isinstance(value, (set, frozenset)):
            return self._set(value, depth)
        known = value if isinstance(value, (Items, Dtype, Table)) else recognised(value)
        return self._array(value) if known is None else self._described(known, depth)

    def _set(self, value: set[Any] | frozenset[Any], depth: int) -> Any:
        if len(value) > MOST_ITEMS:
            raise WireError(f"the set has more than {MOST_ITEMS:,} elements")
        tag = "set" if isinstance(value, set) else "frozenset"
        return {tag: [self._element(item, depth + 1) for item in value]}

    def _element(self, item: Any, depth: int) -> Any:
        if isinstance(item, tuple):
            return {"tuple": [self._element(part, depth + 1) for part in item]}
        if isinstance(item, (*SCALARS, frozenset)):
            return self.tree(item, depth)
        return {"other": _type_name(item)}

    def _described(self, value: Items | Dtype | Table, depth: int) -> Any:
        if isinstance(value, Dtype):
            return {"dtype": value.name}
        if isinstance(value, Items):
            return {"items": [value.type, value.endless, self.tree(value.items, depth + 1)]}
        parts = (value.columns, value.index, value.values)
        return {"table": [value.type, *(self.tree(part, depth + 1) for part in parts)]}

    def _array(self, value: Any) -> Any:
        if id(value) not in self._names:
            array = _as_array(value)
            if array is None:
                return {"other": _type_name(value)}
            self._alive.append(value)
            self._names[id(value)] = str(len(self.arrays))
            self.arrays[self._names[id(value)]] = array
        return {"array": self._names[id(value)]}

    def _key(self, key: Any, depth: int) -> Any:
        parts = key if isinstance(key, tuple) else (key,)
        plain = all(part is None or isinstance(part, (str, int, float, Other)) for part in parts)
        return self.tree(key, depth) if plain else {"other": _type_name(key)}


class Decoder:
    """Makes the value of one tree, with these arrays."""

    def __init__(self, arrays: dict[str, np.ndarray]) -> None:
        self._arrays = arrays
        self._nodes = 0

    def value(self, tree: Any, depth: int) -> Any:
        self._nodes += 1
        if self._nodes > MAX_NODES or depth > MAX_DEPTH:
            raise WireError("the tree has too many parts or is nested too deeply")
        if isinstance(tree, list):
            return [self.value(item, depth + 1) for item in tree]
        if isinstance(tree, str):
            return _writable(tree)
        if isinstance(tree, int) and abs(tree) > MAX_INTEGER:
            raise WireError("an integer has more than 64 bits")
        if not isinstance(tree, dict):
            return tree
        if len(tree) != 1:
            raise WireError("a node has more than one tag")
        tag, content = next(iter(tree.items()))
        if tag == "array":
            return self._arrays[content]
        if tag == "tuple":
            return tuple(self.value(item, depth + 1) for item in content)
        if tag == "dict":
            return {self._key(key, depth): self.value(item, depth + 1) for key, item in content}
        if tag == "float":
            return float({"nan": "nan", "inf": "inf", "-inf": "-inf"}[content])
        if tag == "other":
            return Other(_writable(str(content)[:200]))
        if tag in SETS:
            return self._set(SETS[tag], content, depth)
        if tag == "dtype":
            if not DTYPE.fullmatch(content):
                raise WireError("a dtype has a name that is not allowed")
            return Dtype(content)
        if tag == "items":
            return self._items(content, depth)
        if tag == "table":
            return self._table(content, depth)
        raise WireError("a node has an unknown tag")

    def _set(self, kind: Callable[[list[Any]], Any], content: Any, depth: int) -> Any:
        if not isinstance(content, list) or len(content) > MOST_ITEMS:
            raise WireError("a set is no list, or has too many elements")
        elements = [self.value(item, depth + 1) for item in content]
        if not all(map(_is_hashable, elements)):
            raise WireError("an element of a set is not plain")
        return kind(elements)

    def _items(self, content: Any, depth: int) -> Items:
        kind, endless, tree = content
        items = self.value(tree, depth + 1)
        if not isinstance(items, list) or len(items) > MOST_ITEMS or not isinstance(endless, bool):
            raise WireError("the items of an iterator are no list, or too many")
        return Items(_writable(str(kind)[:200]), items, endless)

    def _table(self, content: Any, depth: int) -> Table:
        kind, *parts = content
        columns, index, values = (self.value(part, depth + 1) for part in parts)
        whole = isinstance(columns, list) and isinstance(values, list) and len(columns) == len(values)
        if kind not in TABLES or not whole or not all(map(_is_column, (index, *values))):
            raise WireError("a table has a form that is not allowed")
        if any(len(column) != len(index) for column in values):
            raise WireError("the columns of a table differ in length")
        if kind == "Series" and len(values) != 1:
            raise WireError("a Series has one column")
        return Table(kind, columns, index, values)

    def _key(self, key: Any, depth: int) -> Any:
        value = self.value(key, depth + 1)
        if not isinstance(value, (str, int, float, tuple, Other)) and value is not None:
            raise WireError("a key of a dict is not plain")
        return value


def _writable(text: str) -> str:
    """The text with U+FFFD in the place of each half of a surrogate pair."""
    return text if text.isascii() else SURROGATES.sub("\ufffd", text)


def _is_hashable(value: Any) -> bool:
    if isinstance(value, (tuple, frozenset)):
        return all(map(_is_hashable, value))
    return value is None or isinstance(value, (str, int, float, Other))


def _is_column(value: Any) -> bool:
    return isinstance(value, list) or (isinstance(value, np.ndarray) and value.ndim == 1)


def _scalar(value: Any) -> Any:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, np.bool_):
        return bool(value)
    if isinstance(value, (int, np.integer)):
        number = int(value)
        return number if abs(number) <= MAX_INTEGER else {"other": "int of more than 64 bits"}
    if isinstance(value, (float, np.floating)):
        real = float(value)
        return real if math.isfinite(real) else {"float": str(real)}
    if isinstance(value, str):
        return str(value)[:MAX_TEXT]
    return {"other": value.type}


def _type_name(value: Any) -> str:
    """The name of a type; for a tensor, also the property that keeps it from becoming an array."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.is_meta:
            return "tensor on the meta device, which holds no numbers"
        kind = "tensor" if value.layout is torch.strided else "sparse tensor"
        return f"{kind} of dtype {str(value.dtype).removeprefix('torch.')}"
    return type(value).__name__[:200]


def _as_array(value: Any) -> np.ndarray | None:
    """A contiguous numpy array of an allowed dtype, or None. Does not import torch."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        if value.is_meta:
            return None
        tensor = value.detach().to("cpu").resolve_conj().resolve_neg()
        if tensor.layout is not torch.strided or tensor.is_quantized:
            return None
        value = (tensor.float() if tensor.dtype is torch.bfloat16 else tensor).numpy()
    if not isinstance(value, np.ndarray) or value.dtype.name not in DTYPES or value.ndim > 8:
        return None
    return np.array(value, order="C")  # ndarray subclasses become plain arrays
