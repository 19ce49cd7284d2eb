"""The comparator of printed texts."""

from __future__ import annotations

from typing import Any

from autograder.judge.rules import comparator, difference

WIDE = 60  # characters of a line that are shown


@comparator(by_value=True)
def same_text(expected: Any, actual: Any, *, rtol: float = 1e-5, atol: float = 0.0) -> str | None:
    """Each line of a text is the same, but for blanks at its end and empty lines at the end of the text.

    For the answers of the probe `printed`, and for a text that is returned; all other values are compared as by
    `matches`, with `rtol` and `atol`.
    """
    if isinstance(expected, str) and isinstance(actual, str):
        return _first_difference(_lines(expected), _lines(actual))
    if isinstance(expected, dict) and isinstance(actual, dict) and set(expected) == set(actual):
        for name in expected:
            reason = same_text.judge(expected[name], actual[name], rtol=rtol, atol=atol)
            if reason is not None:
                return f"{name}: {reason}"
        return None
    return difference(expected, actual, rtol, atol, "")


def _lines(text: str) -> list[str]:
    return [line.rstrip() for line in text.rstrip().split("\n")] if text.strip() else []


def _first_difference(expected: list[str], actual: list[str]) -> str | None:
    for number, (right, got) in enumerate(zip(expected, actual, strict=False), 1):
        if right != got:
            same = (a == b for a, b in zip(right, got, strict=False))
            place = next((i for i, one in enumerate(same) if not one), min(len(right), len(got)))
            return f"line {number}: expected {_around(right, place)}, got {_around(got, place)}"
    shared = min(len(expected), len(actual))
    if len(expected) > shared:
        got = "no more lines" if actual else "an empty text"
        return f"line {shared + 1}: expected {_around(expected[shared], 0)}, got {got}"
    if len(actual) > shared:
        wanted = "no more lines" if expected else "an empty text"
        return f"line {shared + 1}: expected {wanted}, got {_around(actual[shared], 0)}"
    return None


def _around(line: str, place: int) -> str:
    """A line; of a long one, the part around a place."""
    if len(line) <= WIDE:
        return repr(line)
    start = max(0, min(place - WIDE // 2, len(line) - WIDE))
    end = "…" if start + WIDE < len(line) else ""
    return f"{'…' if start else ''}{line[start : start + WIDE]!r}{end}"
