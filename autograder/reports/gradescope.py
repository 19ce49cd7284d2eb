"""The gradebook as result files for Gradescope's autograder harness."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Literal, TypedDict

from autograder.classroom import Entry, Gradebook, file_name
from autograder.model import CheckResult, ExerciseResult, Grade
from autograder.reports.csv import comment_lines
from autograder.text import clean, points


class Test(TypedDict):
    """One test of a `results.json`."""

    score: float
    max_score: float
    status: Literal["passed", "failed"]
    name: str
    name_format: Literal["text"]
    number: str
    output: str
    output_format: Literal["text"]
    visibility: Literal["hidden", "visible"]


class _RequiredFields(TypedDict):
    score: float
    output: str
    output_format: Literal["text"]
    test_output_format: Literal["text"]
    visibility: Literal["visible"]
    stdout_visibility: Literal["hidden"]
    tests: list[Test]


class Results(_RequiredFields, total=False):
    """The content of a `results.json`; `execution_time` is in seconds."""

    execution_time: int


def gradescope(gradebook: Gradebook) -> dict[str, str]:
    """`gradescope/<key>.json` for each student with points, or with a submission that cannot be read."""
    return {
        f"gradescope/{file_name(entry.student.key)}.json": results(gradebook, entry)
        for entry in gradebook.entries
        if entry.earned is not None or entry.state == "unreadable"
    }


def results(gradebook: Gradebook, entry: Entry) -> str:
    """Write the `results.json` of one student: the score with overrides and policy, and a test for each check.

    Students do not see a hidden check, but its points count. The output of their code is left out.

    Source: gradescope-autograders.readthedocs.io, "Autograder Specifications", output format.
    """
    fields: Results = {
        "score": round(gradebook.counted(entry) or 0.0, 2),
        "output": clean("\n".join(_remarks(gradebook, entry))),
        "output_format": "text",
        "test_output_format": "text",
        "visibility": "visible",
        "stdout_visibility": "hidden",
        "tests": list(_tests(entry.grade)) if entry.grade else [],
    }
    if entry.grade:
        fields["execution_time"] = round(entry.grade.seconds)
    return json.dumps(fields, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _remarks(gradebook: Gradebook, entry: Entry) -> Iterator[str]:
    yield from comment_lines(entry)
    if entry.problem:
        yield entry.problem
    for override in entry.overrides:
        what = override.exercise or "The whole assignment"
        yield f"{what} gets {points(override.points)} points instead of the grader's: {override.reason}"
    yield from entry.grade.notes if entry.grade else ()
    if gradebook.left_out:
        yield f"{gradebook.assignment}: {gradebook.left_out}"
    if entry.final and entry.final.reason:
        earned, final = points(entry.earned or 0.0), points(entry.final.points)
        yield f"{earned} points earned, {final} of {points(gradebook.maximum)} after the policy: {entry.final.reason}"


def _tests(grade: Grade) -> Iterator[Test]:
    exercises = (exercise for section in grade.sections for exercise in section.exercises)
    for number, exercise in enumerate(exercises, 1):
        for place, check in enumerate(exercise.checks, 1):
            yield _test(exercise, check, f"{number}.{place}")


def _test(exercise: ExerciseResult, check: CheckResult, number: str) -> Test:
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
