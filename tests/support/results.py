"""What a grade or the result of an exercise holds, by name."""

from __future__ import annotations

from collections.abc import Callable

from autograder.model import CheckResult, ExerciseResult, Grade

Graded = Callable[..., dict[str, ExerciseResult]]
"""The type of the fixture `graded`."""
GradeChanged = Callable[..., ExerciseResult]
"""The type of the fixture `grade_changed`."""


def lost(result: ExerciseResult) -> set[str]:
    """The checks that are not passed."""
    return {check.name for check in result.checks if check.verdict != "passed"}


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
