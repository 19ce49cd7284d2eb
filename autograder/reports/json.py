"""A grade as JSON, schema 1: documented in the README and stable."""

from __future__ import annotations

import json
from typing import Any

from autograder.model import Attempt, CheckResult, ExerciseResult, Grade, SectionResult

SCHEMA = 1


def to_json(grade: Grade) -> str:
    """The grade as indented JSON text with a newline at the end."""
    told = {
        "schema": SCHEMA,
        "assignment": grade.assignment,
        "student": grade.student,
        "earned": grade.earned,
        "points": grade.points,
        "extra": grade.extra,
        "isolation": vars(grade.isolation),
        "exam": {"seed": grade.seed, "digest": grade.digest},
        "versions": dict(grade.versions),
        "seconds": grade.seconds,
        "notes": list(grade.notes),
        "output": dict(grade.output),
        "sections": [_section(section) for section in grade.sections],
    }
    return json.dumps(told, indent=2, ensure_ascii=False) + "\n"


def _section(section: SectionResult) -> dict[str, Any]:
    return {**vars(section), "exercises": [_exercise(exercise) for exercise in section.exercises]}


def _exercise(exercise: ExerciseResult) -> dict[str, Any]:
    return {
        **vars(exercise),
        "started": not exercise.not_started,
        "checks": [_check(check) for check in exercise.checks],
    }


def _check(check: CheckResult) -> dict[str, Any]:
    told = {**vars(check), "attempts": [_attempt(attempt) for attempt in check.attempts]}
    del told["not_started"]
    return told


def _attempt(attempt: Attempt) -> dict[str, Any]:
    told = {**vars(attempt), "curves": {name: list(curve) for name, curve in attempt.curves.items()}}
    del told["pictures"]
    return told
