"""Whole submissions of strangers that are right: all that they did is accepted. Single works: tests/test_works.py."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.exam import without_training
from autograder.grading import grade
from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from autograder.submission import read_submission
from tests.support.works import FOLDER


@pytest.mark.parametrize("path", sorted((FOLDER / "right/files").iterdir()), ids=lambda path: str(path.name))
def test_whole_submission_passes(path: Path, sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    result = grade(without_training(exam(0)), read_submission(path), sandbox)
    exercises = [exercise for section in result.sections for exercise in section.exercises]
    started = [exercise for exercise in exercises if exercise.file and not exercise.not_started]
    assert len(started) >= 10
    assert {
        e.name: [c.feedback for c in e.checks if c.verdict != "passed"] for e in started if e.earned < e.points
    } == {}
