"""A class of nine, one for each thing that can become of a submission, with hostile names and texts."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import cast

import numpy as np
import pytest

from autograder.classroom.gradebook import Entry, Gradebook, Override, Student
from autograder.judge.figure import read_figure
from autograder.model import (
    Attempt,
    CheckResult,
    ExerciseResult,
    Grade,
    Isolation,
    Picture,
    SectionResult,
    SourceFile,
    Verdict,
)

SCRIPT = "<script>document.title = 'owned'</script><img src=x onerror=\"document.title = 'owned'\">"
FORMULA = "=cmd|' /C calc'!A0"
Results = Callable[..., Grade]

# Exercise: section, points of its checks. `noise` is extra credit, and its second check is hidden.
EXERCISES = {"area": ("shapes", (1.0, 2.0)), "fit": ("training", (4.0,)), "noise": ("bonus", (0.5, 0.25))}
POINTS = 7.0


def _check(exercise: str, place: int, verdict: Verdict, points: float, feedback: str) -> CheckResult:
    failed = verdict == "failed"
    return CheckResult(
        name=f"{exercise}_{place}",
        title=f"Check {place} of {exercise} holds",
        verdict=verdict,
        earned=points if verdict == "passed" else 0.0,
        points=points,
        feedback="" if verdict == "passed" else feedback,
        misconception="forgets_the_corner" if failed else "",
        hint="The corner counts as well." if failed else "",
        hidden=(exercise, place) == ("noise", 2),
        not_started=feedback == "not started",
        given={"passed": "c", "failed": SCRIPT}.get(verdict, "") if (exercise, place) == ("area", 1) else "",
        attempts=_attempts(verdict) if exercise == "fit" and verdict in ("passed", "failed") else (),
    )


def _attempts(verdict: Verdict) -> tuple[Attempt, ...]:
    diverged = Attempt(11, None, 0.9, False, {"loss": (2.5, math.nan, math.inf)}, "the loss became infinite")
    sound = Attempt(12, 0.95, 0.9, True, {"loss": (2.5, 1.0, 0.5), "with batch norm": (2.0, 0.5, 0.25)})
    return (diverged, sound) if verdict == "passed" else (diverged, diverged)


@pytest.fixture(scope="session")
def grade_of() -> Results:
    """`grade_of("alice", "passed failed", "passed", "skipped skipped")`: one text of verdicts for each exercise."""

    def make(student: str, *verdicts: str, feedback: str = "area(2): expected 4, got 3", output: str = "") -> Grade:
        sections = []
        for (name, (section, points)), words in zip(EXERCISES.items(), verdicts, strict=True):
            checks = tuple(
                _check(name, place, verdict, worth, "not started" if words == "raised skipped" else feedback)
                for place, (verdict, worth) in enumerate(
                    zip(cast(list[Verdict], words.split()), points, strict=True), 1
                )
            )
            earned = sum(check.earned for check in checks)
            exercise = ExerciseResult(name, earned, sum(points), 0.125, checks, f"{section}.py")
            extra = section == "bonus"
            sections.append(SectionResult(section, section.title(), extra, earned, sum(points), (exercise,)))
        return Grade(
            assignment="exercise7",
            student=student,
            earned=sum(section.earned for section in sections),
            points=POINTS,
            extra=sections[-1].earned,
            isolation=Isolation("full", "the probe found no way out"),
            seed=7,
            digest="0123456789abcdef0123",
            versions={"torch": "2.15.0"},
            seconds=1.5,
            sections=tuple(sections),
            notes=("shapes.py line 3: `imports pandas`",) if feedback != "area(2): expected 4, got 3" else (),
            output={"shapes.py": output} if output else {},
        )

    return make


@pytest.fixture(scope="session")
def class_of_nine(grade_of: Results) -> Gradebook:
    """In the order of keys; what each earns is written out in `test_reports_csv.py`."""
    source = SourceFile(f"{SCRIPT}.py", ("def area(x):\n    return '</pre></details>' + '\u202e'\n",))
    notebook = SourceFile("work.ipynb", ("import torch\r\nx = 1", "print(x)"))
    evil = grade_of(
        SCRIPT,
        "failed passed",
        "stopped",
        "raised raised",
        feedback=f"{SCRIPT}\x00\u202e",
        output=f"{SCRIPT}\n\x1b[31m",
    )
    entries = (
        Entry(Student("-rf", "Ω -rf\u202e", "007", "+rf@uni.example", "501"), "missing", problem="handed in nothing"),
        Entry(Student(FORMULA, FORMULA, "", "@evil"), "unreadable", problem=FORMULA),
        Entry(Student(SCRIPT, SCRIPT, "1002"), "graded", evil, sources=(source, notebook)),
        Entry(
            Student("a/../../b\nc", "New\nLine", "1003"),
            "graded",
            grade_of("a", "passed failed", "failed", "passed passed"),
            overrides=(Override("fit", 4.0, "the network\nis right"), Override("area", 1.1, "half of it; =1+1")),
        ),
        Entry(
            Student("alice", "Alice", "1004", "alice@uni.example", "505"),
            "graded",
            grade_of("alice", "passed passed", "passed", "passed passed"),
        ),
        Entry(
            Student("bob", "Bob", "1005", "bob@uni.example"),
            "graded",
            grade_of("bob", "raised skipped", "stopped", "raised skipped"),
            overrides=(Override("", 3.5, "handed in on paper"),),
        ),
        Entry(Student("carol", "Points  Possible", "1006"), "refused", problem="two submissions"),
        Entry(Student("x" * 255, "Emoji 👩‍🔬", "1007"), "failed", problem="the sandbox did not start"),
        Entry(Student("🦆", "Duck; -1", "1008"), "missing", overrides=(Override("fit", 2.0, "oral exam"),)),
    )
    exercises = tuple((name, sum(points)) for name, (_, points) in EXERCISES.items())
    return Gradebook("exercise7", "Seventh <exercise>", POINTS, exercises, entries, 7, "0123456789abcdef0123", "full")


def panel(name: str, values: list[list[float]], scale: str, marked: list[int] | None = None) -> dict[str, object]:
    return {"name": name, "shape": "(1, 2)", "values": values, "marked": marked, "cut": "", "scale": scale}


MAPS = Picture(
    "maps",
    "area(x)",
    {
        "worst": "[0, 1]",
        "panels": [
            panel("x", [[1.0, -2.0]], "x"),
            panel("expected", [[0.5, 4.0]], "answer", [0, 1]),
            panel("yours", [[0.5, float("nan")]], "answer", [0, 1]),
        ],
    },
)
REACH = Picture(
    "reach",
    "area(x)",
    {"rows": [{"layer": SCRIPT, "expected": 5, "got": 7}, {"layer": "(2, 2)", "expected": 300, "got": None}]},
)
STAGES = Picture(
    "stages",
    "area(x)",
    {
        "rows": [
            {"expected": "8 × 8: 1 → 4", "got": SCRIPT, "same": False},
            {"expected": "4 × 4: 4 → 8", "got": "", "same": False},
            {"expected": "", "got": "2 × 2: 8", "same": False},
        ]
    },
)

LINE = {"x": np.array([1.0, 2.0]), "y": np.array([0.5, 4.0]), "label": SCRIPT}
IMAGE = {"array": np.array([[0.0, 1.0], [np.nan, 2.0]]), "vmin": 0.0, "vmax": 2.0, "cmap": SCRIPT}
TEXTS = {"title": SCRIPT, "xlabel": SCRIPT, "ylabel": SCRIPT}
FIGURE = Picture(
    "figure",
    SCRIPT,
    {
        "expected": None,
        "got": read_figure(
            {
                "suptitle": SCRIPT,
                "axes": [{**TEXTS, "images": [IMAGE] * 2}, {**TEXTS, "lines": [LINE], "legend": [SCRIPT]}, TEXTS],
            }
        ),
    },
)


@pytest.fixture(scope="session")
def drawn(grade_of: Results) -> Grade:
    """A grade with every kind of picture, and hostile texts wherever a student can put them."""
    grade = grade_of(SCRIPT, "failed failed", "passed", "failed passed", feedback=f"{SCRIPT}\x00\u202e", output=SCRIPT)
    images = {name: np.zeros((6, 8, 8), np.float32) for name in ("noisy", "theirs", "clean")}
    images["theirs"][0] = np.nan
    attempt = Attempt(1, 0.5, 0.9, True, {SCRIPT: (2.0, 1.0)}, "", images, {SCRIPT: np.ones((3, 4, 4), np.float32)})
    pictures = {"area_1": MAPS, "area_2": REACH, "noise_1": STAGES, "fit_1": FIGURE}

    def with_picture(check: CheckResult) -> CheckResult:
        attempts = (attempt,) if check.attempts else ()
        return replace(check, picture=pictures.get(check.name), attempts=attempts)

    def with_pictures(exercise: ExerciseResult) -> ExerciseResult:
        return replace(exercise, checks=tuple(map(with_picture, exercise.checks)))

    sections = tuple(
        replace(section, exercises=tuple(map(with_pictures, section.exercises))) for section in grade.sections
    )
    return replace(grade, sections=sections)
