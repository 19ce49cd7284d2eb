"""Every misconception of the reference is a submission that the exam refuses, and recognises by name."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.model import Exam, ExerciseResult
from tests.support.course import SUBMISSIONS
from tests.support.misconceptions import MISCONCEPTIONS, submission
from tests.support.results import Graded


@pytest.fixture(scope="module")
def mistaken(graded: Graded) -> Callable[[tuple[str, str, str]], ExerciseResult]:
    """The result of one misconception; nothing is forbidden, since wrong implementations build on torch's own."""
    known: dict[tuple[str, str, str], ExerciseResult] = {}

    def result(misconception: tuple[str, str, str]) -> ExerciseResult:
        if misconception not in known:
            exercise = misconception[1]
            known[misconception] = graded(submission(*misconception), exercise, forbids=False)[exercise]
        return known[misconception]

    return result


@pytest.mark.parametrize("misconception", MISCONCEPTIONS, ids=".".join)
def test_misconception_is_refused_and_named(
    mistaken: Callable[[tuple[str, str, str]], ExerciseResult], misconception: tuple[str, str, str]
) -> None:
    refused = [check for check in mistaken(misconception).checks if check.verdict in ("failed", "raised")]
    assert {check.misconception for check in refused} - {""} == {misconception[2]}


def test_every_check_is_failed_by_a_mistake(
    mistaken: Callable[[tuple[str, str, str]], ExerciseResult], graded: Graded, exam: Callable[[int], Exam]
) -> None:
    results = [mistaken(misconception) for misconception in MISCONCEPTIONS]
    results += graded(SUBMISSIONS / "failed/rare_mistakes").values()
    failed = {(result.name, c.name) for result in results for c in result.checks if c.verdict in ("failed", "raised")}
    checks = {(exercise.name, c.name) for exercise in exam(0).exercises for c in exercise.checks if not c.measure}
    assert checks - failed == set()
