"""Checks that the checks of an exercise have titles of their own."""

from __future__ import annotations

from collections.abc import Iterator

from autograder.lint.finding import Finding
from autograder.model import ExamExercise


def title_findings(exercise: ExamExercise) -> Iterator[Finding]:
    """Find checks with the title of an earlier check: a report shows the titles only."""
    names: dict[str, str] = {}
    for check in exercise.checks:
        if check.title in names:
            text = f"the checks {names[check.title]} and {check.name} have the same title, {check.title!r}"
            yield Finding(exercise.name, "title", f"{text}; students cannot tell them apart")
        names.setdefault(check.title, check.name)
