"""Exams are kept, and their parts are made when somebody needs them, or all at once."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam import cache_folder, encode_exam, exam_for
from autograder.exam.build import build_exam
from autograder.exam.later import Later
from autograder.exam.subset import exercise_named
from autograder.model import Exam
from tests.support.commands import run_grade
from tests.support.submissions import write_all

PARTS = {
    "__init__.py": '"""Parts"""\n\nsections = ("parts",)\n',
    "parts.py": '''"""Parts"""

import torch
from torch import nn
from autograder.author import case, check, forward, matches, misconception, reference


@reference(points=1)
def half(n: int) -> int:
    """Half of it"""
    return n // 2


@check(half, points=1, compare=matches())
def half_of_it(draw):
    """Half of a number"""
    yield case(7)


@misconception(half)
def rounded(n: int) -> int:
    """Half of a number is rounded down."""
    return round(n / 2)


@reference(points=1)
class Block(nn.Module):
    """A block"""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 3, padding=1)

    def forward(self, x):
        return self.conv(x).relu()


@check(Block, points=1, ask=forward, compare=matches())
def block_values(draw):
    """The block's values"""
    yield case().on(draw.normal(1, 1, 4, 4))


@misconception(Block)
class no_relu(nn.Module):
    """A ReLU is missing."""

    def __init__(self):
        super().__init__()
        self.conv = nn.Conv2d(1, 1, 3, padding=1)

    def forward(self, x):
        return self.conv(x)


@reference(points=1)
class Net(nn.Module):
    """Two blocks"""

    def __init__(self):
        super().__init__()
        self.first = Block()
        self.second = Block()

    def forward(self, x):
        return self.second(self.first(x))


@check(Net, points=1, ask=forward, compare=matches())
def net_values(draw):
    """The network's values"""
    yield case().on(draw.normal(1, 1, 4, 4))


@misconception(Net)
class first_only(nn.Module):
    """Both blocks are used."""

    def __init__(self):
        super().__init__()
        self.first = Block()
        self.second = Block()

    def forward(self, x):
        return self.first(x)
''',
}


@pytest.fixture
def course(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Course:
    """A course of three exercises, one of which uses another's class, with a cache of its own."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    write_all(tmp_path / "course/reference/sheet", PARTS)
    return Course(tmp_path / "course")


def files() -> set[str]:
    """The names of the files that are kept."""
    return {path.name for path in cache_folder().rglob("*") if path.is_file()}


def same(one: Exam, other: Exam) -> bool:
    """Whether two exams hold the same, but for digest and versions."""
    plain = (encode_exam(Exam("", "", 0, "", {}, exam.sections)) for exam in (one, other))
    return len(set(plain)) == 1


def test_parts_are_made_for_the_exercise_that_is_looked_at_and_kept(course: Course) -> None:
    exam = exam_for(course, "sheet", 0)
    assert files() == {"outline.exam"}
    assert [len(check.items) for check in exercise_named(exam, "half").checks] == [1]
    assert files() == {"outline.exam", "half.questions.exam"}
    assert [wrong.name for wrong in exercise_named(exam, "half").misconceptions] == ["rounded"]
    assert files() == {"outline.exam", "half.questions.exam", "half.misconceptions.exam"}
    net = exercise_named(exam, "Net")
    assert (len(net.checks[0].items[0].traces), list(net.uses)) == (1, ["Block"])
    assert files() >= {"Net.questions.exam", "Net.traces.exam"}

    write_all(course.folder / "reference/sheet", {"parts.py": PARTS["parts.py"].replace("n // 2", "n // 2 + 0")})
    changed = exam_for(course, "sheet", 0)
    assert changed.digest != exam.digest
    assert len(list(cache_folder().iterdir())) == 2


def test_exam_is_the_same_made_at_once_later_or_in_one_process(course: Course, monkeypatch: pytest.MonkeyPatch) -> None:
    built = build_exam(course, "sheet", 0, "", {})
    inherited = exercise_named(built, "Net").inherited
    assert [(one.exercise, one.misconception, len(one.ways)) for one in inherited] == [("Block", "no_relu", 1)]
    later = exam_for(course, "sheet", 0)
    steps: list[tuple[int, int]] = []

    def progress(step: int, of: int) -> None:
        steps.append((step, of))

    whole = exam_for(course, "sheet", 0, progress=progress, whole=True)
    assert [step for step, _ in steps] == [1, 2, 3, 6, 7, 8, 9, 10, 11, 12]  # two exercises use no class
    assert {of for _, of in steps} == {12}
    assert files() >= {"half.misconceptions.exam", "Net.misconceptions.exam", "Net.inherited.exam"}
    assert same(built, later)
    assert same(built, whole)
    steps.clear()
    assert same(built, exam_for(course, "sheet", 0, progress=progress, whole=True))
    assert steps == []  # nothing was made
    monkeypatch.setattr("autograder.exam.parts.usable_cores", lambda: 1)
    assert same(build_exam(course, "sheet", 1, "", {}), exam_for(course, "sheet", 1, whole=True))


@pytest.mark.parametrize("cores", [1, 2])
def test_all_contradictions_of_misconceptions_are_named(
    course: Course, monkeypatch: pytest.MonkeyPatch, cores: int
) -> None:
    monkeypatch.setattr("autograder.exam.parts.usable_cores", lambda: cores)
    monkeypatch.setattr("autograder.exam.mistakes.SLOW", 0.05)
    endless = PARTS["parts.py"].replace("return round(n / 2)", "while True: n = 0")
    if cores > 1:  # the processes of the pool have the usual limit
        endless = endless.replace("@reference(points=1)", "@reference(points=1, seconds=0.1)")
    endless = endless.replace("return self.first(x)", "while True: x = x")
    write_all(course.folder / "reference/sheet", {"parts.py": endless})
    with pytest.raises(CourseError, match=r"(?s)2 faults:.*(rounded, a misc.*first_only, a|first_only, a.*rounded, a)"):
        exam_for(course, "sheet", 0, whole=True)


def test_work_needs_no_more_than_what_is_asked(course: Course) -> None:
    work = course.folder / "work"
    write_all(work, {"parts.py": "def half(n):\n    return n // 2\n\n\ndef Block():\n    raise NotImplementedError\n"})
    assert "1/3" in run_grade(course.folder, "sheet", work).stdout
    assert files() == {"outline.exam", "half.questions.exam"}
    write_all(work, {"parts.py": "def half(n):\n    return round(n / 2)\n"})
    assert "Half of a number is rounded down." in run_grade(course.folder, "sheet", work).stdout
    assert files() == {"outline.exam", "half.questions.exam", "half.misconceptions.exam"}


def test_what_was_not_used_for_long_goes_and_the_oldest_of_too_much(
    course: Course, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("autograder.exam.cache.MOST_KEPT", 100_000)
    for name, size, age in (("new", 30_000, 10), ("old", 30_000, 20), ("older", 30_000, 30), ("unused", 1, 40 * 86400)):
        write_all(cache_folder() / name, {"outline.exam": "x" * size})
        for path in (cache_folder() / name / "outline.exam", cache_folder() / name):
            os.utime(path, (time.time() - age, time.time() - age))
    write_all(cache_folder(), {"a.mutants": "x" * 10})
    exam_for(course, "sheet", 0)
    left = {path.name.partition("-")[0] for path in cache_folder().iterdir()}
    assert left == {"new", "old", "a.mutants", "sheet"}


def test_later_is_made_once_and_raises_where_it_is_looked_at() -> None:
    made: list[int] = []

    def make() -> list[int]:
        made.append(1)
        return [3, 1, 2]

    numbers = Later(make)
    assert not made
    assert (list(numbers), numbers[0], numbers[1:], len(numbers), made) == ([3, 1, 2], 3, (1, 2), 3, [1])
    with pytest.raises(CourseError, match="twice"):
        len(Later(lambda: (_ for _ in ()).throw(CourseError("twice"))))
