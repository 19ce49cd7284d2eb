"""Grades as Gradescope's autograder harness reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from autograder.classroom import Entry, Gradebook, file_name
from autograder.model import CheckResult, ExerciseResult, Grade
from autograder.text import clean, points


def gradescope(gradebook: Gradebook) -> dict[str, str]:
    """`gradescope/<key>.json` for each student who has points."""
    return {
        f"gradescope/{file_name(entry.student.key)}.json": results(entry)
        for entry in gradebook.entries
        if entry.earned is not None
    }


def results(entry: Entry) -> str:
    """The `results.json` of one student who has points: the score with overrides, and a test for each check.

    A hidden check is hidden from students too, though its points are in the score; what the code printed stays out.

    Source: gradescope-autograders.readthedocs.io, "Autograder Specifications", output format.
    """
    told: dict[str, Any] = {
        "score": round(entry.earned or 0.0, 2),
        "output": clean("\n".join(_remarks(entry))),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": list(_tests(entry.grade)) if entry.grade else [],
    }
    if entry.grade:
        told["execution_time"] = round(entry.grade.seconds)
    return json.dumps(told, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _remarks(entry: Entry) -> Iterator[str]:
    if entry.problem:
        yield entry.problem
    for override in entry.overrides:
        yield f"{override.exercise or 'The whole'} is given {points(override.points)} points: {override.reason}"
    yield from entry.grade.notes if entry.grade else ()


def _tests(grade: Grade) -> Iterator[dict[str, Any]]:
    exercises = (exercise for section in grade.sections for exercise in section.exercises)
    for number, exercise in enumerate(exercises, 1):
        for place, check in enumerate(exercise.checks, 1):
            yield _test(exercise, check, f"{number}.{place}")


def _test(exercise: ExerciseResult, check: CheckResult, number: str) -> dict[str, Any]:
    output = [check.feedback, f"hint: {check.hint}" if check.hint else ""]
    return {
        "score": round(check.earned, 2),
        "max_score": round(check.points, 2),
        "status": "passed" if check.verdict == "passed" else "failed",
        "name": clean(f"{exercise.name}: {check.title}"),
        "name_format": "text",
        "number": number,
        "output": clean("\n".join(text for text in output if text)),
        "output_format": "text",
        "visibility": "hidden" if check.hidden else "visible",
    }
