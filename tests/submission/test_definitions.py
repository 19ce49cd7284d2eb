"""The exercise is found among several files, and what hides it is reported."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.model import Grade, SourceFile, Submission
from autograder.submission.definitions import is_stub, misspelt
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
    checks = exercises_of(grade)["conv2d_params"].checks
    feedback = {check.feedback for check in checks if check.verdict != "skipped"}
    assert feedback == {"`conv2d_params` could not be read: parameter_counting.py, line 1: invalid syntax"}


STUB = "def flatten_features(image_size, channels, num_pools):\n    # YOUR CODE HERE\n    raise NotImplementedError()\n"
NEAR = (
    "def flaten_features(image_size, channels, num_pools):\n    return channels * (image_size // 2**num_pools) ** 2\n"
)
MISSPELT = "there is no `flatten_features`, but a `flaten_features`: is it misspelt?"


@pytest.mark.parametrize("name", ["receptive_field.py", "work.py"])
@pytest.mark.parametrize("names", [(), ("flatten_features",)])
def test_misspelt_name_wins_over_an_untouched_stub(graded: Graded, name: str, names: tuple[str, ...]) -> None:
    result = graded({"exercise3.ipynb": STUB, name: NEAR}, *names)["flatten_features"]
    assert {check.feedback for check in result.checks if check.verdict != "skipped"} == {MISSPELT}
    assert (result.file, result.not_started, result.earned) == (name, False, 0)


def test_misspelt_name_below_its_stub_is_reported(graded: Graded) -> None:
    assert graded({"work.ipynb": f"{STUB}\n{NEAR}"}, "flatten_features")["flatten_features"].file == "work.ipynb"


def test_misspelt_name_without_a_stub_is_reported(graded: Graded) -> None:
    result = graded({"work.py": NEAR}, "flatten_features")["flatten_features"]
    assert {check.feedback for check in result.checks if check.verdict != "skipped"} == {MISSPELT}


def test_written_exercise_needs_no_similar_name(graded: Graded) -> None:
    files = {"work.py": NEAR, "other.py": NEAR.replace("flaten", "flatten")}
    assert refusals(graded(files, "flatten_features")) == []


@pytest.mark.parametrize(
    "text",
    [
        STUB.replace("flatten", "flaten"),
        "def flaten_features():\n    pass\n",
        "def flaten_features(): ...\n",
        'def flaten_features():\n    "Count."\n',
        "def conv_output_size(x):\n    return x\n",  # an exercise itself
        "def flatten(x):\n    return x\n",
        "class A:\n    def flaten_features(self):\n        return 1\n",
        "",
    ],
)
def test_stub_helper_and_other_exercise_are_not_misspelt(text: str) -> None:
    names = {"flatten_features", "conv_output_size", "conv2d_output_shape"}
    assert misspelt(names, Submission("student", (SourceFile("work.py", (text,)),))) == {}


STUB = '''def area(
    height: float,
    width: dict[int, int],
) -> float:
    """The area: height times width."""
    # your code
    raise NotImplementedError()
'''


@pytest.mark.parametrize(
    ("text", "stub"),
    [
        (STUB, True),
        ("def area(h, w):\n    raise NotImplementedError\n", True),
        (STUB + "\n\ndef area(h, w):\n    return h * w\n", False),
        (STUB.replace("    # your code\n", "    print(height)\n"), False),
        ("def area(h, w):\n    if h:\n        return h * w\n    else:\n        raise NotImplementedError()\n", False),
        ("def area(h, w):\n    raise NotImplementedError() if h else ValueError()\n", False),
        ("def area(h, w): return h * w\n", False),
        ("class area:\n    raise NotImplementedError()\n", False),
        ("area = 1\n", False),
        ("", False),
    ],
)
def test_function_is_a_stub_only_if_it_does_nothing_else(text: str, stub: bool) -> None:
    assert is_stub("area", SourceFile("a.py", (text,))) is stub
