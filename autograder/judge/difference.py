"""Words for a student: where and how an answer differs from the expected one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np

from autograder.judge.instead import instead
from autograder.judge.showing import SHORT, Array, in_order, kind_of, nested, number, shape, show
from autograder.sandbox.inside.tree import Other
from autograder.sandbox.inside.values import Dtype, Items, Table


def difference(expected: Any, actual: Any, rtol: float, atol: float, path: str) -> str | None:
    """None where kind, dtype, shape and values are right, else the first thing that is wrong, in this order.

    Values may be off by `atol + rtol * scale`, where the scale is the largest absolute value expected.
    """
    prefix = f"{path}: " if path else ""
    if isinstance(expected, (list, tuple)) and _are_ints(actual):
        actual = actual.tolist()  # an array of ints is as good as a list of them
    wrong_kind = _kind(expected, actual)
    if wrong_kind is not None:
        return prefix + wrong_kind
    if isinstance(expected, dict):
        if set(expected) != set(actual):
            return f"{prefix}expected the keys {show(list(expected))}, got {show(list(actual))}"
        pairs: Iterator[tuple[str, Any, Any]] = ((_name(k), expected[k], actual[k]) for k in expected)
        return _first(pairs, rtol, atol, path)
    if isinstance(expected, (list, tuple)):
        if len(expected) != len(actual) or _all_scalars(expected):
            same = len(expected) == len(actual) and all(
                difference(e, a, rtol, atol, "") is None for e, a in zip(expected, actual, strict=True)
            )
            return None if same else _sequence(expected, actual, rtol, atol, prefix)
        name = "" if path else "result"
        return _first(((f"{name}[{i}]", e, actual[i]) for i, e in enumerate(expected)), rtol, atol, path)
    if isinstance(expected, (set, frozenset)):
        return _sets(expected, actual, rtol, atol, prefix)
    if isinstance(expected, Items):
        return _items(expected, actual, rtol, atol, path)
    if isinstance(expected, Table):
        return _tables(expected, actual, rtol, atol, path)
    if isinstance(expected, np.ndarray):
        reason = _array_difference(expected, np.asarray(actual), rtol, atol)
        return None if reason is None else prefix + reason
    if isinstance(expected, float):
        got = float(actual)
        if math.isfinite(got) and abs(got - expected) <= atol + rtol * abs(expected):
            return None
        return f"{prefix}expected {number(expected)}, got {number(got)}"
    same = (actual.item() if isinstance(actual, np.ndarray) else actual) == expected
    return None if same else f"{prefix}expected {show(expected)}, got {show(actual)}"


def _sequence(expected: Any, actual: Any, rtol: float, atol: float, prefix: str) -> str:
    reason = f"{prefix}expected {show(expected)}, got {show(actual)}"
    if len(expected) == len(actual):
        kinds = [_kind(e, a) for e, a in zip(expected, actual, strict=True)]
        wrong = next((kind for kind in kinds if kind is not None), None)
        return reason if wrong is None else f"{prefix}{wrong} inside {show(actual)}"
    short = len(expected) <= SHORT and not any(isinstance(one, dict) for one in expected)
    return reason if short else f"{prefix}expected {len(expected)} items, got {len(actual)}"


def _first(pairs: Iterator[tuple[str, Any, Any]], rtol: float, atol: float, path: str) -> str | None:
    for name, expected, actual in pairs:
        inner = path + name if name[:1] == "[" else f"{path} {name}" if path[-1:] == "]" else name
        reason = difference(expected, actual, rtol, atol, inner)
        if reason is not None:
            return reason
    return None


def _sets(expected: Any, actual: Any, rtol: float, atol: float, prefix: str) -> str | None:
    """Numbers of two sets of the same size may differ as elsewhere; all other elements are the same."""
    if expected == actual:
        return None
    both = [*expected, *actual]
    numbers = len(expected) == len(actual) and all(isinstance(one, (int, float)) for one in both)
    if numbers and difference(in_order(expected), in_order(actual), rtol, atol, "") is None:
        return None
    if len(expected) <= SHORT:
        return f"{prefix}expected {show(set(expected))}, got {show(set(actual))}"
    missing, extra = in_order(expected - actual), in_order(actual - expected)
    parts = [f"{len(missing)} missing, such as {show(missing[0])}"] if missing else []
    parts += [f"{len(extra)} not expected, such as {show(extra[0])}"] if extra else []
    return f"{prefix}of the elements, {'; '.join(parts)}"


def _items(expected: Items, actual: Items, rtol: float, atol: float, path: str) -> str | None:
    if expected.endless is actual.endless:
        return difference(expected.items, actual.items, rtol, atol, path)
    prefix = f"{path}: " if path else ""
    if actual.endless:
        return f"{prefix}expected {len(expected.items)} items, got more than {len(actual.items):,}: does it ever end?"
    return f"{prefix}expected items without an end, got {len(actual.items)} items"


def _tables(expected: Table, actual: Table, rtol: float, atol: float, path: str) -> str | None:
    """The names of columns, the index and each column, in this order; the name of a Series does not matter."""
    prefix = f"{path}: " if path else ""
    if expected.type == "DataFrame" and expected.columns != actual.columns:
        return f"{prefix}expected the columns {show(expected.columns)}, got {show(actual.columns)}"
    if len(expected.index) != len(actual.index):
        return f"{prefix}expected {len(expected.index)} rows, got {len(actual.index)}"
    titles = [f"column {show(name)}" for name in expected.columns] if expected.type == "DataFrame" else ["values"]
    pairs = zip(["index", *titles], [expected.index, *expected.values], [actual.index, *actual.values], strict=True)
    for title, right, got in pairs:
        reason = _column_difference(right, got, rtol, atol, prefix + title)
        if reason is not None:
            return reason
    return None


def _column_difference(right: Any, got: Any, rtol: float, atol: float, path: str) -> str | None:
    """In columns of floating point values NaN marks what is missing; it must be missing in both."""
    both = isinstance(right, np.ndarray) and isinstance(got, np.ndarray)
    if not both or right.dtype.kind != "f" or got.dtype.kind != "f":
        return difference(right, got, rtol, atol, path)
    missing = np.isnan(right), np.isnan(got)
    row = int((missing[0] != missing[1]).argmax())
    reason: str | None = f"{path}: in row {row} expected {number(float(right[row]))}, got {number(float(got[row]))}"
    if (missing[0] == missing[1]).all():
        reason = difference(np.where(missing[0], 0.0, right), np.where(missing[1], 0.0, got), rtol, atol, path)
    short = reason is not None and right.size <= SHORT
    return f"{path}: expected {nested(right)}, got {nested(got)}" if short else reason


def _kind(expected: Any, actual: Any) -> str | None:
    """Why `actual` is not of the expected kind, or None."""
    if isinstance(expected, dict):
        return None if isinstance(actual, dict) else _got(expected, actual)
    if isinstance(expected, (list, tuple)):
        return None if isinstance(actual, (list, tuple)) else _got(expected, actual)
    if isinstance(expected, np.ndarray):
        return None if isinstance(actual, np.ndarray) else _got(expected, actual)
    if isinstance(expected, (set, frozenset)):
        return None if isinstance(actual, (set, frozenset)) else _got(expected, actual)
    if isinstance(expected, Table):
        same = isinstance(actual, Table) and actual.type == expected.type
        return None if same else _got(expected, actual)
    if isinstance(expected, Other):
        return f"{kind_of(expected)} cannot be compared"
    if isinstance(expected, (bool, str, Items, Dtype)) or expected is None:
        return None if type(actual) is type(expected) else _got(expected, actual)
    kind = scalar_kind(actual)
    if isinstance(expected, int):
        if kind == "int":
            return None
        unseen = actual is None or isinstance(actual, (Other, Items, Table))
        got = kind_of(actual) if unseen else f"{show(actual)}, {kind_of(actual)}"
        return f"expected {expected}, an int; got {got}{instead(expected, actual)}"
    return None if kind in ("int", "float") else _got(expected, actual)


def scalar_kind(value: Any) -> str:
    """`int` or `float` for a number or a 0-d array of numbers, else `other`, also for `bool`.

    numpy scalars never arrive here: `wire.encode` has turned `np.int64(24)` into 24.
    """
    if isinstance(value, np.ndarray) and value.ndim == 0:
        return {"i": "int", "u": "int", "f": "float"}.get(value.dtype.kind, "other")
    if isinstance(value, bool):
        return "other"
    return "int" if isinstance(value, int) else "float" if isinstance(value, float) else "other"


def _array_difference(expected: Array, actual: Array, rtol: float, atol: float) -> str | None:
    reason = shape_or_finite(expected, actual)
    if reason is not None:
        return reason
    right, got = expected.astype(np.float64), actual.astype(np.float64)
    if right.size == 0:
        return None
    off = np.abs(got - right)
    allowed = atol + rtol * float(np.abs(right).max())
    wrong = ~(off <= allowed)
    if not wrong.any():
        return None
    if right.size <= SHORT and rtol < 0.5:
        return f"expected {nested(expected)}, got {nested(actual)}"
    worst = tuple(int(i) for i in np.unravel_index(int(off.argmax()), off.shape))
    place = f"[{', '.join(map(str, worst))}]"
    return (
        f"{int(wrong.sum())} of {right.size} values differ, most at {place}: "
        f"expected {number(float(right[worst]))}, got {number(float(got[worst]))}"
    )


def _are_ints(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and (value.dtype.kind in "iu" or value.size == 0)


def shape_or_finite(expected: Array, actual: Any) -> str | None:
    """What is wrong with an array apart from its values: kind, dtype, shape, finiteness, in this order."""
    if not isinstance(actual, np.ndarray):
        return _got(expected, actual)
    if expected.dtype.kind == "f" and actual.dtype.kind != "f":
        return f"expected floating point values, got dtype {actual.dtype}"
    if expected.dtype.kind in "iu" and actual.dtype != expected.dtype:
        return f"expected dtype {expected.dtype}, got {actual.dtype}"
    if expected.dtype.kind == "b" and actual.dtype.kind != "b":
        return f"expected dtype bool, got {actual.dtype}"
    if expected.shape != actual.shape:
        return f"expected shape {shape(expected)}, got {shape(actual)}"
    if actual.dtype.kind == "f" and not np.isfinite(actual).all():
        bad = int((~np.isfinite(actual)).sum())
        return f"{bad} of {actual.size} values are NaN or infinite"
    return None


def _all_scalars(values: Any) -> bool:
    """Whether a sequence is shown whole: numbers, or pairs of numbers."""
    return all(
        isinstance(v, (bool, int, float, str)) or (isinstance(v, (tuple, list)) and _all_scalars(v)) for v in values
    )


def _got(expected: Any, actual: Any) -> str:
    return f"expected {kind_of(expected)}, got {kind_of(actual)}{instead(expected, actual)}"


def _name(key: Any) -> str:
    return key if isinstance(key, str) else f"[{show(key)}]"


def arrays_in(answer: Any, count: int | None) -> list[Array] | None:
    """The answer if it is a list of `count` arrays, of any number if `count` is None; else None."""
    if not isinstance(answer, list) or not all(isinstance(part, np.ndarray) for part in answer):
        return None
    return answer if count is None or len(answer) == count else None


def cross_entropy(logits: Array, labels: Array) -> float:
    """Mean over all rows of log(sum(exp(logits))) less the logit of the label; logits (..., classes)."""
    top = logits.max(axis=-1, keepdims=True)
    log_sum = np.log(np.exp(logits - top).sum(axis=-1)) + top[..., 0]
    right = np.take_along_axis(logits, labels[..., None], axis=-1)[..., 0]
    return float((log_sum - right).mean())
