"""What may happen while a student's file is loaded costs only what depends on it."""

from __future__ import annotations

from collections.abc import Callable

from autograder.model import Grade
from autograder.sandbox.sandbox import Limits
from tests.support.results import Graded, exercises_of, lost


def test_nobody_answers_input_while_loading(whole_grade: Callable[..., Grade]) -> None:
    grade = whole_grade({"output_size.py": "side = int(input())\n"}, "output_size")
    assert (
        "output_size.py, line 1: side = int(input())\nEOFError: EOF when reading a line, nobody answers input() here"
        in grade.notes
    )


def test_helpers_may_stand_in_a_package(graded: Graded) -> None:
    files = {
        "work/counting/__init__.py": "",
        "work/counting/sides.py": "def area(k):\n    return k * k if isinstance(k, int) else k[0] * k[1]\n",
        "work/helpers.py": "from .counting.sides import area\n",
        "work/parameter_counting.py": "from .helpers import area\nfrom counting.sides import area as same\n\n"
        "def conv2d_params(in_channels, out_channels, kernel_size, bias=True):\n"
        "    assert area(2) == same(2)\n"
        "    return out_channels * (in_channels * area(kernel_size) + bool(bias))\n",
    }
    assert lost(graded(files, "conv2d_params")["conv2d_params"]) == set()


def test_loop_that_never_ends_costs_no_constant(graded: Graded) -> None:
    text = "EXTRA = int('1')\nwhile True:\n    pass\n\ndef linear_params(in_features, out_features, bias=True):\n"
    text += "    return out_features * (in_features + (EXTRA if bias else 0))\n"
    result = graded({"work.py": text}, "linear_params", limits=Limits(load_seconds=1.5))
    assert lost(result["linear_params"]) == set()


def test_printed_text_is_in_the_grade(whole_grade: Callable[..., Grade]) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    print('seen', in_features)\n    return 0\n"
    assert "seen 784" in whole_grade({"work.py": text}, "linear_params").output["work.py"]


def test_file_that_always_ends_python_is_started_no_more(whole_grade: Callable[..., Grade]) -> None:
    text = "import os\n\ndef conv2d_params(*args, end=os._exit(3)):\n    pass\n"
    found = exercises_of(whole_grade({"parameter_counting.py": text}, "parameter_counting"))
    feedback = [check.feedback for check in found["conv2d_params"].checks]
    why = "loading parameter_counting.py ended Python by itself (exit status 3)"
    assert feedback[0] == f"conv2d_params(1, 16, 3) cannot run: {why}"
