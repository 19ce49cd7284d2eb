"""A syntax error costs the exercise in which it stands; the others are graded as if nothing was wrong."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from autograder.model import Grade
from tests.support.course import changed, solution
from tests.support.results import Graded, exercises_of, lost, refusals

HEAD = "kernel_size: int | tuple[int, int], bias: bool = True\n) -> int:\n"
WEIGHTS = "    weights = out_channels * in_channels * height * width\n"
OTHERS = "linear_params", "count_parameters"
BREAKAGES = {
    "missing colon": (HEAD, HEAD.replace("int:\n", "int\n"), "expected ':'"),
    "unclosed head": (HEAD, HEAD.replace("\n) -> int", "\n -> int"), "'(' was never closed"),
    "unclosed bracket": (WEIGHTS, WEIGHTS.replace("= ", "= ("), "'(' was never closed"),
    "bracket too many": (WEIGHTS, WEIGHTS.replace("width", "width)"), "unmatched ')'"),
    "wrong bracket": (WEIGHTS, WEIGHTS.replace("out", "(out").replace("width", "width]"), "']' does not match"),
    "unclosed string": (WEIGHTS, f'    print("done)\n{WEIGHTS}', "unterminated string literal"),
    "unclosed docstring": (WEIGHTS, f'    """Count.\n{WEIGHTS}', ""),
    "unexpected indentation": (WEIGHTS, f"  {WEIGHTS}", "unexpected indent"),
    "dedent to nowhere": (WEIGHTS, f"  {WEIGHTS.lstrip()}", "unindent does not match any outer indentation level"),
    "no body": (WEIGHTS, f"    if bias:\n{WEIGHTS}", "expected an indented block after 'if' statement"),
    "lost indentation": (WEIGHTS, f"done = 1\n{WEIGHTS}", "unexpected indent"),
    "assignment for comparison": (WEIGHTS, f"    if bias = 1:\n        pass\n{WEIGHTS}", "invalid syntax"),
    "print of Python 2": (WEIGHTS, f"    print bias\n{WEIGHTS}", "Missing parentheses in call to 'print'"),
    "half an expression": (WEIGHTS, WEIGHTS.replace("width", ""), "invalid syntax"),
    "curly quotes": (WEIGHTS, f"    print(“done”)\n{WEIGHTS}", "invalid character"),
    "capital Def": ("def conv2d_params", "Def conv2d_params", "invalid syntax"),
    "conflict": (WEIGHTS, f"<<<<<<< HEAD\n{WEIGHTS}=======\n    weights = 0\n>>>>>>> other\n", "invalid syntax"),
}


@pytest.mark.parametrize(("old", "new", "message"), BREAKAGES.values(), ids=BREAKAGES)
def test_error_costs_one_exercise(whole_grade: Callable[..., Grade], old: str, new: str, message: str) -> None:
    grade = whole_grade({"parameter_counting.py": changed("parameter_counting", (old, new))}, "parameter_counting")
    found = exercises_of(grade)
    assert refusals({name: found[name] for name in OTHERS}) == []
    assert found["conv2d_params"].earned == 0
    feedback = found["conv2d_params"].checks[0].feedback
    assert feedback.startswith("`conv2d_params` could not be read: parameter_counting.py, line ")
    assert message in feedback
    assert len([note for note in grade.notes if "left out, and the rest is graded" in note]) == len(grade.notes) == 1


@pytest.mark.parametrize("name", ["missing colon", "unclosed bracket", "unclosed docstring", "conflict"])
def test_error_in_a_notebook_costs_one_exercise(graded: Graded, name: str) -> None:
    old, new, _ = BREAKAGES[name]
    found = graded({"exercise3.ipynb": changed("parameter_counting", (old, new))}, "parameter_counting")
    assert refusals({name: found[name] for name in OTHERS}) == []
    assert "exercise3.ipynb cell 1, line " in found["conv2d_params"].checks[0].feedback


def test_note_shows_the_line_and_what_is_left_out(whole_grade: Callable[..., Grade]) -> None:
    text = "def linear_params(a, b, bias=True):\n    return (a + bias) * b\n\ndef conv2d_params(a)\n    return a\n"
    assert whole_grade({"work.py": text}, "parameter_counting").notes[0] == (
        "work.py, line 4: expected ':'\ndef conv2d_params(a)\n                    ^\n"
        "lines 4 to 5 are left out, and the rest is graded"
    )


def test_stub_above_a_broken_solution_is_not_asked(graded: Graded) -> None:
    stub = "def linear_params(*args, **kwargs):\n    raise NotImplementedError()\n\n"
    found = graded({"work.py": f"{stub}def linear_params(a, b, bias=True)\n    return 1\n"}, "linear_params")
    assert (
        found["linear_params"].checks[0].feedback == "`linear_params` could not be read: work.py, line 4: expected ':'"
    )


def test_right_draft_above_a_broken_version_earns_nothing(graded: Graded) -> None:
    draft = "def linear_params(a, b, bias=True):\n    return (a + bool(bias)) * b\n\n"
    found = graded({"work.py": f"{draft}def linear_params(a, b, bias=True)\n    return 1\n"}, "linear_params")
    assert found["linear_params"].earned == 0


def test_right_version_below_a_broken_one_counts(graded: Graded) -> None:
    draft = "def linear_params(a, b, bias=True):\n    return (a + bool(bias)) * b\n\n"
    found = graded({"work.py": f"def linear_params(a, b, bias=True)\n    return 1\n\n{draft}"}, "linear_params")
    assert lost(found["linear_params"]) == set()


def test_use_of_a_broken_helper_gives_the_reason(graded: Graded) -> None:
    text = "def helper(a)\n    return a\n\ndef linear_params(a, b, bias=True):\n    return helper(a)\n"
    feedback = graded({"work.py": text}, "linear_params")["linear_params"].checks[0].feedback
    assert feedback == (
        "linear_params(784, 10) raised NameError: name 'helper' is not defined "
        "(`helper` could not be read: work.py, line 1: expected ':')\nat work.py, line 5: return helper(a)"
    )


def test_import_of_a_broken_helper_gives_the_reason(whole_grade: Callable[..., Grade]) -> None:
    helpers = "SIDE = 2\n\ndef helper(a)\n    return a\n"
    grade = whole_grade(
        {"work.py": "from helpers import helper\n\nlinear_params = None\n", "helpers.py": helpers}, "linear_params"
    )
    assert any("(`helper` could not be read: helpers.py, line 3: expected ':')" in note for note in grade.notes)


def test_exercise_is_found_beside_a_broken_file(graded: Graded) -> None:
    """The method of the same name is no reason to look no further."""
    baseline = "class Trainer:\n    def evaluate(self, x):\n        return x\n\ndef train(x)\n    return x\n"
    assert refusals(graded({"baseline.py": baseline, "exercise3.py": solution("simple_cnn")}, "evaluate")) == []


def test_forbidden_name_below_an_open_string_is_found(graded: Graded) -> None:
    text = "import torch.nn.functional as F\n\ndef helper():\n    '''Nothing.\n    return 1\n\n\n"
    text += "def conv2d_manual(x, w, *args):\n    function = F.conv2d\n    return function(x, w)\n"
    feedback = graded({"work.py": text}, "conv2d_manual")["conv2d_manual"].checks[0].feedback
    assert "which this exercise asks you to do without" in feedback


def test_docstring_below_an_open_string_is_no_code(graded: Graded) -> None:
    open_string = 'def helper():\n    """Open.\n    return 1\n\n\ndef conv2d_manual'
    changes = ("def conv2d_manual", open_string), ("### BEGIN SOLUTION", '"""As F.conv2d does."""')
    text = changed("manual_convolution", *changes)
    assert refusals(graded({"work.py": text}, "conv2d_manual")) == []
