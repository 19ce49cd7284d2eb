"""What a grade or the result of an exercise holds, by name."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

from autograder.model import CheckResult, ExerciseResult, Grade

Graded = Callable[..., dict[str, ExerciseResult]]
"""The type of the fixture `graded`."""
GradeChanged = Callable[..., ExerciseResult]
"""The type of the fixture `grade_changed`."""
ChecksRefused = Callable[[str, str], dict[str, CheckResult]]
"""The type of the fixture `refused` of exercise3."""


def lost(result: ExerciseResult) -> set[str]:
    """The names of the checks that are not passed."""
    return set(lost_checks(result))


def lost_checks(result: ExerciseResult) -> dict[str, CheckResult]:
    """The checks that are not passed, by name."""
    return {check.name: check for check in result.checks if check.verdict != "passed"}


def hints(result: ExerciseResult) -> set[str]:
    """The misconceptions that are named."""
    return {check.misconception for check in result.checks} - {""}


def check_of(result: ExerciseResult, name: str) -> CheckResult:
    (check,) = (check for check in result.checks if check.name == name)
    return check


def exercises_of(grade: Grade) -> dict[str, ExerciseResult]:
    return {exercise.name: exercise for section in grade.sections for exercise in section.exercises}


def checks_of(grade: Grade) -> list[CheckResult]:
    return [check for exercise in exercises_of(grade).values() for check in exercise.checks]


def hint_of(checks: dict[str, CheckResult], misconception: str) -> str:
    """The only hint of these checks; the misconception, and no other, is named."""
    assert checks
    assert {check.misconception for check in checks.values()} - {""} == {misconception}
    (hint,) = {check.hint for check in checks.values() if check.hint}
    return hint


def refusals(results: dict[str, ExerciseResult]) -> list[str]:
    """One line for each check that is not passed."""
    checks = [(name, check) for name, result in results.items() for check in result.checks]
    return [f"{name}, {c.name}: {c.verdict}, {c.feedback} ({c.misconception})" for name, c in checks if c.feedback]


def results_without_times(folder: Path) -> dict[str, str]:
    """The JSON of each student in the results of a batch, without its times and the machine that graded it."""
    files = (folder / "students").glob("*")
    varying = r'"seconds": [0-9.e-]+|"machine": \{[^}]*\}|"graded_at": "[^"]*"'
    return {path.stem: re.sub(varying, "", path.read_text(encoding="utf-8")) for path in files}
