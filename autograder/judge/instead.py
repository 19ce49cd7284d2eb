"""What a student can return in place of a value that is of another kind than expected."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judge.showing import NAMED_OBJECTS
from autograder.sandbox.inside.tree import Other
from autograder.sandbox.inside.values import Items, Table

CALLABLE = ("function", "method", "builtin_function_or_method", "method-wrapper", "partial")
SEQUENCES = (*NAMED_OBJECTS, "deque", "Index", "RangeIndex")


def instead(expected: Any, actual: Any) -> str:
    """The end of a sentence, such as "; return a list"; empty where there is nothing helpful to say."""
    if actual is None and expected is not None:
        return " (is a `return` missing?)"
    if isinstance(expected, Items):
        lazy = expected.type == "generator" and isinstance(actual, (list, tuple))
        return "; write `yield` for each item, in place of one `return`" if lazy else ""
    if isinstance(actual, Table) and isinstance(expected, np.ndarray):
        return "; return its numbers as a tensor"
    if isinstance(actual, Items) or (isinstance(actual, Other) and actual.type in SEQUENCES):
        wanted = "tensor" if isinstance(expected, np.ndarray) else type(expected).__name__
        return f"; return a {wanted}" if wanted in ("tensor", "list", "tuple", "set", "dict") else ""
    return _instead_of_object(expected, actual.type) if isinstance(actual, Other) else ""


def _instead_of_object(expected: Any, kind: str) -> str:
    if kind in CALLABLE:
        return "; call it with `()` and return its result"
    if kind == "coroutine":
        return "; write `def`, not `async def`"
    if kind.startswith("sparse tensor"):
        return "; return its `.to_dense()`"
    if kind == "DataLoader":
        return "; return the batches that it gives" + (", `list(loader)`" if isinstance(expected, list) else "")
    return ""
