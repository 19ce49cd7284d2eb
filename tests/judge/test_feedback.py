"""Feedback says what came, in words that students know."""

from __future__ import annotations

import re

import pytest

from tests.support.course import solution
from tests.support.results import GradeChanged, Graded, lost_checks


@pytest.mark.parametrize("returned", ["ValueError", "ValueError('it does not fit')"])
def test_returned_error_gets_the_advice_to_raise_it(graded: Graded, returned: str) -> None:
    text = solution("output_size").replace("raise ValueError(", "return ValueError(")
    text = (
        text[: text.index("    if input_size <= 0")] + f"    if input_size < kernel_size:\n        return {returned}\n"
    )
    text += "    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1\n"
    wrong = lost_checks(graded({"output_size.py": text}, "conv_output_size")["conv_output_size"])
    assert wrong["impossible_sizes"].feedback.endswith("an error is raised by `raise`, in the place of `return`")


def test_nobody_answers_input(graded: Graded) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    return int(input())\n"
    checks = lost_checks(graded({"parameter_counting.py": text}, "linear_params")["linear_params"])
    asked = [check for check in checks.values() if check.verdict != "skipped"]
    assert len(asked) > 1
    assert all("nobody answers input() here" in check.feedback for check in asked)


def test_error_without_words_has_no_colon(grade_changed: GradeChanged) -> None:
    asserted = ("raise ValueError(", "assert False, (")
    silent = ("raise ValueError(", "assert not str(")
    loud = grade_changed("output_size", "conv_output_size", asserted)
    (check,) = (
        check for check in grade_changed("output_size", "conv_output_size", silent).checks if check.verdict == "raised"
    )
    assert check.feedback.endswith("expected ValueError, got AssertionError")
    assert any("got AssertionError: " in check.feedback for check in loud.checks)


def test_pair_in_the_call_is_named_where_code_takes_only_numbers(graded: Graded) -> None:
    text = (
        "def conv2d_params(i, o, kernel_size, bias=True):\n    return o * i * kernel_size ** 2 + (o if bias else 0)\n"
    )
    wrong = lost_checks(graded({"parameter_counting.py": text}, "conv2d_params")["conv2d_params"])
    assert list(wrong) == ["rectangular_kernel"]
    assert re.search(
        r"\nthis call gives a pair, \(\d, \d\): code that only takes a number fails here",
        wrong["rectangular_kernel"].feedback,
    )
