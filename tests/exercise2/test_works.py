"""The collection of works for exercise2: wrong work never keeps full points, and right work is never refused.

One seed here: the checks have their cases for the rules of the sheet with every seed.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.author import read_reference
from autograder.grading import probes_needed
from autograder.judge import OwnRules, Rules
from autograder.lint.mutants.exams import ManySeeds, many_seeds
from autograder.lint.mutants.grading import in_parallel, passed_checks
from autograder.prepare import open_sandbox
from tests.support.course import COURSE
from tests.support.works import FOLDER, Work, works

ASSIGNMENT = "exercise2"
WORKS = {kind: list(works(kind, FOLDER.parents[1] / ASSIGNMENT / "works", ASSIGNMENT)) for kind in ("wrong", "right")}
EXERCISES = sorted({work.exercise for group in WORKS.values() for work in group})
Failed = Callable[[Work], list[str]]


@pytest.fixture(scope="module")
def exams() -> ManySeeds:
    return many_seeds(COURSE, ASSIGNMENT, range(1))


@pytest.fixture(scope="module")
def failed(exams: ManySeeds) -> Failed:
    """The checks of its exercise that a work does not pass. All works are graded at once, which is faster."""
    rules = Rules(OwnRules(read_reference(COURSE, ASSIGNMENT).own.rules))
    probes = probes_needed(exams.exam)
    with open_sandbox(ahead=2) as sandbox:

        def of(work: Work) -> list[str]:
            passed = passed_checks(exams.exercise(work.exercise), work.submission, sandbox, rules, probes)
            return [name for name, one in exams.verdicts(work.exercise, passed).items() if not all(one)]

        found = dict(in_parallel(of, [*WORKS["wrong"], *WORKS["right"]], jobs=2))
    return found.__getitem__


def test_every_exercise_has_works(exams: ManySeeds) -> None:
    assert set(exams.names) == set(EXERCISES)
    assert len(WORKS["wrong"]) >= 290
    assert len(WORKS["right"]) >= 120


@pytest.mark.parametrize("exercise", EXERCISES)
def test_wrong_work_loses_points(exercise: str, failed: Failed) -> None:
    asked = [work for work in WORKS["wrong"] if work.exercise == exercise]
    assert {work.name: work.sentence for work in asked if not failed(work)} == {}


@pytest.mark.parametrize("exercise", EXERCISES)
def test_right_work_passes(exercise: str, failed: Failed) -> None:
    verdicts = {work.name: failed(work) for work in WORKS["right"] if work.exercise == exercise}
    assert {name: checks for name, checks in verdicts.items() if checks} == {}
