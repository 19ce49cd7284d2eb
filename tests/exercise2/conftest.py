"""Grades works for exercise2; the fixtures of the other tests are about exercise3."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.exam import exam_for, only
from autograder.exam.build import build_exam
from autograder.grading import grade
from autograder.model import Exam, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.submission import read_submission
from tests.support.course import COURSE
from tests.support.results import Graded, exercises_of


@pytest.fixture(scope="session")
def exam(_cache: None) -> Callable[[int], Exam]:
    """The exam of exercise2 for a seed; only that of seed 0 knows misconceptions, which are nearly all of the work."""

    def of(seed: int) -> Exam:
        if seed == 0:
            return exam_for(COURSE, "exercise2", 0)
        return build_exam(COURSE, "exercise2", seed, f"of seed {seed}", {}, misconceptions=False)

    return functools.cache(of)


@pytest.fixture(scope="session")
def graded(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Graded:
    """`graded(path or texts, *names, seed=0)`: the results of these exercises, all by default, by name."""

    def run(work: Path | Mapping[str, str], *names: str, seed: int = 0) -> object:
        asked = only(exam(seed), names) if names else exam(seed)
        if isinstance(work, Path):
            submission = read_submission(work)
        else:
            submission = Submission("student", tuple(SourceFile(name, (text,)) for name, text in work.items()))
        return exercises_of(grade(asked, submission, sandbox, jobs=2))

    return run  # type: ignore[return-value]  # Graded says the same
