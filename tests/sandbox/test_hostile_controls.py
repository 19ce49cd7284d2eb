"""Honest work loses nothing by isolation: every tier gives it every point, and the same answers to the last bit."""

from __future__ import annotations

import hashlib
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, Returned
from autograder.sandbox.inside import wire
from autograder.sandbox.sandbox import Sandbox
from autograder.sandbox.session import Session
from autograder.sandbox.shared_child import SharedChild
from autograder.submission.read import read_submission
from tests.support.course import SOLUTIONS, SUBMISSIONS
from tests.support.exams import shortened
from tests.support.hostile.corpus import TIERS
from tests.support.hostile.sandboxes import sandbox_of
from tests.support.results import checks_of

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="hostile submissions are run on Linux")

HONEST = sorted((SUBMISSIONS / "passed").iterdir())


@pytest.fixture(scope="module", params=TIERS)
def walled(request: pytest.FixtureRequest) -> Iterator[Sandbox]:
    with sandbox_of(request.param) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def seen() -> dict[str, object]:
    """What the tier before gave, by what was asked."""
    return {}


@pytest.mark.parametrize("path", HONEST, ids=lambda path: path.name)
def test_honest_work_earns_the_same_in_every_tier(
    path: Path, walled: Sandbox, exam: Callable[[int], Exam], seen: dict[str, object]
) -> None:
    modules = {file.stem for file in path.iterdir()}
    names = [section.name for section in exam(0).sections if section.name in modules or "exercise3" in modules]
    result = grade(only(quick(exam(0)), names), read_submission(path), walled, jobs=2)
    checks = checks_of(result)
    assert [check for check in checks if check.verdict != "passed"] == []
    assert checks == seen.setdefault(path.name, checks)


@pytest.mark.parametrize("section", sorted(file.stem for file in SOLUTIONS.glob("*.py")))
def test_answers_are_the_same_to_the_last_bit(
    section: str, walled: Sandbox, exam: Callable[[int], Exam], seen: dict[str, object]
) -> None:
    submission = read_submission(SOLUTIONS)
    (file,) = (file for file in submission.files if file.module == section)
    asked = only(exam(0), [section]).exercises
    names = [exercise.name for exercise in asked]
    digests = {}
    with (
        SharedChild(walled, submission) as room,
        SharedChild(walled, submission, training=True) as trains,
        Session(room, file, names) as session,
        Session(trains, file, names) as gym,
    ):
        for check in (check for exercise in asked for check in exercise.checks):
            for number, item in enumerate(shortened(check).items):
                answer = (gym if check.training else session).ask(item.question, 60)
                plain = answer.value if isinstance(answer, Returned) else repr(answer)
                digests[f"{check.name} {number}"] = hashlib.sha256(wire.encode(plain)).hexdigest()
    assert digests == seen.setdefault(section, digests)


def quick(exam: Exam) -> Exam:
    """The exam without its long trainings."""
    sections = []
    for section in exam.sections:
        exercises = []
        for exercise in section.exercises:
            checks = tuple(check for check in exercise.checks if not check.measure)
            exercises.append(replace(exercise, checks=checks, points=sum(check.points for check in checks)))
        sections.append(replace(section, exercises=tuple(exercises)))
    return replace(exam, sections=tuple(sections))
