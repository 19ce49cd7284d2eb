"""Comparators of figures, by what they show (probe `figure`): any style of drawing passes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np

from autograder.judge.rules import MALFORMED, Array, comparator

SLACK = 1e-4  # of values that are drawn


class Shown(NamedTuple):
    """Axes with an image: their row and column among all axes with images, and what they show."""

    row: int
    column: int
    image: Array
    limits: tuple[float, float]
    title: str
    label: str  # of the y-axis, where it is visible


@comparator(by_value=True)
def image_count(expected: Any, actual: Any) -> str | None:
    """As many axes with one image as expected; where there are rows, as many of them and as long as expected."""
    right, got = _shown(expected), _shown(actual)
    if right is None or got is None:
        return MALFORMED
    crowded = [axes for axes in actual["axes"] if len(axes["images"]) > 1]
    if len(got) != len(right):
        return f"expected {len(right)} axes with an image, got {len(got)}" + (
            f"; on one of the axes there are {len(crowded[0]['images'])} images" if crowded else ""
        )
    if crowded:
        return f"expected one image on each of the axes, got {len(crowded[0]['images'])} on one of them"
    rows, found = _lengths(right), _lengths(got)
    if len(rows) > 1 and rows != found:
        lengths = f"{rows[0]} images" if rows[0] != 1 else "1 image"
        return f"expected {len(rows)} rows of {lengths}, got rows of {', '.join(map(str, found))}"
    return None


@comparator(by_value=True)
def images_shown(expected: Any, actual: Any) -> str | None:
    """The images have the expected values, in the order of reading: row by row, from left to right."""
    right, got = _shown(expected), _shown(actual)
    if right is None or got is None:
        return MALFORMED
    if len(got) != len(right):
        return f"expected {len(right)} axes with an image, got {len(got)}"
    if len(_lengths(right)) > 1 and _lengths(right) != _lengths(got):
        return f"expected {len(_lengths(right))} rows of images, got {len(_lengths(got))}"
    for index, (one, other) in enumerate(zip(right, got, strict=True)):
        where = f"row {one.row}, column {one.column}" if len(_lengths(right)) > 1 else f"image {index}"
        if other.image.shape != one.image.shape:
            return f"{where}: expected an image of {_size(one.image)}, got {_size(other.image)}"
        scale = max(float(np.abs(one.image).max(initial=0.0)), 1e-12)
        off = np.abs(one.image - other.image)
        if not (off <= SLACK * scale).all():
            place = np.unravel_index(int(np.nan_to_num(off, nan=np.inf).argmax()), off.shape)
            values = f"expected {one.image[place]:.4g}, got {other.image[place]:.4g}"
            return f"{where} shows other values; at {[int(i) for i in place]} {values}"
    return None


@comparator
def one_scale(expected: Any, actual: Any) -> str | None:
    """All images have the same limits of their colors, and no value lies outside of them."""
    got = _shown(actual)
    if got is None:
        return MALFORMED
    if not got:
        return "there are no axes with an image"
    first = got[0].limits
    for index, one in enumerate(got):
        slack = SLACK * max(abs(first[0]), abs(first[1]), 1e-12)
        if not (abs(one.limits[0] - first[0]) <= slack and abs(one.limits[1] - first[1]) <= slack):
            return f"image {index} has the limits {_range(one.limits)}, image 0 has {_range(first)}"
    for index, one in enumerate(got):
        low, high = float(one.image.min()), float(one.image.max())
        if low < first[0] - slack or high > first[1] + slack:
            return f"image {index} has values from {low:.3g} to {high:.3g}, outside of the limits {_range(first)}"
    return None


@comparator(by_value=True)
def same_limits(expected: Any, actual: Any) -> str | None:
    """Each image has the expected vmin and vmax."""
    right, got = _shown(expected), _shown(actual)
    if right is None or got is None:
        return MALFORMED
    if len(got) != len(right):
        return f"expected {len(right)} axes with an image, got {len(got)}"
    for index, (one, other) in enumerate(zip(right, got, strict=True)):
        slack = SLACK * max(map(abs, one.limits))
        if not all(abs(a - b) <= slack for a, b in zip(one.limits, other.limits, strict=True)):
            return f"image {index}: expected vmin and vmax {_range(one.limits)}, got {_range(other.limits)}"
    return None


@comparator(by_value=True)
def images_titled(expected: Any, actual: Any) -> str | None:
    """The title of each image holds the expected words."""
    right, got = _shown(expected), _shown(actual)
    if right is None or got is None:
        return MALFORMED
    if len(got) != len(right):
        return f"expected {len(right)} axes with an image, got {len(got)}"
    for index, (one, other) in enumerate(zip(right, got, strict=True)):
        if not _is_titled(other.title, one.title):
            return f"image {index}: expected the title {one.title!r}, {_instead(other.title)}"
    return None


@comparator(by_value=True)
def rows_titled(expected: Any, actual: Any) -> str | None:
    """The first image of each row has the expected words as its title, or as the visible label of its y-axis."""
    right, got = _shown(expected), _shown(actual)
    if right is None or got is None:
        return MALFORMED
    firsts = [[one for one in shown if one.column == 0] for shown in (right, got)]
    if len(firsts[0]) != len(firsts[1]):
        return f"expected {len(firsts[0])} rows of images, got {len(firsts[1])}"
    for one, other in zip(*firsts, strict=True):
        text = f"{other.title} {other.label}"
        if not one.title and text.strip():  # the answer of a misconception
            return f"the first image of row {one.row} has a title"
        if not _says(text, one.title):
            return f"the first image of row {one.row}: expected the title {one.title!r}, {_instead(other.title)}"
    return None


def _shown(figure: Any) -> list[Shown] | None:
    """The axes with images in the order of reading; None for what is no figure."""
    axes = _axes(figure)
    if axes is None:
        return None
    found = [one for one in axes if one.get("images")]
    try:
        tops, lefts = (sorted({one["place"][side] for one in found}) for side in (0, 1))
        shown = [
            Shown(
                tops.index(one["place"][0]),
                lefts.index(one["place"][1]),
                _gray(one["images"][-1]["array"]),
                (float(one["images"][-1]["vmin"]), float(one["images"][-1]["vmax"])),
                str(one["title"]),
                str(one["ylabel"]),
            )
            for one in found
        ]
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None
    return sorted(shown, key=lambda one: (one.row, one.column))


def _axes(figure: Any) -> Sequence[Any] | None:
    axes = figure.get("axes") if isinstance(figure, Mapping) else None
    if not isinstance(axes, (list, tuple)) or not all(isinstance(one, Mapping) for one in axes):
        return None
    return axes


def _gray(array: Any) -> Array:
    """An image (H, W); of colors that are all gray, one of them."""
    values = np.asarray(array, dtype=np.float64)
    if values.ndim == 3 and (values[..., :1] == values[..., :3]).all():
        values = values[..., 0]
    return values


def _lengths(shown: Sequence[Shown]) -> list[int]:
    """How many images there are in each row."""
    return [sum(one.row == row for one in shown) for row in range(1 + max((one.row for one in shown), default=-1))]


def _says(text: str, words: str) -> bool:
    """Whether a text holds these words, in letters of any case; the last one may go on: "training", "epochs"."""
    pattern = r"\s*".join(map(re.escape, words.lower().split()))
    return re.search(rf"(?<!\w){pattern}(?!\d)", text.lower()) is not None


def _is_titled(title: str, expected: str) -> bool:
    """Whether a title is the expected one, or holds it together with other words; then there must be a number in it."""
    same = title.lower().split() == expected.lower().split()
    return same or (any(map(str.isdigit, expected)) and _says(title, expected))


def _instead(text: str) -> str:
    return f"got {_cut(text)!r}" if text.strip() else "it has none that is visible"


def _cut(text: str) -> str:
    return f"{text[:40]}…" if len(text) > 40 else text


def _range(limits: tuple[float, float]) -> str:
    return f"{limits[0]:.3g} to {limits[1]:.3g}"


def _size(image: Array) -> str:
    return "×".join(map(str, image.shape))


@comparator(by_value=True)
def curves_drawn(expected: Any, actual: Any, *, index: int) -> str | None:
    """Some axes have exactly the lines of the expected axes of this index, in any order."""
    right, got = _axes(expected), _axes(actual)
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
    right, got = _axes(expected), _axes(actual)
    if right is None or got is None:
        return MALFORMED
    found = [pair for one in got for pair in _named_lines(one)]
    names = [pair for one in right for pair in _named_lines(one)]
    if bool(names) != bool(found):
        return "there is no legend with the names of the lines"
    for y, name in names:
        texts = [text for values, text in found if _close(y, values)]
        if not any(_says(text, name) for text in texts):
            other = f"got {_cut(texts[0])!r}" if texts else "it has none"
            return f"the line with the values {_listed(y)}: expected the name {name!r} in the legend, {other}"
    return None


@comparator(by_value=True)
def axis_names(expected: Any, actual: Any) -> str | None:
    """The axes with the first line of each of the expected axes have the expected names, across and up."""
    right, got = _axes(expected), _axes(actual)
    if right is None or got is None:
        return MALFORMED
    for one in right:
        for _, y in _lines(one)[:1]:
            same = [other for other in got if any(_close(y, values) for _, values in _lines(other))]
            if not same:
                return f"there is no line with the values {_listed(y)}"
            for key, where in ("xlabel", "across"), ("ylabel", "up"):
                if str(one.get(key)) and not _says(str(same[0].get(key)), str(one.get(key))):
                    other = _instead(str(same[0].get(key)))
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
    shown = ", ".join(f"{float(value):.3g}" for value in values[:3])
    return f"{shown}, …" if len(values) > 3 else shown
