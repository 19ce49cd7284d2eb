"""Draws the pictures of a grade as shapes and colours: heat maps, receptive fields, images.

Colours are attributes of shapes and not styles, so that the policy of a page may forbid styles. A heat map has the same
colours on light and on dark paper: blue below 0, white at 0, red above.
"""

from __future__ import annotations

import base64
import math
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from autograder.judge import FieldRow, Panel, WindowRow
from autograder.model import Attempt, Picture

MAX_NUMBERED_COLUMNS = 10  # of a map; the cells of a wider one show no numbers
MAX_NUMBERS = 100  # in the text of a map for screen readers; a larger one has its limits there
CHARACTER_WIDTH = 7  # pixels of a digit in a cell
NUMBERED_CELL = 32, 26  # pixels: least width, height
PLAIN_CELL = 12  # pixels: least side
PLAIN_WIDTH = 260  # pixels; the cells of a smaller map without numbers are enlarged to about this width
BLUE, WHITE, RED, GREY = (33, 102, 172), (247, 247, 247), (178, 24, 43), (128, 128, 128)
FIELD_WIDTH = 300  # pixels of the widest receptive field
MAX_VALUE_WIDTH = 10  # pixels of one value of a receptive field
VALUE_SIDE = 16  # pixels of one value of an axis with windows
TICK_WIDTH = 4  # pixels of one value; below it, the ticks between values are left out
CAPTIONS = {"theirs": "yours, the output of the network"}
MAX_MAPS = 8  # beside each other
STRIP_HEIGHT = 84  # pixels; an image is enlarged by a whole number to about this height


@dataclass(frozen=True)
class MapCell:
    """One value of a heat map at (x, y) pixels; `light` means light text on a dark colour."""

    x: int
    y: int
    colour: str
    text: str
    light: bool


@dataclass(frozen=True)
class HeatMap:
    """One map; `outlined` is the cell with an outline.

    Colours run from `-top` to `top`. `top` is empty if another map shows the legend of the same scale. `cell_size` is
    (width, height) in pixels. `text` has the numbers for screen readers.
    """

    name: str
    shape: str
    cut: str
    text: str
    width: int
    height: int
    cell_size: tuple[int, int]
    cells: tuple[MapCell, ...]
    outlined: MapCell | None
    top: str


def heat_maps(picture: Picture) -> list[list[HeatMap]]:
    """Draw the maps of a picture in two rows: first the arguments, then the answers.

    Maps of one scale share their colours, so that equal colours mean equal values. They share the format of their
    numbers as well.
    """
    panels: list[Panel] = picture.data["panels"]
    finite: dict[str, list[float]] = {panel["scale"]: [] for panel in panels}
    for panel in panels:
        finite[panel["scale"]] += [value for row in panel["values"] for value in row if math.isfinite(value)]
    tops = {scale: max(map(abs, values), default=0.0) for scale, values in finite.items()}
    formats = {scale: number_format(values) for scale, values in finite.items()}
    last = {panel["scale"]: panel["name"] for panel in panels}
    rows: list[list[HeatMap]] = [[], []]
    for panel in panels:
        heat_map = _heat_map(panel, tops[panel["scale"]] or 1.0, formats[panel["scale"]])
        has_legend = panel["name"] == last[panel["scale"]] and tops[panel["scale"]]
        row = rows[panel["scale"] in ("answer", "difference")]
        row.append(heat_map if has_legend else replace(heat_map, top=""))
    return [row for row in rows if row]


def _heat_map(panel: Panel, top: float, text_of: Callable[[float], str]) -> HeatMap:
    values = panel["values"]
    numbered = len(values[0]) <= MAX_NUMBERED_COLUMNS
    width, height = NUMBERED_CELL if numbered else (max(PLAIN_CELL, PLAIN_WIDTH // len(values[0])),) * 2
    texts = [[text_of(value) if numbered else "" for value in row] for row in values]
    width = max(width, CHARACTER_WIDTH * max(len(text) for row in texts for text in row) + 8 if numbered else 0)
    rows = [
        [
            MapCell(x * width, y * height, colour(value, top), text, abs(value) > 0.6 * top)
            for x, (value, text) in enumerate(zip(row, row_texts, strict=True))
        ]
        for y, (row, row_texts) in enumerate(zip(values, texts, strict=True))
    ]
    outlined, text = None, values_text(values, text_of)
    if panel["marked"] is not None:
        row, column = panel["marked"]
        outlined, text = rows[row][column], f"{text}; outlined: {text_of(values[row][column])}"
    return HeatMap(
        name=panel["name"],
        shape=panel["shape"],
        cut=panel["cut"],
        text=text,
        width=width * len(values[0]),
        height=height * len(values),
        cell_size=(width, height),
        cells=tuple(cell for row in rows for cell in row),
        outlined=outlined,
        top=number(top),
    )


def values_text(values: Sequence[Sequence[float]], text_of: Callable[[float], str] | None = None) -> str:
    """Write a map as text: row by row, or only its size and its limits if it is large."""
    rows, columns = len(values), len(values[0])
    finite = [value for row in values for value in row if math.isfinite(value)]
    text_of = text_of or number_format(finite)
    if rows * columns <= MAX_NUMBERS:
        return "; ".join(" ".join(map(text_of, row)) for row in values)
    return f"{rows} × {columns} values" + (f" from {text_of(min(finite))} to {text_of(max(finite))}" if finite else "")


def number_format(values: Sequence[float]) -> Callable[[float], str]:
    """Give one format for all these numbers: whole, with a fixed number of decimals, or as a power of ten."""
    top = max(map(abs, values), default=0.0)
    if top < 1e5 and all(value == int(value) for value in values):
        code = ".0f"
    elif 1e-3 <= top < 1e5:
        code = f".{max(1, 2 - math.floor(math.log10(top)))}f"
    else:
        code = ".1e"
    return lambda value: _signed(f"{value or 0.0:{code}}")


def colour(value: float, top: float) -> str:
    """Give the colour of a value on a scale from `-top` over 0 to `top`; nan is grey."""
    if math.isnan(value):
        return _hex(GREY)
    share = min(1.0, max(-1.0, value / top))
    end = RED if share > 0 else BLUE
    return _hex([round(white + (full - white) * abs(share)) for white, full in zip(WHITE, end, strict=True)])


def number(value: float) -> str:
    """Format a number in at most five characters and a sign: `−3`, `0.25`, `1e−7`, `nan`."""
    text = f"{value:.0f}" if 100 <= abs(value) < 1e5 else f"{value:.3g}"
    text = f"{value:.0e}" if len(text.lstrip("-")) > 5 else text
    return _signed(text) if text != "-0" else "0"


def _signed(text: str) -> str:
    """Write a formatted number with a minus sign, and its power of ten without needless signs."""
    return text.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e").replace("-", "−")


@dataclass(frozen=True)
class ReceptiveField:
    """The receptive field after one layer, with two centred bars (x, width): the expected size, and the actual one."""

    layer: str
    expected: int
    got: int | None
    bars: tuple[tuple[float, float], tuple[float, float]]
    ticks: tuple[float, ...]


def receptive_fields(picture: Picture) -> list[ReceptiveField]:
    """Draw the rows of a picture of receptive fields."""
    rows: list[FieldRow] = picture.data["rows"]
    widest = max(max(row["expected"], row["got"] or 0) for row in rows) or 1
    value_width = min(MAX_VALUE_WIDTH, FIELD_WIDTH / widest)
    return [_receptive_field(row, value_width) for row in rows]


def _receptive_field(row: FieldRow, value_width: float) -> ReceptiveField:
    def bar(count: int | None) -> tuple[float, float]:
        width = value_width * (count or 0)
        return round((FIELD_WIDTH - width) / 2, 2), round(width, 2)

    expected, got = row["expected"], row["got"]
    ticks: tuple[float, ...] = ()
    if value_width >= TICK_WIDTH:
        ticks = tuple(round(bar(expected)[0] + value_width * place, 2) for place in range(1, expected))
    return ReceptiveField(row["layer"], expected, got, (bar(expected), bar(got)), ticks)


@dataclass(frozen=True)
class WindowBar:
    """A window over an axis, from x pixels on, and what is to be said about it."""

    first: int
    x: int
    word: str


@dataclass(frozen=True)
class Windows:
    """Windows below the values of an axis: the x of each value, and whether it is padding."""

    width: int
    window_width: int
    values: tuple[tuple[int, bool], ...]
    bars: tuple[WindowBar, ...]


def windows(picture: Picture) -> Windows:
    """Draw the rows of a picture of windows, one below the other."""
    rows: list[WindowRow] = picture.data["rows"]
    size, kernel_size, padding = (picture.data[name] for name in ("size", "kernel_size", "padding"))
    firsts = [row["first"] for row in rows]
    start, end = min(-padding, *firsts), max(size + padding, *(first + kernel_size for first in firsts))
    values = [(value, not 0 <= value < size) for value in range(-padding, size + padding)]
    return Windows(
        width=(end - start) * VALUE_SIDE,
        window_width=kernel_size * VALUE_SIDE,
        values=tuple(((value - start) * VALUE_SIDE, is_padding) for value, is_padding in values),
        bars=tuple(WindowBar(row["first"], (row["first"] - start) * VALUE_SIDE, _window_word(row)) for row in rows),
    )


def _window_word(row: WindowRow) -> str:
    return "right" if row["expected"] and row["got"] else "missing" if row["expected"] else "not expected"


def image_strips(attempt: Attempt) -> Iterator[tuple[str, str, int, int]]:
    """Yield the image rows of a training: caption, data URL, width and height in pixels."""
    for name, images in attempt.pictures.items():
        yield CAPTIONS.get(name, name), *strip([np.clip(image, 0.0, 1.0) for image in images])


def map_strips(attempt: Attempt) -> Iterator[tuple[str, str, int, int]]:
    """Yield the maps of a trained network like `image_strips`; each runs from black (smallest) to white (largest)."""
    for name, maps in attempt.maps.items():
        yield name, *strip([_stretched(one) for one in maps[:MAX_MAPS]])


def strip(images: Sequence[NDArray[Any]]) -> tuple[str, int, int]:
    """Put images (height, width) beside each other with a transparent gap of one pixel, and enlarge them."""
    height, width = images[0].shape
    row = np.zeros((height, len(images) * (width + 1) - 1, 2), np.uint8)
    for place, image in enumerate(images):
        start = place * (width + 1)
        row[:, start : start + width, 0] = np.round(255 * np.nan_to_num(image))
        row[:, start : start + width, 1] = 255
    times = max(1, round(STRIP_HEIGHT / height))
    return png(row), row.shape[1] * times, row.shape[0] * times


def _stretched(image: NDArray[Any]) -> NDArray[np.float64]:
    """Scale a map to [0, 1]; a constant map, and one without finite values, becomes 0."""
    values = np.nan_to_num(np.asarray(image, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    with np.errstate(all="ignore"):
        width = values.max() - values.min()
        return (values - values.min()) / width if width > 0 else np.zeros_like(values)


def png(pixels: NDArray[np.uint8]) -> str:
    """Encode pixels (height, width, 2 or 4), grey or colours and opacity, as the data URL of a PNG image."""
    height, width, channels = pixels.shape

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, {2: 4, 4: 6}[channels], 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    return f"data:image/png;base64,{base64.b64encode(file).decode()}"


def _hex(parts: Sequence[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)
