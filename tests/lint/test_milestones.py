"""The milestones of the three assignments: each gets its picture with the solution, and its texts hold."""

from __future__ import annotations

import pytest

from autograder.exam import exam_for, only, without_training
from autograder.grading import ask_milestones, grade
from autograder.lint.milestones import milestone_findings
from autograder.model import Exam, ReachedMilestone
from autograder.sandbox.sandbox import Sandbox
from autograder.submission import read_submission
from tests.support.course import COURSE

DRAWN = {
    "exercise2": {"convolve2d": 1, "receptive_field_mask": 1},
    "exercise3": {"conv2d_manual": 1, "max_pool2d_manual": 1, "receptive_field_table": 1, "sobel_edges": 1},
    "exercise4": {"confusion_matrix": 1},
}


@pytest.mark.parametrize("assignment", DRAWN)
def test_solution_gets_each_picture(sandbox: Sandbox, assignment: str) -> None:
    exam = without_training(only(exam_for(COURSE, assignment, 0), DRAWN[assignment]))
    solution = read_submission(COURSE.folder / "solutions" / assignment)
    result = grade(exam, solution, sandbox)
    assert list(milestone_findings(exam, result, solution, sandbox)) == []
    assert {one.name: len(one.milestones) for one in exam.exercises} == DRAWN[assignment]


def test_training_gives_the_picture_of_its_digits(sandbox: Sandbox) -> None:
    exam: Exam = only(exam_for(COURSE, "exercise4", 0), ["fit"])
    solution = read_submission(COURSE.folder / "solutions" / "exercise4")
    result = grade(exam, solution, sandbox)
    (found,) = ask_milestones(exam.exercises[0].milestones, result, exam, solution, sandbox)
    assert isinstance(found, ReachedMilestone)
    ((caption, images),) = found.images.items()
    assert caption.startswith("read as ")
    assert caption.endswith(" of 8 right")
    assert images.shape == (8, 28, 28)
