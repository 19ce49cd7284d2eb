"""A grade depends on the submission and the exam only."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, Grade
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.course import EXERCISES, SOLUTIONS, SUBMISSIONS, changed


def test_number_of_jobs_changes_nothing(whole_grade: Callable[..., Grade]) -> None:
    grades = [whole_grade(SUBMISSIONS / "failed/half_right", jobs=jobs) for jobs in (1, 4)]
    one, four = ([replace(e, seconds=0) for section in grade.sections for e in section.exercises] for grade in grades)
    assert one == four


def test_stubs_are_graded_without_any_child(exam: Callable[[int], Exam]) -> None:
    asked = []

    class Watched(Sandbox):
        def prepare_training(self) -> None:
            asked.append(True)
            super().prepare_training()

        def child(self, training: bool = False, limits: object = None) -> object:  # type: ignore[override]
            asked.append(training)
            return super().child(training)

    with Watched() as sandbox:
        stubs = grade(only(exam(0), ["compare_batchnorm", "add_noise"]), read_submission(EXERCISES), sandbox)
        assert asked == []
        results = [result for section in stubs.sections for result in section.exercises]
        assert [result.not_started for result in results] == [True, True]
        solved = grade(only(exam(0), ["compare_batchnorm"]), read_submission(SOLUTIONS), sandbox)
        assert True in asked
    assert solved.earned == solved.points


def test_what_is_printed_in_a_training_is_kept_without_that_of_loading(whole_grade: Callable[..., Grade]) -> None:
    text = changed("simple_cnn", ("return self.layers(x)", "print('forward')\n        return self.layers(x)"))
    files = {"simple_cnn.py": f"{text}\nprint('loaded')\n"}
    untrained, trained = (
        whole_grade(files, "SimpleCNN", measured=measured).output["simple_cnn.py"] for measured in (False, True)
    )
    assert (untrained.count("loaded"), trained.count("loaded")) == (1, 1)
    assert trained.startswith(untrained)
    assert trained.count("forward") > untrained.count("forward")
