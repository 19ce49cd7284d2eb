"""The report in the terminal shows the check that cost the points."""

from __future__ import annotations

from autograder.reports.terminal import exercise_lines
from tests.support.results import GradeChanged

LAST_RELU = "nn.ReLU(),\n            nn.MaxPool2d(2),\n            nn.Flatten"


def test_single_check_that_fails_is_shown_where_the_others_wait_for_it(grade_changed: GradeChanged) -> None:
    result = grade_changed("simple_cnn", "SimpleCNN", (LAST_RELU, LAST_RELU.replace("ReLU", "Tanh")))
    assert result.earned == 0
    shown = "\n".join(line for line, _ in exercise_lines(result, 100, verbose=False))
    assert "✗ Convolution, ReLU and pooling twice, then the linear layer" in shown
    assert "values differ" in shown
