"""What a result lost its points for."""

from __future__ import annotations

from autograder.model import ExerciseResult


def lost(result: ExerciseResult) -> set[str]:
    """The checks that are not passed."""
    return {check.name for check in result.checks if check.verdict != "passed"}


def hints(result: ExerciseResult) -> set[str]:
    """The misconceptions that are named."""
    return {check.misconception for check in result.checks} - {""}
