"""The worker where nothing is forked: it gives the answers of a forked child, and ends when no question is left.

The other tests kill their workers, so that no coverage of them is written. Here the worker may end by itself, and the
variables of coverage.py reach it; this is where the code that runs beside the student's is measured.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest

from autograder.exam.subset import only, without_training
from autograder.grading import grade
from autograder.model import Exam, ExamExercise
from autograder.sandbox.launch import SpawnedChild, clean_environment
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.course import SUBMISSIONS
from tests.support.exams import shortened
from tests.support.results import checks_of

COVERAGE = {name: value for name, value in os.environ.items() if name.startswith("COVERAGE_")}
PATIENCE = 10  # seconds for a worker that ends by itself


@pytest.fixture(scope="module")
def patient() -> Iterator[Sandbox]:
    """A sandbox without fork whose workers see the end of their questions before they are killed."""
    kill = SpawnedChild.end

    def end(process: SpawnedChild) -> object:
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, process.questions)
        os.close(nowhere)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process._process.wait(PATIENCE)
        return kill(process)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(SpawnedChild, "end", end)
        patch.setattr(
            "autograder.sandbox.sandbox.clean_environment", lambda *of: {**clean_environment(*of), **COVERAGE}
        )
        with Sandbox(fork=False) as sandbox:
            yield sandbox


@pytest.mark.parametrize(
    ("work", "names"),
    [
        ("passed/one_file", ()),
        ("failed/half_right", ("unet",)),
        ("failed/list_for_tensor", ("global_avg_pool",)),
        ("raised/crashes_while_loading", ("parameter_counting",)),
        ("raised/exception_without_words", ("parameter_counting",)),
        ("raised/syntax_error", ("parameter_counting",)),
    ],
)
def test_worker_gives_the_verdicts_of_a_forked_child(
    patient: Sandbox, sandbox: Sandbox, exam: Callable[[int], Exam], work: str, names: tuple[str, ...]
) -> None:
    asked = without_training(only(exam(0), names) if names else exam(0))
    submission = read_submission(SUBMISSIONS / work)
    spawned, forked = (grade(asked, submission, one, jobs=2) for one in (patient, sandbox))
    assert [(check.name, check.verdict, check.feedback) for check in checks_of(spawned)] == [
        (check.name, check.verdict, check.feedback) for check in checks_of(forked)
    ]


def test_worker_trains(patient: Sandbox, exam: Callable[[int], Exam]) -> None:
    """Two steps are too few to learn anything: the verdict is failed, and nothing else goes wrong."""

    def trainings(exercise: ExamExercise) -> ExamExercise:
        checks = tuple(shortened(replace(check, needs=())) for check in exercise.checks if check.measure)
        return replace(exercise, checks=checks, points=sum(check.points for check in checks))

    asked = exam(0)
    sections = (replace(section, exercises=tuple(map(trainings, section.exercises))) for section in asked.sections)
    asked = replace(asked, sections=tuple(sections))
    result = grade(asked, read_submission(SUBMISSIONS / "passed/one_file"), patient)
    assert len(checks_of(result)) == 4
    assert {check.verdict for check in checks_of(result)} <= {"failed", "passed"}
