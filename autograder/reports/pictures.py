"""The pictures of a grade as shapes and colours: heat maps, how far layers see, images; the templates draw them.

Colours are attributes of shapes, never styles, so that the policy of a page may forbid these. A map has the same
colours on light and on dark paper: blue below 0, white at 0, red above.
"""

from __future__ import annotations

import base64
import math
import struct
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.model import Attempt, Picture

MOST_NUMBERS = 9  # columns of a map whose cells hold their numbers
WIDE, HIGH, SMALL = 36, 26, 11  # pixels of a cell with a number in it, and of the sides of one without
BLUE, WHITE, RED, LOST = (33, 102, 172), (247, 247, 247), (178, 24, 43), (128, 128, 128)
REACH_WIDTH = 300
CALLED = {"theirs": "what the network makes of them"}
MAPS = 8  # beside each other
STRIP = 56  # pixels that an image is high, about
PIXEL = 10  # pixels that one value of a receptive field takes at most


@dataclass(frozen=True)
class Cell:
    """One value of a map: where it stands, its colour, its number if there is room, and whether that is light."""

    x: int
    y: int
    colour: str
    text: str
    light: bool


@dataclass(frozen=True)
class HeatMap:
    """One map. `marked` is the cell with an outline; colours run from `-top` to `top`, which is told once a scale."""

    name: str
    cut: str
    width: int
    height: int
    cell: tuple[int, int]
    cells: tuple[Cell, ...]
    marked: Cell | None
    top: str


def heat_maps(picture: Picture) -> list[list[HeatMap]]:
    """The maps of a picture in two rows, arguments and answers.

    Those of one scale share their colours, so that equal colours are equal values.
    """
    panels = picture.data["panels"]
    tops: dict[str, float] = {}
    for panel in panels:
        finite = [abs(value) for row in panel["values"] for value in row if math.isfinite(value)]
        tops[panel["scale"]] = max([tops.get(panel["scale"], 0.0), *finite])
    last = {panel["scale"]: panel["name"] for panel in panels}
    rows: list[list[HeatMap]] = [[], []]
    for panel in panels:
        drawn = _heat_map(panel, tops[panel["scale"]] or 1.0)
        told = drawn if panel["name"] == last[panel["scale"]] and tops[panel["scale"]] else replace(drawn, top="")
        rows[panel["scale"] in ("answer", "difference")].append(told)
    return [row for row in rows if row]


def _heat_map(panel: Mapping[str, Any], top: float) -> HeatMap:
    values = panel["values"]
    numbers = len(values[0]) <= MOST_NUMBERS
    width, height = (WIDE, HIGH) if numbers else (SMALL, SMALL)
    rows = [
        [
            Cell(x * width, y * height, colour(value, top), number(value) if numbers else "", abs(value) > 0.6 * top)
            for x, value in enumerate(row)
        ]
        for y, row in enumerate(values)
    ]
    marked = None if panel["marked"] is None else rows[panel["marked"][0]][panel["marked"][1]]
    return HeatMap(
        name=panel["name"],
        cut=panel["cut"],
        width=width * len(values[0]),
        height=height * len(values),
        cell=(width, height),
        cells=tuple(cell for row in rows for cell in row),
        marked=marked,
        top=number(top),
    )


def colour(value: float, top: float) -> str:
    """The colour of a value on a scale from `-top` over 0 to `top`; grey for what is no number."""
    if math.isnan(value):
        return _hex(LOST)
    share = min(1.0, max(-1.0, value / top))
    end = RED if share > 0 else BLUE
    return _hex([round(white + (full - white) * abs(share)) for white, full in zip(WHITE, end, strict=True)])


def number(value: float) -> str:
    """A number in at most five characters and a sign: `−3`, `0.25`, `1e−7`, `nan`."""
    if not math.isfinite(value):
        return str(value).replace("-", "−")
    text = f"{value:.0f}" if 100 <= abs(value) < 1e5 else f"{value:.3g}"
    text = f"{value:.0e}" if len(text.lstrip("-")) > 5 else text
    text = text.replace("e-0", "e-").replace("e+0", "e").replace("e+", "e")
    return text.replace("-", "−") if text != "-0" else "0"


@dataclass(frozen=True)
class Reach:
    """How far one layer sees: rectangles (x, width) for what was expected and what came, around one middle."""

    layer: str
    expected: int
    got: int | None
    bars: tuple[tuple[float, float], tuple[float, float]]
    ticks: tuple[float, ...]


def reaches(picture: Picture) -> list[Reach]:
    """The rows of a picture of receptive fields; a row that is too wide for single values has no ticks."""
    rows = picture.data["rows"]
    widest = max(max(row["expected"], row["got"] or 0) for row in rows) or 1
    unit = min(PIXEL, REACH_WIDTH / widest)

    def bar(count: int | None) -> tuple[float, float]:
        length = unit * (count or 0)
        return round((REACH_WIDTH - length) / 2, 2), round(length, 2)

    def told(row: Mapping[str, Any]) -> Reach:
        expected, got = row["expected"], row["got"]
        ticks: tuple[float, ...] = ()
        if unit >= 4:
            ticks = tuple(round(bar(expected)[0] + unit * place, 2) for place in range(1, expected))
        return Reach(row["layer"], expected, got, (bar(expected), bar(got)), ticks)

    return [told(row) for row in rows]


def image_strips(attempt: Attempt) -> Iterator[tuple[str, str, int, int]]:
    """Rows of images of a training, each with its name, its address as data, and its size in pixels."""
    for name, images in attempt.pictures.items():
        yield CALLED.get(name, name), *_strip([np.clip(image, 0.0, 1.0) for image in images])


def map_strips(attempt: Attempt) -> Iterator[tuple[str, str, int, int]]:
    """The maps of a trained network in the same way, each from its smallest value in black to its largest in white."""
    for name, maps in attempt.maps.items():
        yield name, *_strip([_stretched(one) for one in maps[:MAPS]])


def _strip(images: Sequence[Any]) -> tuple[str, int, int]:
    """Images beside each other with a gap of one clear pixel, enlarged to a readable size."""
    height, width = images[0].shape
    row = np.zeros((height, len(images) * (width + 1) - 1, 2), np.uint8)
    for place, image in enumerate(images):
        start = place * (width + 1)
        row[:, start : start + width, 0] = np.round(255 * np.nan_to_num(image))
        row[:, start : start + width, 1] = 255
    times = max(1, round(STRIP / height))
    return png(row), row.shape[1] * times, row.shape[0] * times


def _stretched(image: Any) -> Any:
    """A map from its smallest value at 0 to its largest at 1; one that is constant, or holds no number, at 0."""
    values = np.nan_to_num(np.asarray(image, np.float64), nan=0.0, posinf=0.0, neginf=0.0)
    with np.errstate(all="ignore"):
        width = values.max() - values.min()
        return (values - values.min()) / width if width > 0 else np.zeros_like(values)


def png(pixels: Any) -> str:
    """An array of bytes (height, width, 2), grey and opacity, as the address of a PNG image that holds it."""
    height, width, _ = pixels.shape

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    lines = b"".join(b"\0" + row.tobytes() for row in pixels)
    header = struct.pack(">IIBBBBB", width, height, 8, 4, 0, 0, 0)
    file = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(lines, 9)) + chunk(b"IEND", b"")
    return f"data:image/png;base64,{base64.b64encode(file).decode()}"


def _hex(parts: Sequence[int]) -> str:
    return "#" + "".join(f"{part:02x}" for part in parts)
