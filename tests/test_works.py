"""The collections of works: strangers' wrong work never keeps full points, and their right work is never refused.

Two seeds for exercise3 and one for the others; `python benchmarks/works.py` takes twenty, and grades the works of
compare_batchnorm as well.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from tests.support.verdicts import ManyGrades, Verdicts
from tests.support.works import ASSIGNMENTS, Work, works

SEEDS = {"exercise2": range(1), "exercise3": range(2), "exercise4": range(1)}
LEAST = {"exercise2": (290, 120), "exercise3": (700, 400), "exercise4": (210, 60)}  # wrong and right works
TRAINED = {("exercise3", "compare_batchnorm")}  # takes seconds for each work
WORKS = {(name, kind): list(works(kind, name)) for name in ASSIGNMENTS for kind in ("wrong", "right")}
EXERCISES = sorted({(name, work.exercise) for (name, _), group in WORKS.items() for work in group} - TRAINED)


@pytest.fixture(scope="module")
def verdicts() -> Callable[[str, Work], Verdicts]:
    """The verdicts on a work. All works of an assignment are graded at once, which is faster."""

    @cache
    def of_all(assignment: str) -> dict[Work, Verdicts]:
        graded = [work for kind in ("wrong", "right") for work in WORKS[assignment, kind]]
        asked = [work for work in graded if (assignment, work.exercise) not in TRAINED]
        return dict(ManyGrades(assignment, SEEDS[assignment]).verdicts(asked, jobs=2))

    return lambda assignment, work: of_all(assignment)[work]


@pytest.mark.parametrize("assignment", ASSIGNMENTS)
def test_collection_is_large(assignment: str) -> None:
    wrong, right = LEAST[assignment]
    assert len(WORKS[assignment, "wrong"]) >= wrong
    assert len(WORKS[assignment, "right"]) >= right


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_wrong_work_loses_points(assignment: str, exercise: str, verdicts: Callable[[str, Work], Verdicts]) -> None:
    passing = {}
    for work in WORKS[assignment, "wrong"]:
        if work.exercise == exercise:
            by_check = verdicts(assignment, work)
            if any(all(seed) for seed in zip(*by_check.values(), strict=True)):
                passing[work.name] = work.sentence
    assert passing == {}


@pytest.mark.parametrize(("assignment", "exercise"), EXERCISES)
def test_right_work_passes(assignment: str, exercise: str, verdicts: Callable[[str, Work], Verdicts]) -> None:
    refused = {}
    for work in WORKS[assignment, "right"]:
        if work.exercise == exercise:
            failed = [name for name, passed in verdicts(assignment, work).items() if not all(passed)]
            if failed:
                refused[work.name] = failed
    assert refused == {}
