"""The comparators and measures of exercise4."""

from __future__ import annotations

from typing import Any

from autograder.judge.rules import MALFORMED, comparator


@comparator
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
