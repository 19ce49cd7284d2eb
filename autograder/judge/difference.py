"""Words for a student: where and how an answer differs from the expected one."""

from __future__ import annotations

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt

from autograder.sandbox.inside.wire import Other

Array = npt.NDArray[Any]
SHORT = 12  # arrays of at most so many values are shown whole


def show(value: Any) -> str:
    """A value as a student would write it; arrays of more than 12 values by dtype and shape, long texts cut short."""
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"tensor({_number(value.item())})"
        if value.size <= SHORT:
            return _nested(value)
        return f"{value.dtype} of shape {_shape(value)}"
    if isinstance(value, Other):
        return _with_article(value.type)
    if isinstance(value, tuple):
        return f"({', '.join(show(item) for item in value)}{',' if len(value) == 1 else ''})"
    if isinstance(value, list):
        return f"[{', '.join(show(item) for item in value)}]"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{show(key)}: {show(item)}" for key, item in value.items()) + "}"
    if isinstance(value, float):
        text = _number(value)
        return f"{text}.0" if text.lstrip("-").isdigit() else text
    text = repr(value)
    return text if len(text) <= 80 else text[:77] + "…"


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
        return _first(((f"[{i}]", e, actual[i]) for i, e in enumerate(expected)), rtol, atol, path)
    if isinstance(expected, np.ndarray):
        reason = _array_difference(expected, np.asarray(actual), rtol, atol)
        return None if reason is None else prefix + reason
    if isinstance(expected, float):
        got = float(actual)
        if math.isfinite(got) and abs(got - expected) <= atol + rtol * abs(expected):
            return None
        return f"{prefix}expected {_number(expected)}, got {_number(got)}"
    same = (actual.item() if isinstance(actual, np.ndarray) else actual) == expected
    return None if same else f"{prefix}expected {show(expected)}, got {show(actual)}"


def _sequence(expected: Any, actual: Any, rtol: float, atol: float, prefix: str) -> str:
    reason = f"{prefix}expected {show(expected)}, got {show(actual)}"
    if len(expected) == len(actual):
        kinds = [_kind(e, a) for e, a in zip(expected, actual, strict=True)]
        wrong = next((kind for kind in kinds if kind is not None), None)
        return reason if wrong is None else f"{prefix}{wrong} inside {show(actual)}"
    return reason if len(expected) <= SHORT else f"{prefix}expected {len(expected)} items, got {len(actual)}"


def _first(pairs: Iterator[tuple[str, Any, Any]], rtol: float, atol: float, path: str) -> str | None:
    for name, expected, actual in pairs:
        reason = difference(expected, actual, rtol, atol, path + name if name[:1] == "[" else name)
        if reason is not None:
            return reason
    return None


def _kind(expected: Any, actual: Any) -> str | None:
    """Why `actual` is not of the expected kind, or None."""
    if isinstance(expected, dict):
        return None if isinstance(actual, dict) else _got(expected, actual)
    if isinstance(expected, (list, tuple)):
        return None if isinstance(actual, (list, tuple)) else _got(expected, actual)
    if isinstance(expected, np.ndarray):
        return None if isinstance(actual, np.ndarray) else _got(expected, actual)
    if isinstance(expected, bool) or expected is None or isinstance(expected, str):
        return None if type(actual) is type(expected) else _got(expected, actual)
    kind = scalar_kind(actual)
    if isinstance(expected, int):
        got = _a(actual) if actual is None or isinstance(actual, Other) else f"{show(actual)}, {_a(actual)}"
        return None if kind == "int" else f"expected {expected}, an int; got {got}"
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
        return f"expected {_nested(expected)}, got {_nested(actual)}"
    worst = tuple(int(i) for i in np.unravel_index(int(off.argmax()), off.shape))
    place = f"[{', '.join(map(str, worst))}]"
    return (
        f"{int(wrong.sum())} of {right.size} values differ, most at {place}: "
        f"expected {_number(float(right[worst]))}, got {_number(float(got[worst]))}"
    )


def _are_ints(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.ndim > 0 and value.dtype.kind in "iu"


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
        return f"expected shape {_shape(expected)}, got {_shape(actual)}"
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
    return f"expected {_a(expected)}, got {_a(actual)}"


def _a(value: Any) -> str:
    """The kind of a value, with its article."""
    if value is None:
        return "None (is a `return` missing?)"
    if isinstance(value, np.ndarray):
        if value.ndim == 0:
            return f"a 0-d {value.dtype} tensor"
        return f"a tensor of shape {_shape(value)}"
    return _with_article(value.type if isinstance(value, Other) else type(value).__name__)


def _with_article(noun: str) -> str:
    return f"an {noun}" if noun[:1].lower() in tuple("aeiou") else f"a {noun}"


def _shape(array: Array) -> str:
    return f"({', '.join(map(str, array.shape))}{',' if array.ndim == 1 else ''})"


def _name(key: Any) -> str:
    return key if isinstance(key, str) else f"[{show(key)}]"


def _number(value: float) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _nested(array: Array) -> str:
    if array.ndim == 0:
        return _number(array.item())
    return f"[{', '.join(_nested(part) for part in array)}]"


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
