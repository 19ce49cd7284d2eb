"""Figures of matplotlib are asked in the sandbox, as what a reader sees in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.errors import CourseError
from autograder.grading import course_code, grade
from autograder.model import Exam, Returned, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''\
"""Figures"""

import numpy as np
from matplotlib import pyplot

from autograder.author import case, check, figure, reference


@reference(points=2)
def curves(losses):
    """Curves."""
    drawing, (left, right) = pyplot.subplots(1, 2)
    drawing.suptitle("Training")
    left.plot(np.arange(len(losses)), losses, label="loss")
    left.set_title("Loss")
    left.set_xlabel("epoch")
    left.set_yscale("log")
    left.legend()
    shown = right.imshow(np.outer(losses, losses), cmap="gray", vmin=0)
    right.axis("off")
    drawing.colorbar(shown)
    return drawing


@check(curves, points=1, ask=figure(report=("suptitle", "title", "xlabel", "ylabel", "axis", "legend")))
def texts(draw):
    """Titles and labels are there"""
    yield case(draw.uniform(4, low=1, high=2))


@check(curves, points=1, ask=figure(report=("yscale", "lines", "images", "colorbar")))
def data(draw):
    """The curve and the image are drawn"""
    yield case(draw.uniform(4, low=1, high=2))


@reference(points=1)
def counts(values):
    """Counts."""
    pyplot.bar([0, 1], values, label="n")
    pyplot.scatter([0, 1], values, label="_hidden")
    pyplot.show()


@check(counts, points=1, ask=figure)
def bars(draw):
    """Bars and points are drawn"""
    yield case([3, 4])
'''
CURVES = """
import matplotlib.pyplot as plt
import numpy as np

plt.plot([1, 2])

def curves(losses):
    fig, axes = plt.subplots(2)
    fig.suptitle("Training")
    axes[0].semilogy(losses, label="loss")
    axes[0].set(title="Loss", xlabel="epoch")
    axes[0].legend()
    plt.sca(axes[1])
    plt.imshow(np.outer(losses, losses), cmap="gray", vmin=0)
    plt.xlabel("not seen")
    plt.axis("off")
    plt.colorbar()
    {}
"""
COUNTS = """
import matplotlib.pyplot as plt

def counts(v):
    plt.scatter(range(2), v)
    plt.bar(range(2), v, label="n")
    {}
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


@pytest.mark.parametrize("end", ["return fig", "return axes", "return axes[1]", "return fig, axes", "plt.show()"])
def test_figure_is_found_however_it_is_given(sandbox: Sandbox, exam: Exam, end: str) -> None:
    feedback = feedback_of(sandbox, exam, CURVES.format(end) + COUNTS.format("plt.show()"))
    assert feedback == {"texts": "", "data": "", "bars": ""}


@pytest.mark.parametrize(
    ("old", "new", "check", "why"),
    [
        ('title="Loss"', 'title="loss"', "texts", "axes[0] title: expected 'Loss', got 'loss'"),
        ('plt.axis("off")', "pass", "texts", "axes[1] xlabel: expected '', got 'not seen'"),
        ("axes[0].legend()", "pass", "texts", "axes[0] legend: expected ['loss'], got []"),
        ("plt.subplots(2)", "plt.subplots(3)", "texts", "axes: expected 2 items, got 3"),
        ("semilogy", "plot", "data", "axes[0] yscale: expected 'log', got 'linear'"),
        ("semilogy(losses", "semilogy(losses * 2", "data", "axes[0] lines[0] y: expected ["),
        ('"gray"', '"hot"', "data", "axes[1] images[0] cmap: expected 'gray', got 'hot'"),
        ("plt.colorbar()", "pass", "data", "axes[1] colorbar: expected True, got False"),
    ],
)
def test_part_that_differs_is_named(sandbox: Sandbox, exam: Exam, old: str, new: str, check: str, why: str) -> None:
    work = CURVES.format("return fig")
    assert old in work
    assert why in feedback_of(sandbox, exam, work.replace(old, new))[check]


def test_closed_figure_is_explained(sandbox: Sandbox, exam: Exam) -> None:
    assert feedback_of(sandbox, exam, COUNTS.format("plt.close()"))["bars"] == (
        "failed: there is no figure after the call: return the figure, and do not close it"
    )


def test_grader_without_matplotlib_refuses_the_exam(
    sandbox: Sandbox, exam: Exam, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(course_code, "find_spec", lambda name: None)
    with pytest.raises(CourseError, match=r"the probe 'figure' \(check texts of curves\), which needs matplotlib: pip"):
        grade(exam, Submission("student", ()), sandbox)


def test_unknown_key_is_an_error_of_the_course(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match=r"figure reports suptitle, title, .*, not 'titel'"):
        exam_of(tmp_path, REFERENCE.replace('("suptitle", "title"', '("suptitle", "titel"'))


PLACES = '''\
"""Places"""

from matplotlib import pyplot

from autograder.author import case, check, figure, reference


@reference(points=1)
def grid(rows, columns):
    """A grid."""
    for number in range(rows * columns):
        pyplot.subplot(rows, columns, number + 1).set_title(str(number))


@check(grid, points=1, ask=figure(report=("place",)))
def places(draw):
    """Rows and columns are in order"""
    yield case(2, 3)
'''
BY_COLUMNS = """
import matplotlib.pyplot as plt

def grid(rows, columns):
    fig = plt.figure()
    for column in range(columns):
        for row in range(rows):
            number = row * columns + column
            fig.add_subplot(rows, columns, number + 1).set_title(str(number))
"""


def test_place_is_that_in_the_figure_not_the_order_of_making(sandbox: Sandbox, tmp_path: Path) -> None:
    exam = exam_of(tmp_path, PLACES)
    (item,) = exam.exercises[0].checks[0].items
    (expected,) = item.expected
    places = [{"place": [row, column]} for row in range(2) for column in range(3)]
    assert expected == Returned({"axes": places})
    assert feedback_of(sandbox, exam, BY_COLUMNS)["places"] == (
        "failed: grid(2, 3): axes[1] place: expected [0, 1], got [1, 0]"
    )
