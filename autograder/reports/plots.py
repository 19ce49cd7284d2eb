"""Draws the figures of students from the data of `judge.figure`: a table of axes with images and small plots."""

from __future__ import annotations

import functools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge import Axes, Image, Series, ShownFigure
from autograder.model import Picture
from autograder.reports.drawings import number, png, values_text

PLOT_WIDTH, PLOT_HEIGHT = 230, 120  # pixels of the area of a plot
IMAGE_SIDE = 96  # pixels; an image is enlarged by a whole number to about this side
SMALL_SIDE = 64  # the same, where there are many columns
MANY_COLUMNS = 4
STYLES = 4  # of curves in the style sheet
DEFAULT_CMAP = "viridis"


@dataclass(frozen=True)
class DrawnImage:
    """An image as a data URL with its size in pixels; `limits` are the values of the first and the last colour."""

    address: str
    width: int
    height: int
    limits: str
    text: str


@dataclass(frozen=True)
class Mark:
    """A point or a bar of a plot, as a rectangle in pixels."""

    x: float
    y: float
    width: float
    height: float
    style: int


@dataclass(frozen=True)
class Plot:
    """Lines, points and bars on a plane of `PLOT_WIDTH` × `PLOT_HEIGHT` pixels, with the limits of its two axes."""

    paths: tuple[tuple[str, int], ...]
    marks: tuple[Mark, ...]
    x_limits: tuple[str, str]
    y_limits: tuple[str, str]
    legend: tuple[tuple[str, int], ...]
    text: str


@dataclass(frozen=True)
class Cell:
    """One of the axes of a figure."""

    axes: Axes
    image: DrawnImage | None
    plot: Plot | None


@dataclass(frozen=True)
class DrawnFigure:
    """A figure as a table; a cell is None where there are no axes."""

    name: str
    title: str
    rows: tuple[tuple[Cell | None, ...], ...]
    hidden_axes: int


def figures(picture: Picture) -> Iterator[DrawnFigure]:
    """Draw the expected figure, if the picture has one, and the student's."""
    if picture.data["expected"] is not None:
        yield _figure("expected (one way to draw it)", picture.data["expected"])
    yield _figure("yours", picture.data["got"])


def _figure(name: str, figure: ShownFigure) -> DrawnFigure:
    row_numbers = sorted({axes.place[0] for axes in figure.axes})
    column_numbers = sorted({axes.place[1] for axes in figure.axes})
    side = SMALL_SIDE if len(column_numbers) > MANY_COLUMNS else IMAGE_SIDE
    cells = {axes.place: _cell(axes, side) for axes in figure.axes}
    rows = tuple(tuple(cells.get((row, column)) for column in column_numbers) for row in row_numbers)
    return DrawnFigure(name, figure.title, rows, figure.hidden_axes)


def _cell(axes: Axes, side: int) -> Cell:
    image = _image(axes.image, side) if axes.image is not None else None
    plot = _plot(axes) if axes.lines or axes.points or axes.bars else None
    return Cell(axes, image, plot)


def _image(image: Image, side: int) -> DrawnImage:
    height, width = image.values.shape[:2]
    times = max(1, round(side / max(height, width)))
    size = f"Image of {height} × {width}"
    if image.values.ndim == 3:
        return DrawnImage(png(_colours(image.values)), width * times, height * times, "", f"{size} colours")
    limits = f"{number(image.low)} to {number(image.high)}"
    text = f"{size}, colours from {limits}, {values_text(image.values.astype(np.float64).tolist())}"
    return DrawnImage(png(_mapped(image)), width * times, height * times, limits, text)


def _mapped(image: Image) -> NDArray[np.uint8]:
    """The values as colours (H, W, 4) of the colour map; what is not finite is transparent."""
    values = np.asarray(image.values, np.float64)
    with np.errstate(all="ignore"):
        shares = (values - image.low) / (image.high - image.low)
        places = (255 * np.clip(np.nan_to_num(shares, nan=0.0), 0.0, 1.0)).astype(np.uint8)
    pixels = _colour_map(image.cmap)[places]
    pixels[np.isnan(values), 3] = 0
    return pixels


@functools.cache
def _colour_map(name: str) -> NDArray[np.uint8]:
    """The 256 colours (256, 4) of a colour map of matplotlib; those of its default for an unknown name."""
    import matplotlib

    known: Any = matplotlib.colormaps
    colours: NDArray[np.uint8] = known[name if name in known else DEFAULT_CMAP](np.arange(256) / 255, bytes=True)
    return colours


def _colours(values: NDArray[Any]) -> NDArray[np.uint8]:
    """Colours as imshow takes them: floats from 0 to 1, or bytes."""
    top, times = (1.0, 255.0) if values.dtype.kind == "f" else (255.0, 1.0)
    pixels = np.full((*values.shape[:2], 4), 255, np.uint8)
    pixels[..., : values.shape[2]] = times * np.clip(np.nan_to_num(values.astype(np.float64)), 0.0, top)
    return pixels


def _plot(axes: Axes) -> Plot:
    """Both axes reach over all values; bars begin at 0. What a logarithmic axis cannot show is left out."""
    lines, points, bars = (_on_scales(axes, group) for group in (axes.lines, axes.points, axes.bars))
    everything = [*lines, *points, *bars]
    x_low, x_high = _limits([x for one in everything for x in one.x])
    y_low, y_high = _limits([*(y for one in everything for y in one.y), *([0.0] if bars and not axes.log_y else [])])

    def right(x: float) -> float:
        return round(PLOT_WIDTH * (x - x_low) / (x_high - x_low), 1)

    def down(y: float) -> float:
        return round(PLOT_HEIGHT * (1 - (y - y_low) / (y_high - y_low)), 1)

    paths = [
        ("M" + "L".join(f"{right(x)} {down(y)}" for x, y in zip(one.x, one.y, strict=True)), style % STYLES)
        for style, one in enumerate(lines)
    ]
    marks = [
        Mark(right(x) - 2, down(y) - 2, 4, 4, style % STYLES)
        for style, one in enumerate(points, len(lines))
        for x, y in zip(one.x, one.y, strict=True)
    ]
    floor = down(min(max(0.0, y_low), y_high)) if not axes.log_y else PLOT_HEIGHT
    for style, one in enumerate(bars, len(lines) + len(points)):
        width = max(1.0, round(0.6 * PLOT_WIDTH / max(1, len(one.x)), 1))
        for x, y in zip(one.x, one.y, strict=True):
            top, bottom = sorted((down(y), floor))
            marks.append(Mark(round(right(x) - width / 2, 1), top, width, round(bottom - top, 1), style % STYLES))
    return Plot(
        paths=tuple(paths),
        marks=tuple(marks),
        x_limits=_limit_texts(x_low, x_high, axes.log_x),
        y_limits=_limit_texts(y_low, y_high, axes.log_y),
        legend=tuple(_legend(axes)),
        text="; ".join(map(_series_text, (*axes.lines, *axes.points, *axes.bars))),
    )


def _on_scales(axes: Axes, group: Sequence[Series]) -> list[Series]:
    """The series with the logarithms of their values along logarithmic axes."""
    found = []
    for one in group:
        pairs = [
            (math.log10(x) if axes.log_x else x, math.log10(y) if axes.log_y else y)
            for x, y in zip(one.x, one.y, strict=True)
            if (x > 0 or not axes.log_x) and (y > 0 or not axes.log_y)
        ]
        found.append(Series(tuple(x for x, _ in pairs), tuple(y for _, y in pairs), one.label))
    return found


def _limits(values: Sequence[float]) -> tuple[float, float]:
    low, high = min(values, default=0.0), max(values, default=1.0)
    return (low, high) if low < high else (low - 0.5 * (abs(low) or 1), high + 0.5 * (abs(high) or 1))


def _limit_texts(low: float, high: float, logarithmic: bool) -> tuple[str, str]:
    return (number(10**low), number(10**high)) if logarithmic else (number(low), number(high))


def _legend(axes: Axes) -> Iterator[tuple[str, int]]:
    """The texts of the legend, each with the style of the series of this name, or else of that at its place."""
    series = [*axes.lines, *axes.points, *axes.bars]
    labels = [one.label for one in series]
    for place, text in enumerate(axes.legend):
        yield text, (labels.index(text) if text in labels else place) % STYLES


def _series_text(one: Series) -> str:
    pairs = ", ".join(f"({number(x)}, {number(y)})" for x, y in list(zip(one.x, one.y, strict=True))[:12])
    return f"{one.label or 'without a label'}: {pairs}{', …' if len(one.x) > 12 else ''}"
