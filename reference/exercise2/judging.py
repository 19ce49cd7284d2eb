"""The comparators of exercise2."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from autograder.judge.rules import comparator, difference, show

OPTIONS = ("a", "b", "c", "d")


@comparator(by_value=True)
def entries(expected: Any, actual: Any, *, keys: Sequence[str]) -> str | None:
    """What the dict holds under these keys is right; other keys do not matter."""
    if not isinstance(actual, dict):
        return difference(expected, actual, 0.0, 0.0, "")
    missing = [key for key in keys if key not in actual]
    if missing:
        return f"the dict has no key {show(missing[0])}, only {show(list(actual))}"
    return difference({key: expected[key] for key in keys}, {key: actual[key] for key in keys}, 0.0, 0.0, "")


@comparator(by_value=True)
def same_keys(expected: Any, actual: Any) -> str | None:
    """The dict has the expected keys and no others."""
    if not isinstance(actual, dict):
        return difference(expected, actual, 0.0, 0.0, "")
    missing, extra = [k for k in expected if k not in actual], [k for k in actual if k not in expected]
    parts = [f"{show(missing[0])} is missing"] if missing else []
    parts += [f"{show(extra[0])} is not asked for"] if extra else []
    return f"of the keys, {' and '.join(parts)}" if parts else None


@comparator(by_value=True)
def same_values(expected: Any, actual: Any) -> str | None:
    """An array of the expected shape and values; whole numbers may be ints, floats or bools."""
    both = [one.astype(np.float64) if _holds_numbers(one) else one for one in (expected, actual)]
    return difference(*both, 1e-5, 0.0, "")


@comparator(by_value=True)
def same_truth(expected: Any, actual: Any) -> str | None:
    """True or False, also as a tensor with one value and without axes."""
    if isinstance(actual, np.ndarray) and actual.ndim == 0 and actual.dtype.kind == "b":
        actual = bool(actual)
    return difference(expected, actual, 0.0, 0.0, "")


def _holds_numbers(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.dtype.kind in "biuf"


@comparator(by_value=True)
def right_option(expected: Any, actual: Any) -> str | None:
    """The letter of the right option. The sentence does not name it, so that the student can choose again."""
    letter = actual.strip().lower() if isinstance(actual, str) else actual
    known = isinstance(letter, str) and letter in OPTIONS
    if known and isinstance(expected, str) and letter == expected:
        return None
    return f"{letter} is not right" if known else f"expected one of the letters a, b, c and d, got {show(actual)}"
