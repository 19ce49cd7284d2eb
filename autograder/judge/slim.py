"""Bounds the memory of the answers that wait until their exercise is judged."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from autograder.model import Returned
from autograder.sandbox.inside.values import Items, Table

LARGE = 4 << 20  # bytes of an answer beyond twice what is expected


def size(value: Any) -> int:
    """Bytes of the arrays in a value or an answer."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, Returned):
        return size(value.value)
    if isinstance(value, dict):
        return sum(map(size, value.values()))
    if isinstance(value, Items):
        return size(value.items)
    if isinstance(value, Table):
        return size([value.index, *value.values])
    return sum(map(size, value)) if isinstance(value, (list, tuple)) else 0


def slim(value: Any, most: int) -> Any:
    """The value, with arrays of more than `most` bytes replaced by zeros of their shape that take no memory.

    Their shape is wrong already, so no verdict changes.
    """
    if isinstance(value, np.ndarray):
        return value if value.nbytes <= most else np.broadcast_to(np.zeros((), value.dtype), value.shape)
    if size(value) <= most:
        return value
    if isinstance(value, dict):
        return {key: slim(item, 0) for key, item in value.items()}
    if isinstance(value, Items):
        return replace(value, items=slim(value.items, 0))
    if isinstance(value, Table):
        return replace(value, index=slim(value.index, 0), values=slim(value.values, 0))
    return type(value)(slim(item, 0) for item in value)
