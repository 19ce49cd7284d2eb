"""What `grade list` shows, read from the text of a reference or from a sealed exam."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from autograder.course import Course
from autograder.exam.seal import encode_sealed_exam
from autograder.handout import outline_of
from autograder.model import Exam
from tests.support.course import COURSE
from tests.support.submissions import write

SECTION = """
from autograder.author import misconception, reference, variable

answers = variable("answers", {"a": "b"}, points=1, hints="Read again.")


@reference(points=1)
def area(height, width):
    \"\"\"A product.\"\"\"
    return height * width


@misconception(area)
def added(height, width):
    \"\"\"Not a sum.\"\"\"
    return height + width


def pair(x):
    return x, x
"""


def test_reference_is_read_and_not_run(tmp_path: Path) -> None:
    write(tmp_path / "reference/areas/__init__.py", '"""Areas.\n\nMore.\n"""\nraise RuntimeError\n')
    write(tmp_path / "reference/areas/section/area.py", SECTION)
    write(tmp_path / "reference/areas/broken.py", "def (\n")
    outline = outline_of(Course(tmp_path), "areas")
    assert (outline.title, outline.exercises) == ("Areas", frozenset({"area", "answers"}))


def test_sealed_exam_has_the_same_exercises(tmp_path: Path, exam: Callable[[int], Exam]) -> None:
    (tmp_path / "exercise3.exam").write_bytes(encode_sealed_exam(exam(0), {}))
    assert outline_of(Course(tmp_path), "exercise3") == outline_of(COURSE, "exercise3")
