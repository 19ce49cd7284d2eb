"""What happens while a submission is graded."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.model import CheckResult, Grade


@dataclass(frozen=True)
class CheckJudged:
    """One check has its verdict, before misconceptions are looked for."""

    exercise: str
    result: CheckResult


@dataclass(frozen=True)
class ExerciseJudged:
    """All checks of an exercise in one file have their verdicts."""

    exercise: str


Event = CheckJudged | ExerciseJudged | Grade
