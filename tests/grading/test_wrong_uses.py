"""What an exercise that never ends, or is wrong, costs those that use it, and what they say about it."""

from __future__ import annotations

from collections.abc import Callable

from autograder.grade_json import from_json, to_json
from autograder.grading import is_open
from autograder.model import Grade
from autograder.reports.next_step import FollowUp, next_step
from tests.grading.test_follow_on import SHAPE
from tests.support.course import changed
from tests.support.results import Graded, exercises_of


def test_endless_loop_costs_its_own_exercise_and_less_time_each_time(graded: Graded) -> None:
    endless = "def conv_output_size(*args, **kwargs):\n    while True:\n        pass\n"
    names = "conv_output_size", "conv2d_output_shape"
    results = graded({"output_size.py": endless + SHAPE}, *names, seconds=1.0)
    said = [check.feedback for check in results["conv_output_size"].checks]
    assert said[0].endswith("did not finish within 1 seconds")
    assert said[1].endswith("did not finish within 0.3 seconds")
    assert said[2] == "not run, because two checks of this exercise were stopped already"
    assert results["conv_output_size"].earned == 0
    caller = results["conv2d_output_shape"]
    assert caller.earned == caller.points
    assert "right if conv_output_size is right" in caller.checks[0].feedback


def test_wrong_exercise_names_the_wrong_ones_that_it_uses(graded: Graded) -> None:
    files = {
        "unet.py": changed("unet", ("        return features\n", "        return features[::-1]\n")),
        "batchnorm.py": changed("batchnorm", ("+ self.eps)", "+ 2 * self.eps)")),  # nn.BatchNorm2d is torch's own
    }
    results = graded(files, "Encoder", "UNet", "ConvBlock", "BatchNorm2d")
    first = next(check for check in results["UNet"].checks if check.verdict == "raised")
    assert first.feedback.endswith("\nit uses Encoder, which is not right yet: that may be why")
    assert not any("it uses" in check.feedback for check in results["Encoder"].checks)
    assert results["BatchNorm2d"].earned < results["BatchNorm2d"].points
    assert not is_open(results["UNet"])  # no change of it would help
    assert {name: one.uses_wrong for name, one in results.items() if one.uses_wrong} == {"UNet": ("Encoder",)}


def test_next_is_the_exercise_that_a_wrong_one_uses(whole_grade: Callable[..., Grade]) -> None:
    text = (
        "def receptive_field(layers):\n    return receptive_field_table(layers)[-1][1] + 1\n\n\n"
        "def receptive_field_table(layers):\n    return [(1, 1) for _ in layers]\n"
    )
    grade = whole_grade({"receptive_field.py": text}, "receptive_field", "receptive_field_table")
    assert next_step(grade, FollowUp("grade x")) == (
        "fix receptive_field_table in receptive_field.py and run `grade x` again."
    )
    assert exercises_of(from_json(to_json(grade)))["receptive_field"].uses_wrong == ("receptive_field_table",)
