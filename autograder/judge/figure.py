"""Reads what the probe `figure` reports, so that a page can draw it.

The student's process may send anything under these names. Whatever does not have the form of a figure is left out, and
every part is cut to a size that a page can show.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.judge.showing import Array
from autograder.text import short_name

MOST_AXES = 64
MOST_COLUMNS = 24
MOST_SERIES = 12  # lines, groups of points and groups of bars on one of the axes
MOST_POINTS = 240  # of one series; a longer one is thinned out
LONGEST_TEXT = 120  # characters
LARGEST_IMAGE = 128  # values along each side; of a larger image every second, third, ... row and column is taken


@dataclass(frozen=True)
class Series:
    """A line, a group of points or a group of bars: finite x and y, and the name in the legend."""

    x: tuple[float, ...]
    y: tuple[float, ...]
    label: str


@dataclass(frozen=True)
class Image:
    """The last image on some axes: values (H, W) with the limits of their colours, or colours (H, W, 3 or 4)."""

    values: Array
    low: float
    high: float
    cmap: str


@dataclass(frozen=True)
class Axes:
    """What a reader sees on one of the axes; `image` is the last of so many `images`, `place` the row and column."""

    title: str
    xlabel: str
    ylabel: str
    log_x: bool
    log_y: bool
    legend: tuple[str, ...]
    lines: tuple[Series, ...]
    points: tuple[Series, ...]
    bars: tuple[Series, ...]
    image: Image | None
    images: int
    place: tuple[int, int]


@dataclass(frozen=True)
class ShownFigure:
    """A figure with its axes row by row; `hidden_axes` are more than a page shows."""

    title: str
    axes: tuple[Axes, ...]
    hidden_axes: int


def read_figure(answer: Any) -> ShownFigure | None:
    """The figure that an answer of the probe `figure` describes; None where nothing is there to be drawn."""
    described = answer.get("axes") if isinstance(answer, Mapping) else None
    if not isinstance(described, (list, tuple)):
        return None
    found = [_axes(one) for one in described[:MOST_AXES] if isinstance(one, Mapping)]
    if not any(axes.image or axes.lines or axes.points or axes.bars for axes in found):
        return None
    return ShownFigure(_text(answer, "suptitle"), tuple(_placed(found)), max(0, len(described) - MOST_AXES))


def _axes(one: Mapping[Any, Any]) -> Axes:
    images = [image for image in map(_image, _list(one, "images")) if image is not None]
    return Axes(
        title=_text(one, "title"),
        xlabel=_text(one, "xlabel"),
        ylabel=_text(one, "ylabel"),
        log_x=one.get("xscale") == "log",
        log_y=one.get("yscale") == "log",
        legend=tuple(short_name(str(text), LONGEST_TEXT) for text in _list(one, "legend")[:MOST_SERIES]),
        lines=tuple(_series(one, "lines", "x", "y")),
        points=tuple(_series(one, "points", "x", "y")),
        bars=tuple(_series(one, "bars", "positions", "lengths")),
        image=images[-1] if images else None,
        images=len(images),
        place=_place(one.get("place")),
    )


def _placed(found: Sequence[Axes]) -> list[Axes]:
    """The axes in the order of reading; side by side where their places are not known or not different."""
    places = {axes.place for axes in found}
    if len(places) < len(found) or (-1, -1) in places:
        return [replace(axes, place=divmod(number, MOST_COLUMNS)) for number, axes in enumerate(found)]
    return sorted(found, key=lambda axes: axes.place)


def _place(value: Any) -> tuple[int, int]:
    numbers = value if isinstance(value, (list, tuple)) and len(value) == 2 else [-1, -1]
    row, column = (one if type(one) is int and 0 <= one < MOST_AXES else -1 for one in numbers)
    return (row, column) if row >= 0 and column >= 0 else (-1, -1)


def _series(one: Mapping[Any, Any], key: str, x_key: str, y_key: str) -> Iterator[Series]:
    for part in _list(one, key)[:MOST_SERIES]:
        values: list[Any] = [part.get(name) if isinstance(part, Mapping) else None for name in (x_key, y_key)]
        xs, ys = values
        if not (_holds_numbers(xs, 1) and _holds_numbers(ys, 1) and len(xs) == len(ys)):
            continue
        step = max(1, math.ceil(len(xs) / MOST_POINTS))
        pairs = [(float(x), float(y)) for x, y in zip(xs[::step], ys[::step], strict=True)]
        finite = [pair for pair in pairs if all(math.isfinite(number) and abs(number) < 1e300 for number in pair)]
        if finite:
            yield Series(tuple(x for x, _ in finite), tuple(y for _, y in finite), _text(part, "label"))


def _image(part: Any) -> Image | None:
    values: Any = part.get("array") if isinstance(part, Mapping) else None
    has_colours = _holds_numbers(values, 3) and values.shape[2] in (3, 4)
    if not (has_colours or _holds_numbers(values, 2)) or not values.size:
        return None
    rows, columns = (max(1, math.ceil(length / LARGEST_IMAGE)) for length in values.shape[:2])
    return Image(values[::rows, ::columns], _finite(part.get("vmin")), _finite(part.get("vmax")), _text(part, "cmap"))


def _holds_numbers(value: Any, axes: int) -> bool:
    return isinstance(value, np.ndarray) and value.ndim == axes and value.dtype.kind in "biuf"


def _finite(value: Any) -> float:
    if isinstance(value, np.ndarray) and value.ndim == 0:
        value = value.item()
    try:
        number = float(value) if isinstance(value, (int, float)) else math.nan
    except OverflowError:
        return math.nan
    return number if math.isfinite(number) and abs(number) < 1e300 else math.nan


def _text(one: Mapping[Any, Any], key: str) -> str:
    value = one.get(key)
    return short_name(value, LONGEST_TEXT) if isinstance(value, str) else ""


def _list(one: Mapping[Any, Any], key: str) -> Sequence[Any]:
    value = one.get(key)
    return value if isinstance(value, (list, tuple)) else []
