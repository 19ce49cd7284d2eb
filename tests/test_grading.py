"""A grade depends on the submission and the exam only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.model import Grade
from tests.support.course import SUBMISSIONS


def test_number_of_jobs_changes_nothing(whole_grade: Callable[..., Grade]) -> None:
    grades = [whole_grade(SUBMISSIONS / "failed/half_right", jobs=jobs) for jobs in (1, 4)]
    one, four = ([replace(e, seconds=0) for section in grade.sections for e in section.exercises] for grade in grades)
    assert one == four
