"""Every misconception of the reference is a submission that the exam refuses, and recognises by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.author.reading import read_reference
from autograder.model import Exam, ExerciseResult
from tests.support.course import COURSE, SUBMISSIONS
from tests.support.results import Graded

SECTIONS = read_reference(COURSE, "exercise3").sections
MISCONCEPTIONS = [
    (section.name, misconception.exercise.name, misconception.name)
    for section in SECTIONS
    for misconception in section.misconceptions
]
AUTHOR = """
class _Marked:
    def __init__(self, thing):
        self.right = self.wrong = thing

    def __call__(self, *args, **kwargs):
        return self.right(*args, **kwargs)


def reference(**settings):
    return _Marked


def check(exercise, **settings):
    return lambda cases: cases


misconception = alternative = lambda exercise: _Marked
case = make = CourseError = None
"""


def as_student_code(path: Path) -> str:
    """A module of the reference with the author's words replaced by ones that only mark things."""
    text = re.sub(r"^from autograder\.\w+ import .*$", AUTHOR, path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    return re.sub(r"^from \.(\w+) import", r"from key_\1 import", text, flags=re.MULTILINE)


KEY = {f"key_{path.name}": as_student_code(path) for path in COURSE.reference("exercise3").glob("[!_]*.py")}


def submission(section: str, exercise: str, misconception: str) -> dict[str, str]:
    """A file that hands in the wrong implementation under the exercise's name, and the key it is taken from."""
    lines = [
        f"from key_{section} import {misconception}",
        f"{exercise} = {misconception}.wrong",
        f"{exercise}.__name__ = {exercise}.__qualname__ = {exercise!r}",
    ]
    return {**KEY, f"{section}.py": "\n".join(lines)}


@pytest.fixture(scope="module")
def mistaken(graded: Graded) -> Callable[[tuple[str, str, str]], ExerciseResult]:
    """The result of one misconception; nothing is forbidden, since wrong implementations build on torch's own."""
    known: dict[tuple[str, str, str], ExerciseResult] = {}

    def result(misconception: tuple[str, str, str]) -> ExerciseResult:
        if misconception not in known:
            exercise = misconception[1]
            known[misconception] = graded(submission(*misconception), exercise, forbids=False)[exercise]
        return known[misconception]

    return result


@pytest.mark.parametrize("misconception", MISCONCEPTIONS, ids=".".join)
def test_misconception_is_refused_and_named(
    mistaken: Callable[[tuple[str, str, str]], ExerciseResult], misconception: tuple[str, str, str]
) -> None:
    refused = [check for check in mistaken(misconception).checks if check.verdict in ("failed", "raised")]
    assert {check.misconception for check in refused} - {""} == {misconception[2]}


def test_every_check_is_failed_by_a_mistake(
    mistaken: Callable[[tuple[str, str, str]], ExerciseResult], graded: Graded, exam: Callable[[int], Exam]
) -> None:
    results = [mistaken(misconception) for misconception in MISCONCEPTIONS]
    results += graded(SUBMISSIONS / "failed/rare_mistakes").values()
    failed = {(result.name, c.name) for result in results for c in result.checks if c.verdict in ("failed", "raised")}
    checks = {(exercise.name, c.name) for exercise in exam(0).exercises for c in exercise.checks if not c.measure}
    assert checks - failed == set()
