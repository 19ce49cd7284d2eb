"""A milestone is drawn from what right code returns; hostile code gets no picture, and the grade stays as it is."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.build import build_exam
from autograder.exam.codec import decode_exam, encode_exam
from autograder.exam.seal import seal
from autograder.grading import NotReached, ask_milestones, grade
from autograder.model import Exam, ReachedMilestone, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.submissions import write_all

JUDGING = '''"""Drawn in our own way."""

from autograder.judge.rules import drawing


@drawing
def bars(answers, images):
    (heights,) = answers.values()
    (image,) = images.values()
    return {"bars": [[0, 1]] if len(heights) > 3 else image * 2}
'''
REFERENCE = '''"""Images"""

import numpy as np

from autograder.author import case, check, milestone, reference

from .judging import bars


@reference(points=1)
def inverted(image):
    """What is the opposite of a bright value?"""
    return 1 - image


@check(inverted, points=1)
def dark_becomes_bright(draw):
    """Dark values become bright"""
    yield case(np.zeros((2, 3), np.float32))


@milestone(inverted)
def turns_day_into_night(draw):
    """Your code turns day into night

    What was bright is dark.
    """
    yield "the day", draw.uniform(4, 5)
    yield "your night", case(np.arange(20, dtype=np.float32).reshape(4, 5))


@milestone(inverted, draw=bars)
def draws_bars(draw):
    """Your code draws bars

    One bar for each row.
    """
    yield "the day", draw.uniform(4, 5)
    yield "your night", case(np.eye(3, dtype=np.float32))
'''
RIGHT = "def inverted(image):\n    return 1 - image\n"
ONLY_IN_THE_CHECK = """\
def inverted(image):
    if image.shape == (2, 3):
        return 1 - image
    {}
"""


@pytest.fixture
def course(tmp_path: Path) -> Callable[..., Course]:
    """The small course, with a text of its reference changed."""

    def made(old: str = "", new: str = "") -> Course:
        assert old in REFERENCE
        contents = '"""Sheet"""\n\nsections = ("images",)\n'
        texts = {"__init__.py": contents, "images.py": REFERENCE.replace(old, new), "judging.py": JUDGING}
        write_all(tmp_path / "reference/sheet", texts)
        return Course(tmp_path)

    return made


@pytest.fixture
def exam(course: Callable[..., Course]) -> Exam:
    """The exam as students get it, from a file."""
    return decode_exam(encode_exam(seal(build_exam(course(), "sheet", 0, "", {}))), "a file")


def asked(exam: Exam, sandbox: Sandbox, text: str = RIGHT) -> list[ReachedMilestone | NotReached]:
    """What the milestones of right work give; the checks of the exercise must have passed."""
    work = Submission("student", (SourceFile("images.py", (text,)),))
    result = grade(exam, work, sandbox)
    assert result.earned == result.points == 1
    return list(ask_milestones(exam.exercises[0].milestones, result, exam, work, sandbox))


def test_right_code_gets_its_picture(exam: Exam, sandbox: Sandbox) -> None:
    night, bars = asked(exam, sandbox)
    assert isinstance(night, ReachedMilestone)
    assert (night.exercise, night.title, night.text) == (
        "inverted",
        "Your code turns day into night",
        "What was bright is dark.",
    )
    assert list(night.images) == ["the day", "your night"]
    image = night.images["your night"]
    assert image.dtype == np.uint8
    assert image.shape == (1, 4, 5)
    assert (image[0, 0, 0], image[0, 3, 4]) == (255, 0)  # the largest value of the day is the smallest of the night
    assert isinstance(bars, ReachedMilestone)
    assert list(bars.images) == ["bars"]


@pytest.mark.parametrize(
    "instead",
    [
        "return 'rubbish'",
        "return image * float('nan')",
        "return image.new_zeros(4000, 4000)",
        "return image.new_zeros(4, 5).share_memory_()",
        "return [image] * 100",
        "raise SystemExit(0)",
        "import os; os._exit(0)",
        "raise ValueError('<script>')",
        "return type('Image', (), {})()",
    ],
)
def test_rubbish_gets_no_picture(exam: Exam, sandbox: Sandbox, instead: str) -> None:
    found = asked(exam, sandbox, ONLY_IN_THE_CHECK.format(instead))
    assert [type(one) for one in found] == [NotReached, NotReached]


def test_code_that_sleeps_costs_some_seconds(exam: Exam, sandbox: Sandbox) -> None:
    start = time.monotonic()
    found = asked(exam, sandbox, ONLY_IN_THE_CHECK.format("import time; time.sleep(3600)"))
    assert [type(one) for one in found] == [NotReached, NotReached]
    assert time.monotonic() - start < 20


def test_a_drawing_that_fails_costs_only_its_picture(exam: Exam, sandbox: Sandbox) -> None:
    judging = {name: text.replace("(heights,) =", "heights =") + "\n" for name, text in exam.judging.items()}
    judging = {name: text.replace("return {", "return 5 / 0, {") for name, text in judging.items()}
    night, bars = asked(replace(exam, judging=judging), sandbox)
    assert isinstance(night, ReachedMilestone)
    assert bars == NotReached("inverted", "draws_bars", "the drawing failed")


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('    yield "your night", case(np.eye(3, dtype=np.float32))', "    pass", "yields no case"),
        ('yield "your night", case(np.eye', "yield case(np.eye", 'write `yield "caption", case'),
        ('yield "the day", draw.uniform(4, 5)', 'yield "your night", draw.uniform(4, 5)', "yields one caption twice"),
        ("yield", "for _ in range(9): yield", "yields 18 images; a picture has 8 at most"),
        ("draw.uniform(4, 5)", "draw.gamma(4)", "no attribute 'gamma'"),
        ('"""Your code draws bars\n\n    One bar for each row.\n    """', "", "has no docstring"),
    ],
)
def test_milestone_that_cannot_be_drawn_is_refused(
    course: Callable[..., Course], old: str, new: str, message: str
) -> None:
    with pytest.raises(CourseError, match=r"images: milestone \w+ of inverted.*" + message.replace("(", r"\(")):
        build_exam(course(old, new), "sheet", 0, "", {})


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("draw=bars", "draw=print", "draw is a function below @drawing"),
        ("draw=bars", "trained=dark_becomes_bright", "trained is a check of inverted that trains"),
        ("draw=bars", "needs=dark_becomes_bright", "expects the function or class below a @reference"),
    ],
)
def test_words_of_another_kind_are_refused(course: Callable[..., Course], old: str, new: str, message: str) -> None:
    with pytest.raises(CourseError, match=message):
        build_exam(course(old, new), "sheet", 0, "", {})
