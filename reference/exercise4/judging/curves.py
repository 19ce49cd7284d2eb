"""Comparators of the lines in a figure, of their legend and of the names of the axes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judge.rules import MALFORMED, Array, comparator

from .figures import SLACK, axes_of, cut, instead, says


@comparator(by_value=True)
def curves_drawn(expected: Any, actual: Any, *, index: int) -> str | None:
    """Some axes have exactly the lines of the expected axes of this index, in any order."""
    right, got = axes_of(expected), axes_of(actual)
    if right is None or got is None or index >= len(right):
        return MALFORMED
    lines = _lines(right[index])
    if any(_same_lines(lines, _lines(one)) for one in got):
        return None
    for line in lines:
        y = line[1]
        if not any(_close(y, other[1]) for one in got for other in _lines(one)):
            return f"there is no line with the values {_listed(y)}"
        if not any(_close_pair(line, other) for one in got for other in _lines(one)):
            x = next(other[0] for one in got for other in _lines(one) if _close(y, other[1]))
            return f"the line with the values {_listed(y)} stands over {_listed(x)}, expected {_listed(line[0])}"
    several = "both lines" if len(lines) > 1 else "this line"
    return f"expected axes with {several} and no other ones"


@comparator(by_value=True)
def legend_names(expected: Any, actual: Any) -> str | None:
    """Each line that has a name in the expected legend has that name in a legend of the actual figure."""
    right, got = axes_of(expected), axes_of(actual)
    if right is None or got is None:
        return MALFORMED
    found = [pair for one in got for pair in _named_lines(one)]
    names = [pair for one in right for pair in _named_lines(one)]
    if bool(names) != bool(found):
        return "there is no legend with the names of the lines"
    for y, name in names:
        texts = [text for values, text in found if _close(y, values)]
        if not any(says(text, name) for text in texts):
            other = f"got {cut(texts[0])!r}" if texts else "it has none"
            return f"the line with the values {_listed(y)}: expected the name {name!r} in the legend, {other}"
    return None


@comparator(by_value=True)
def axis_names(expected: Any, actual: Any) -> str | None:
    """The axes with the first line of each of the expected axes have the expected names, across and up."""
    right, got = axes_of(expected), axes_of(actual)
    if right is None or got is None:
        return MALFORMED
    for one in right:
        for _, y in _lines(one)[:1]:
            same = [other for other in got if any(_close(y, values) for _, values in _lines(other))]
            if not same:
                return f"there is no line with the values {_listed(y)}"
            for key, where in ("xlabel", "across"), ("ylabel", "up"):
                if str(one.get(key)) and not says(str(same[0].get(key)), str(one.get(key))):
                    other = instead(str(same[0].get(key)))
                    return f"the axes with the values {_listed(y)}: expected {one.get(key)!r} {where}, {other}"
                if not str(one.get(key)) and str(same[0].get(key)):
                    return f"the axes with the values {_listed(y)} have a name {where}"
    return None


def _lines(axes: Mapping[str, Any]) -> list[tuple[Array, Array]]:
    lines = axes.get("lines")
    found = []
    for line in lines if isinstance(lines, (list, tuple)) else []:
        x, y = (line.get(name) if isinstance(line, Mapping) else None for name in ("x", "y"))
        if isinstance(x, np.ndarray) and isinstance(y, np.ndarray):
            found.append((x, y))
    return found


def _named_lines(axes: Mapping[str, Any]) -> Iterator[tuple[Array, str]]:
    """The values of each line with its name in the legend: its label, or else the text at its place."""
    legend, lines = axes.get("legend"), axes.get("lines")
    if not isinstance(legend, (list, tuple)) or not isinstance(lines, (list, tuple)):
        return
    labelled = any(isinstance(line, Mapping) and line.get("label") in legend for line in lines)
    for index, (_, y) in enumerate(_lines(axes)):
        label = str(lines[index].get("label"))
        if labelled and label in legend:
            yield y, label
        elif not labelled and index < len(legend):
            yield y, str(legend[index])


def _same_lines(right: Sequence[tuple[Array, Array]], got: Sequence[tuple[Array, Array]]) -> bool:
    return len(right) == len(got) and all(any(_close_pair(one, other) for other in got) for one in right)


def _close_pair(one: tuple[Array, Array], other: tuple[Array, Array]) -> bool:
    return _close(one[0], other[0]) and _close(one[1], other[1])


def _close(one: Array, other: Array) -> bool:
    return one.shape == other.shape and bool(np.allclose(one, other, rtol=SLACK, atol=1e-8))


def _listed(values: Array) -> str:
    shown = ", ".join(f"{float(value):.3g}" for value in values.flat[:3])
    return f"{shown}, …" if values.size > 3 else shown
