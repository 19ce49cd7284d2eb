"""Comparators of the images in a figure (probe `figure`), by what they show: any style of drawing passes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from autograder.judge.rules import MALFORMED, Array, comparator

from .figures import SLACK, axes_of, instead, says


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
    crowded = [axes for axes in actual["axes"] if len(axes.get("images", ())) > 1]
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
        if not one.image.size:
            return f"image {index} is empty"
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
            return f"image {index}: expected the title {one.title!r}, {instead(other.title)}"
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
        if not says(text, one.title):
            return f"the first image of row {one.row}: expected the title {one.title!r}, {instead(other.title)}"
    return None


def _shown(figure: Any) -> list[Shown] | None:
    """The axes with images in the order of reading; None for what is no figure."""
    axes = axes_of(figure)
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


def _gray(array: Any) -> Array:
    """An image (H, W); of colors that are all gray, one of them."""
    values = np.asarray(array, dtype=np.float64)
    if values.ndim == 3 and (values[..., :1] == values[..., :3]).all():
        values = values[..., 0]
    return values


def _lengths(shown: Sequence[Shown]) -> list[int]:
    """How many images there are in each row."""
    return [sum(one.row == row for one in shown) for row in range(1 + max((one.row for one in shown), default=-1))]


def _is_titled(title: str, expected: str) -> bool:
    """Whether a title is the expected one, or holds it together with other words; then there must be a number in it."""
    same = title.lower().split() == expected.lower().split()
    return same or (any(map(str.isdigit, expected)) and says(title, expected))


def _range(limits: tuple[float, float]) -> str:
    return f"{limits[0]:.3g} to {limits[1]:.3g}"


def _size(image: Array) -> str:
    return "×".join(map(str, image.shape))
