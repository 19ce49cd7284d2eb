"""exercise4 in the sandbox; its exam is built once for all tests of this folder."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from autograder.exam.cache import exam_for
from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, ExerciseResult, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.course import COURSE
from tests.support.results import exercises_of

Graded4 = Callable[..., dict[str, ExerciseResult]]


@pytest.fixture(scope="session")
def exam4(_cache: None) -> Exam:
    return exam_for(COURSE, "exercise4", 0)


@pytest.fixture(scope="session")
def graded4(sandbox: Sandbox, exam4: Exam) -> Graded4:
    """`graded4(path or texts, *names)`: the results of these exercises, all by default, by name."""

    def run(work: Path | Mapping[str, str], *names: str) -> dict[str, ExerciseResult]:
        asked = only(exam4, names) if names else exam4
        if isinstance(work, Path):
            submission = read_submission(work)
        else:
            submission = Submission("student", tuple(SourceFile(name, (text,)) for name, text in work.items()))
        return exercises_of(grade(asked, submission, sandbox, jobs=2))

    return run
