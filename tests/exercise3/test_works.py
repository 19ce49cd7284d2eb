"""The collection of works: strangers' wrong work never keeps full points, and their right work is never refused.

Two seeds here; `python benchmarks/works.py` takes twenty, and grades the works that need a training as well.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.author import read_reference
from autograder.exam import without_training
from autograder.grading import grade, probes_needed
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.exams import ManySeeds, many_seeds
from autograder.lint.mutants.grading import passed_checks
from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from autograder.submission import read_submission
from tests.support.course import COURSE
from tests.support.works import ASSIGNMENT, FOLDER, Work, works

SEEDS = range(2)
WORKS = {kind: list(works(kind)) for kind in ("wrong", "right")}
EXERCISES = sorted({work.exercise for group in WORKS.values() for work in group} - {"compare_batchnorm"})


@pytest.fixture(scope="module")
def exams() -> ManySeeds:
    return many_seeds(COURSE, ASSIGNMENT, SEEDS)


@pytest.fixture(scope="module")
def verdicts(exams: ManySeeds, sandbox: Sandbox) -> Callable[[Work], dict[str, tuple[bool, ...]]]:
    """For each check of a work's exercise, whether it passes with each seed."""
    rules = Rules(OwnRules(read_reference(COURSE, ASSIGNMENT).own.rules))
    probes = probes_needed(exams.exam)

    def of(work: Work) -> dict[str, tuple[bool, ...]]:
        passed = passed_checks(exams.exercise(work.exercise), work.submission, sandbox, rules, probes)
        return exams.verdicts(work.exercise, passed)

    return of


def test_collection_is_large() -> None:
    assert len(WORKS["wrong"]) >= 700
    assert len(WORKS["right"]) >= 400


@pytest.mark.parametrize("exercise", EXERCISES)
def test_wrong_work_loses_points(exercise: str, verdicts: Callable[[Work], dict[str, tuple[bool, ...]]]) -> None:
    passing = {}
    for work in WORKS["wrong"]:
        if work.exercise == exercise:
            by_check = verdicts(work)
            if any(all(passed[seed] for passed in by_check.values()) for seed in SEEDS):
                passing[work.name] = work.sentence
    assert passing == {}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_work_passes(exercise: str, verdicts: Callable[[Work], dict[str, tuple[bool, ...]]]) -> None:
    refused = {}
    for work in WORKS["right"]:
        if work.exercise == exercise:
            failed = [name for name, passed in verdicts(work).items() if not all(passed)]
            if failed:
                refused[work.name] = failed
    assert refused == {}


@pytest.mark.parametrize("path", sorted((FOLDER / "right/files").iterdir()), ids=lambda path: str(path.name))
def test_whole_submission_passes(path: Path, sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    result = grade(without_training(exam(0)), read_submission(path), sandbox)
    exercises = [exercise for section in result.sections for exercise in section.exercises]
    started = [exercise for exercise in exercises if exercise.file and not exercise.not_started]
    assert len(started) >= 10
    assert {
        e.name: [c.feedback for c in e.checks if c.verdict != "passed"] for e in started if e.earned < e.points
    } == {}
