"""Comparators of numbers, texts and tables."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from autograder.judge.rules import MALFORMED, comparator, difference, scalar_kind


@comparator(by_value=True)
def draws(expected: Any, actual: Any) -> str | None:
    """As many random numbers for each row as expected (probe `drawn_per_row`).

    Numbers that do not come from torch are not seen; another check shows that the output is random.
    """
    if not isinstance(actual, list) or not all(isinstance(one, int) for one in actual):
        return MALFORMED
    if actual in ([], expected):
        return None
    right = " and ".join(map(str, expected))
    return f"expected {right} random numbers for each image, got {' and '.join(map(str, actual[:4]))}"


@comparator(by_value=True)
def truth(expected: Any, actual: Any) -> str | None:
    """The answer is True or False as expected, also as a tensor of one bool."""
    if isinstance(actual, np.ndarray) and actual.size == 1 and actual.dtype.kind == "b":
        actual = bool(actual)
    return difference(expected, actual, 0.0, 0.0, "")


@comparator(by_value=True)
def part(expected: Any, actual: Any, *, index: int, rtol: float = 1e-4, any_number: bool = False) -> str | None:
    """The result is a tuple or list of the expected length, and this part of it is right.

    With `any_number` an array of whole numbers may have any dtype.
    """
    if not isinstance(expected, (list, tuple)) or len(expected) <= index:  # the answer of a misconception
        return difference(expected, actual, rtol, 0.0, "")
    if not isinstance(actual, (list, tuple)) or len(actual) != len(expected):
        return difference(expected, actual, np.inf, np.inf, "") or MALFORMED
    right, got = expected[index], actual[index]
    if any_number and isinstance(got, np.ndarray) and isinstance(right, np.ndarray):
        right, got = right.astype(np.float64), got.astype(np.float64)
    return difference(right, got, rtol, 0.0, f"[{index}]")


@comparator
def part_dtype(expected: Any, actual: Any, *, index: int, dtype: str) -> str | None:
    """This part of the result, a tuple or list, is an array of exactly this dtype."""
    if not isinstance(actual, (list, tuple)) or len(actual) <= index:
        return MALFORMED
    got = actual[index]
    if not isinstance(got, np.ndarray):
        return f"[{index}]: expected a tensor of {dtype}"
    return None if str(got.dtype) == dtype else f"[{index}]: expected dtype {dtype}, got {got.dtype}"


@comparator(by_value=True)
def same_numbers(expected: Any, actual: Any) -> str | None:
    """An array of the expected shape with the same numbers, of any dtype."""
    if not isinstance(expected, np.ndarray) or not isinstance(actual, np.ndarray) or actual.dtype.kind not in "iuf":
        return difference(expected, actual, 0.0, 0.0, "")
    return difference(expected.astype(np.float64), actual.astype(np.float64), 0.0, 0.0, "")


@comparator(by_value=True)
def same_array(expected: Any, actual: Any) -> str | None:
    """An array of the expected shape and values, and of exactly the expected dtype."""
    wrong = difference(expected, actual, 0.0, 0.0, "")
    if wrong is not None or not isinstance(expected, np.ndarray) or not isinstance(actual, np.ndarray):
        return wrong
    return None if actual.dtype == expected.dtype else f"expected dtype {expected.dtype}, got {actual.dtype}"


@comparator(by_value=True)
def entry(expected: Any, actual: Any, *, key: str, rtol: float = 1e-4) -> str | None:
    """The result is a dict, and what it holds under this key is right."""
    if not isinstance(expected, Mapping) or key not in expected:  # the answer of a misconception
        return difference(expected, actual, rtol, 0.0, "")
    if not isinstance(actual, Mapping):
        return difference(expected, actual, np.inf, np.inf, "") or MALFORMED
    if key not in actual:
        return f"there is no {key!r} in the result"
    return difference(expected[key], actual[key], rtol, 0.0, key)


@comparator(by_value=True)
def counts(expected: Any, actual: Any) -> str | None:
    """Lists of as many finite numbers as expected, whatever the numbers are; a dict has the expected keys at least."""
    if isinstance(expected, Mapping):
        if not isinstance(actual, Mapping) or set(expected) - set(actual):
            return difference(dict.fromkeys(expected), actual, 0.0, 0.0, "")
        wrong = ((key, _count_of_numbers(expected[key], actual[key])) for key in expected)
        return next((f"{key}: {reason}" for key, reason in wrong if reason is not None), None)
    return _count_of_numbers(expected, actual)


def _count_of_numbers(expected: Any, actual: Any) -> str | None:
    if isinstance(actual, np.ndarray) and actual.ndim == 1:
        actual = actual.tolist()
    if not isinstance(expected, (list, tuple)) or not isinstance(actual, (list, tuple)):
        return difference(expected, actual, 0.0, 0.0, "")
    if len(actual) != len(expected):
        return f"expected {len(expected)} numbers, got {len(actual)}"
    wrong = [one for one in actual if scalar_kind(one) == "other" or not np.isfinite(float(one))]
    return None if not wrong else "expected finite numbers, got something else among them"


@comparator(by_value=True)
def column(expected: Any, actual: Any, *, key: str) -> str | None:
    """A list of as many dicts as expected, which hold the right numbers under this key."""
    if not isinstance(expected, (list, tuple)) or not all(isinstance(row, Mapping) and key in row for row in expected):
        return difference(expected, actual, 0.0, 0.0, "")  # the answer of a misconception
    if not isinstance(actual, (list, tuple)) or not all(isinstance(row, Mapping) for row in actual):
        return difference(expected, actual, np.inf, np.inf, "") or MALFORMED
    if len(actual) != len(expected):
        return f"expected {len(expected)} rows, got {len(actual)}"
    if not all(key in row for row in actual):
        return f"there is no {key!r} in a row"
    return difference([row[key] for row in expected], [row[key] for row in actual], 0.0, 0.0, key)


@comparator(by_value=True)
def option(expected: Any, actual: Any) -> str | None:
    """The letter of the right option; the sentence does not show which one it is."""
    if not isinstance(actual, str):
        return 'expected one letter as text, such as "a"'
    if actual.strip().lower() == str(expected).strip().lower():
        return None
    return f"option {actual.strip()[:9]!r} is not right"
