"""The table of a class as data, from which the script of its page makes a table that sorts, filters and searches."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import TypedDict

from autograder.classroom import Entry, Gradebook, duration, file_name
from autograder.model import CheckResult, ExerciseResult
from autograder.reports.csv import first_looks
from autograder.text import clean

LETTERS: Mapping[str, str] = {"passed": "p", "failed": "f", "raised": "r", "stopped": "s", "skipped": "k"}
NOT_WRITTEN = "w"
OTHER = "n"  # a verdict that is not shown
ABSENT = "-"  # the grade does not hold the check


class _Exercise(TypedDict):
    name: str
    section: str
    points: float


class _Check(TypedDict):
    exercise: int  # its place among the exercises
    name: str
    title: str


class _Student(TypedDict):
    key: str
    page: str
    name: str
    number: str
    state: str
    earned: float | None
    percent: float | None
    final: float | None
    late: str
    points: Sequence[float | None]  # of each exercise
    verdicts: str  # a letter for each check
    misconceptions: Sequence[int]
    remarks: str


class ClassData(TypedDict):
    """All that the table of a class shows; `verdicts` are the words for the letters.

    With a policy each student has final points, and says how late the work is.
    """

    exercises: Sequence[_Exercise]
    checks: Sequence[_Check]
    misconceptions: Sequence[str]
    verdicts: Mapping[str, str]
    has_policy: bool
    students: Sequence[_Student]


def class_data(gradebook: Gradebook) -> ClassData:
    """The data of a class; exercises and checks in order of first appearance, since exams may differ."""
    exercises: dict[str, _Exercise] = {}
    checks: dict[tuple[str, str], _Check] = {}
    misconceptions: dict[str, int] = {}
    for entry in gradebook.entries:
        for section, result in _results(entry):
            exercises.setdefault(result.name, {"name": result.name, "section": section, "points": result.points})
            place = list(exercises).index(result.name)
            for check in result.checks:
                title = check.title
                checks.setdefault((result.name, check.name), {"exercise": place, "name": check.name, "title": title})
                if check.misconception:
                    misconceptions.setdefault(f"{result.name}: {check.misconception}", len(misconceptions))
    return {
        "exercises": list(exercises.values()),
        "checks": list(checks.values()),
        "misconceptions": list(misconceptions),
        "verdicts": {letter: verdict for verdict, letter in LETTERS.items()} | {NOT_WRITTEN: "not written"},
        "has_policy": gradebook.out_of is not None,
        "students": [_student(gradebook, entry, exercises, checks, misconceptions) for entry in gradebook.entries],
    }


def as_json(data: ClassData) -> str:
    """The data as JSON that cannot end the element that holds it; all texts are cleaned."""
    return json.dumps(_cleaned(data), separators=(",", ":")).replace("<", "\\u003c")


def _student(
    gradebook: Gradebook,
    entry: Entry,
    exercises: Mapping[str, _Exercise],
    checks: Mapping[tuple[str, str], _Check],
    misconceptions: Mapping[str, int],
) -> _Student:
    points = entry.exercises
    letters = {
        (result.name, check.name): _letter(result, check) for _, result in _results(entry) for check in result.checks
    }
    known = {
        misconceptions[f"{result.name}: {check.misconception}"]
        for _, result in _results(entry)
        for check in result.checks
        if check.misconception
    }
    percent = gradebook.percent(entry)
    return {
        "key": entry.student.key,
        "page": f"students/{file_name(entry.student.key)}.html",
        "name": entry.student.display_name,
        "number": entry.student.number,
        "state": entry.state,
        "earned": entry.earned,
        "percent": None if percent is None else round(percent, 2),
        "final": entry.final.points if entry.final else None,
        "late": duration(entry.final.late) if entry.final and entry.final.late else "",
        "points": [points.get(name) for name in exercises],
        "verdicts": "".join(letters.get(pair, ABSENT) for pair in checks),
        "misconceptions": sorted(known),
        "remarks": "; ".join([*(["override"] if entry.overrides else []), *filter(None, [first_looks(entry)])]),
    }


def _letter(result: ExerciseResult, check: CheckResult) -> str:
    return NOT_WRITTEN if result.absent or result.not_started else LETTERS.get(check.verdict, OTHER)


def _results(entry: Entry) -> list[tuple[str, ExerciseResult]]:
    sections = entry.grade.sections if entry.grade else ()
    return [(section.name, exercise) for section in sections for exercise in section.exercises]


def _cleaned(value: object) -> object:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, Mapping):
        return {key: _cleaned(one) for key, one in value.items()}
    return [_cleaned(one) for one in value] if isinstance(value, Sequence) else value
