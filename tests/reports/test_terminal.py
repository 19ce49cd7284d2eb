"""The report in the terminal shows the check that cost the points."""

from __future__ import annotations

from autograder.model import CheckResult, ExerciseResult
from autograder.reports.grade_page import exercise_html
from autograder.reports.terminal import exercise_lines
from tests.support.results import GradeChanged

LAST_RELU = "nn.ReLU(),\n            nn.MaxPool2d(2),\n            nn.Flatten"


def test_single_check_that_fails_is_shown_where_the_others_wait_for_it(grade_changed: GradeChanged) -> None:
    result = grade_changed("simple_cnn", "SimpleCNN", (LAST_RELU, LAST_RELU.replace("ReLU", "Tanh")))
    assert result.earned == 0
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✗ Convolution, ReLU and pooling twice, then the linear layer" in shown
    assert "values differ" in shown


def test_check_that_passed_by_a_right_function_is_shown() -> None:
    sentence = "right if side is right; your side is not yet"
    checks = (
        CheckResult("small", "Small ones", "passed", 1, 1),
        CheckResult("large", "Large ones", "passed", 1, 1, sentence, follows_from=("side",)),
    )
    result = ExerciseResult("area", 2, 2, 0.1, checks, "work.py")
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✓ Large ones" in shown
    assert sentence in shown
    assert "Small ones" not in shown
    page = exercise_html(result)
    assert sentence in page
    assert "<details>" not in page
