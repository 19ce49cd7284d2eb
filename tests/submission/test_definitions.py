"""The exercise is found among several files, and what hides it is reported."""

from __future__ import annotations

from collections.abc import Callable

from autograder.model import Grade
from tests.support.course import EXERCISES, solution
from tests.support.results import Graded, exercises_of, refusals


def test_exercise_in_two_files_is_reported(whole_grade: Callable[..., Grade]) -> None:
    wrong = "def linear_params(in_features, out_features, bias=True):\n    return 5\n"
    files = {"parameter_counting.py": wrong, "other.py": solution("parameter_counting")}
    notes = whole_grade(files, "linear_params").notes
    assert notes == ("linear_params is written in other.py too; the one in parameter_counting.py counts.",)


def test_stub_beside_a_solution_does_not_hide_it(graded: Graded) -> None:
    stub = (EXERCISES / "output_size.py").read_text(encoding="utf-8")
    results = graded({"output_size.py": stub, "work.py": solution("output_size")}, "output_size")
    assert refusals(results) == []


def test_method_of_the_same_name_does_not_hide_the_function(graded: Graded) -> None:
    method = "class Trainer:\n    def evaluate(self, x):\n        return x\n"
    results = graded({"baseline.py": method, "exercise3.py": solution("simple_cnn")}, "evaluate")
    assert refusals(results) == []


def test_broken_file_beside_an_untouched_notebook_is_reported(whole_grade: Callable[..., Grade]) -> None:
    cell = "def conv2d_params(*args, **kwargs):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
    grade = whole_grade({"exercise3.ipynb": cell, "parameter_counting.py": "def ("}, "parameter_counting")
    assert grade.notes[0].startswith("parameter_counting.py, line 1: invalid syntax")
    feedback = {check.feedback for check in exercises_of(grade)["conv2d_params"].checks}
    assert feedback == {"`conv2d_params` could not be read: parameter_counting.py, line 1: invalid syntax"}
