"""The data of a figure: what a page can draw of it is read, and everything else is left out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.grading import grade
from autograder.judge.figure import LARGEST_IMAGE, MOST_AXES, MOST_POINTS, ShownFigure, read_figure
from autograder.model import Picture, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import checks_of
from tests.support.small_course import exam_of

LINE = {"x": np.array([1.0, 2.0]), "y": np.array([3.0, 4.0]), "label": "loss"}
IMAGE = {"array": np.array([[0.0, 1.0]]), "vmin": 0.0, "vmax": 1.0, "cmap": "gray"}
REFERENCE = '''\
"""Figures"""

from matplotlib.figure import Figure

from autograder.author import case, check, figure, reference
from autograder.judge.rules import comparator

from .judging import same_lines


@reference(points=2)
def curve(losses):
    """A curve."""
    drawing = Figure()
    axes = drawing.subplots()
    axes.plot(range(1, len(losses) + 1), losses, label="loss")
    axes.set_title("Loss")
    return drawing


@check(curve, points=1, ask=figure(report=("title", "lines")), compare=same_lines)
def line(draw):
    """The curve is drawn"""
    yield case([0.5, 0.25])


@check(curve, points=1, ask=figure(report=("title",)))
def title(draw):
    """The title is there"""
    yield case([0.5, 0.25])
'''
JUDGING = '''\
"""Comparators."""

from autograder.judge.rules import comparator


@comparator(by_value=True)
def same_lines(expected, actual):
    """The same lines."""
    right, got = expected["axes"][0]["lines"], actual["axes"][0]["lines"]
    return None if [one["x"].tolist() for one in right] == [one["x"].tolist() for one in got] else "another line"
'''
WORK = """
from matplotlib import pyplot
def curve(losses):
    drawing, axes = pyplot.subplots()
    axes.plot(range(len(losses)), losses)
    axes.set_title("Loss")
    return drawing
"""


def only_axes(**described: Any) -> Any:
    found = read_figure({"axes": [{"lines": [LINE], **described}]})
    assert found is not None
    return found.axes[0]


@pytest.mark.parametrize(
    "answer",
    [
        *(None, 3, "axes", [], {}, {"axes": None}, {"axes": "abc"}, {"axes": [None, 7, "x", []]}),
        *({"axes": [{"title": "only a title"}]}, {"axes": [{"lines": "abc", "images": 5, "points": {}, "bars": None}]}),
    ],
)
def test_what_is_no_figure_is_not_drawn(answer: Any) -> None:
    assert read_figure(answer) is None


@pytest.mark.parametrize(
    "line",
    [
        *(None, 7, {}, {"x": 1, "y": 2}, {"x": [1], "y": [2]}, {**LINE, "x": np.array(["a", "b"])}),
        *({**LINE, "x": np.array([1.0])}, {**LINE, "x": np.ones((2, 2))}, {**LINE, "y": np.array([np.nan, np.inf])}),
    ],
)
def test_line_of_no_numbers_is_left_out(line: Any) -> None:
    assert len(only_axes(lines=[line, LINE]).lines) == 1


@pytest.mark.parametrize(
    "image",
    [
        *(
            None,
            "x",
            {},
            {**IMAGE, "array": [[1]]},
            {**IMAGE, "array": np.ones(3)},
            {**IMAGE, "array": np.ones((2, 0))},
        ),
        *({**IMAGE, "array": np.ones((2, 2, 2))}, {**IMAGE, "array": np.array([["a"]])}),
    ],
)
def test_image_of_no_numbers_is_left_out(image: Any) -> None:
    assert only_axes(images=[image]).image is None


@pytest.mark.parametrize("limit", [None, "1", np.ones(2), 10**400, float("inf"), 1e305])
def test_limit_that_is_no_number_is_nan(limit: Any) -> None:
    image = only_axes(images=[{**IMAGE, "vmin": limit}]).image
    assert np.isnan(image.low)
    assert image.high == 1.0


def test_large_parts_are_thinned_and_cut() -> None:
    many = {"x": np.arange(1e5), "y": np.arange(1e5), "label": "x" * 10**6}
    axes = only_axes(lines=[many], images=[{**IMAGE, "array": np.zeros((1000, 300))}], title="t" * 10**6)
    assert len(axes.lines[0].x) <= MOST_POINTS
    assert max(axes.image.values.shape) <= LARGEST_IMAGE
    assert max(len(axes.title), len(axes.lines[0].label)) < 1000
    found = read_figure({"axes": [{"lines": [LINE]}] * (MOST_AXES + 3)})
    assert found is not None
    assert (len(found.axes), found.hidden_axes) == (MOST_AXES, 3)


@pytest.mark.parametrize(
    ("places", "titles"),
    [
        ([[1, 0], [0, 1], [0, 0]], ["c", "b", "a"]),  # in the order of reading
        ([[0, 0], [0, 0], [0, 1]], ["a", "b", "c"]),  # two at one place
        ([[0, 0], None, "ab"], ["a", "b", "c"]),
        ([[0, 0], [-1, 10**9], [0.5, True]], ["a", "b", "c"]),
    ],
)
def test_axes_stand_in_the_order_of_reading(places: list[Any], titles: list[str]) -> None:
    described = [{"title": title, "lines": [LINE], "place": place} for title, place in zip("abc", places, strict=True)]
    found = read_figure({"axes": described})
    assert found is not None
    assert [axes.title for axes in found.axes] == titles


def pictures_of(sandbox: Sandbox, folder: Path, work: str) -> Mapping[str, Picture | None]:
    package = folder / "reference/exercise7"
    package.mkdir(parents=True)
    (package / "judging.py").write_text(JUDGING, encoding="utf-8")
    submission = Submission("student", (SourceFile("work.py", (work,)),))
    result = grade(exam_of(folder, REFERENCE), submission, sandbox, pictures=True)
    return {check.name: check.picture for check in checks_of(result)}


def test_wrong_figure_stands_beside_an_expected_one(sandbox: Sandbox, tmp_path: Path) -> None:
    pictures = pictures_of(sandbox, tmp_path, WORK)
    picture = pictures["line"]
    assert picture is not None
    expected, got = picture.data["expected"], picture.data["got"]
    assert isinstance(expected, ShownFigure)
    assert [expected.axes[0].lines[0].x, got.axes[0].lines[0].x] == [(1, 2), (0, 1)]
    assert [got.axes[0].title, got.axes[0].lines[0].y] == ["Loss", (0.5, 0.25)]
    assert pictures["title"] is None  # nothing but a text, which the feedback shows


def test_right_figure_is_shown_once_and_alone(sandbox: Sandbox, tmp_path: Path) -> None:
    pictures = pictures_of(sandbox, tmp_path, WORK.replace("range(len(losses))", "range(1, len(losses) + 1)"))
    picture = pictures["line"]
    assert picture is not None
    assert picture.data["expected"] is None
    assert picture.data["got"].axes[0].lines[0].x == (1, 2)
    assert pictures["title"] is None
