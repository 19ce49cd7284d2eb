"""Figures of students are drawn from their data: images in their own colours, lines on the scales of their axes."""

from __future__ import annotations

import base64
import io
import re
from typing import Any

import numpy as np
import pytest
from PIL import Image

from autograder.judge.figure import read_figure
from autograder.model import Picture
from autograder.reports.plots import PLOT_HEIGHT, PLOT_WIDTH, DrawnFigure, figures


def drawn(*axes: dict[str, Any], expected: dict[str, Any] | None = None) -> list[DrawnFigure]:
    got = read_figure({"axes": list(axes)})
    assert got is not None
    return list(figures(Picture("figure", "f()", {"expected": read_figure(expected), "got": got})))


def image_of(array: np.ndarray[Any, Any], **more: Any) -> dict[str, Any]:
    return {"images": [{"array": array, "vmin": 0.0, "vmax": 1.0, "cmap": "gray", **more}]}


def line_of(*pairs: tuple[float, float], **more: Any) -> dict[str, Any]:
    x, y = np.array(pairs).T
    return {"lines": [{"x": x, "y": y, "label": "loss"}], **more}


def pixels_of(figure: DrawnFigure) -> list[list[int]]:
    cell = figure.rows[0][0]
    assert cell is not None
    assert cell.image is not None
    image = Image.open(io.BytesIO(base64.b64decode(cell.image.address.partition(",")[2])))
    return [list(pixel) for pixel in np.array(image).reshape(-1, 4).tolist()]


def test_values_have_the_colours_of_their_map_and_limits() -> None:
    (figure,) = drawn(image_of(np.array([[0.0, 1.0, 7.0, np.nan]])))
    assert pixels_of(figure) == [[0, 0, 0, 255], [255] * 4, [255] * 4, [0, 0, 0, 0]]


@pytest.mark.parametrize("cmap", ["no such map", "", "<b>"])
def test_unknown_colour_map_becomes_that_of_matplotlib(cmap: str) -> None:
    values = np.array([[0.0, 1.0]])
    assert pixels_of(drawn(image_of(values, cmap=cmap))[0]) == pixels_of(drawn(image_of(values, cmap="viridis"))[0])


@pytest.mark.parametrize("limits", [(np.nan, np.nan), (1.0, 1.0), (2.0, 1.0)])
def test_limits_without_a_range_are_drawn(limits: tuple[float, float]) -> None:
    (figure,) = drawn(image_of(np.array([[0.0, 1.0]]), vmin=limits[0], vmax=limits[1]))
    assert len(pixels_of(figure)) == 2


def test_image_of_colours_is_shown_as_it_is() -> None:
    assert pixels_of(drawn(image_of(np.array([[[1.0, 0.0, 0.2]]])))[0]) == [[255, 0, 51, 255]]
    assert pixels_of(drawn(image_of(np.array([[[255, 0, 51, 7]]], np.uint8)))[0]) == [[255, 0, 51, 7]]


def test_text_of_an_image_has_its_numbers() -> None:
    cell = drawn(image_of(np.array([[-1.5, 2.0]]), vmin=-2.0, vmax=2.0))[0].rows[0][0]
    assert cell is not None
    assert cell.image is not None
    assert cell.image.text == "Image of 1 × 2, colours from −2 to 2, −1.50 2.00"


def plot_of(axes: dict[str, Any]) -> Any:
    cell = drawn(axes)[0].rows[0][0]
    assert cell is not None
    return cell.plot


def test_line_reaches_over_the_plane() -> None:
    plot = plot_of(line_of((1, 10), (3, 30), legend=["loss"]))
    assert plot.paths == ((f"M0.0 {PLOT_HEIGHT:.1f}L{PLOT_WIDTH:.1f} 0.0", 0),)
    assert (plot.x_limits, plot.y_limits) == (("1", "3"), ("10", "30"))
    assert (plot.legend, plot.text) == ((("loss", 0),), "loss: (1, 10), (3, 30)")


def test_logarithmic_axis_leaves_out_what_it_cannot_show() -> None:
    plot = plot_of(line_of((1, 0.01), (2, 0), (3, 1), (5, 100), yscale="log"))
    assert re.findall(r" ([\d.]+)", plot.paths[0][0]) == ["120.0", "60.0", "0.0"]
    assert plot.y_limits == ("0.01", "100")


@pytest.mark.parametrize("pairs", [[(1.0, 2.0)], [(0.0, 0.0)], [(1e299, -1e299), (-1e299, 1e299)]])
def test_strange_lines_are_drawn(pairs: list[tuple[float, float]]) -> None:
    assert "nan" not in plot_of(line_of(*pairs)).paths[0][0]


def test_bars_begin_at_zero() -> None:
    bars = [{"positions": np.array([0.0, 1.0]), "lengths": np.array([2.0, -2.0]), "label": ""}]
    marks = plot_of({"bars": bars}).marks
    assert [(mark.y, mark.height) for mark in marks] == [(0.0, 60.0), (60.0, 60.0)]


def test_rows_and_columns_are_those_of_the_figure() -> None:
    image = image_of(np.zeros((2, 2)))
    axes = [{**image, "title": name, "place": place} for name, place in (("a", [0, 0]), ("b", [1, 2]))]
    (figure,) = drawn(*axes)
    assert [[cell and cell.axes.title for cell in row] for row in figure.rows] == [["a", None], [None, "b"]]


def test_expected_figure_comes_first() -> None:
    image = image_of(np.zeros((2, 2)))
    assert [one.name for one in drawn(image, expected={"axes": [image]})] == ["expected (one way to draw it)", "yours"]
