"""What a student can return in place of a value that is of another kind than expected."""

from __future__ import annotations

from typing import Any

import numpy as np

from autograder.judge.show import with_article
from autograder.sandbox.inside.values import Items
from autograder.sandbox.inside.wire import Other

CALLABLE = ("function", "method", "builtin_function_or_method", "method-wrapper", "partial")


def instead(expected: Any, actual: Any) -> str:
    """The end of a sentence, such as "; return a list"; empty where there is nothing helpful to say."""
    if actual is None and expected is not None:
        return " (is a `return` missing?)"
    if isinstance(expected, Items):
        lazy = expected.type == "generator" and isinstance(actual, (list, tuple))
        return "; write `yield` for each item, in place of one `return`" if lazy else ""
    if not isinstance(actual, (Other, Items)):
        return ""
    if isinstance(actual, Other) and actual.type in CALLABLE:
        return "; call it with `()` and return its result"
    if isinstance(actual, Other) and actual.type == "coroutine":
        return "; write `def`, not `async def`"
    if isinstance(actual, Other) and actual.type.startswith("sparse tensor"):
        return "; return its `.to_dense()`"
    if isinstance(actual, Other) and actual.type == "DataLoader":
        return "; return the batches that it gives" + (", `list(loader)`" if isinstance(expected, list) else "")
    wanted = "tensor" if isinstance(expected, np.ndarray) else type(expected).__name__
    return "" if isinstance(expected, Other) else f"; return {with_article(wanted)}"
