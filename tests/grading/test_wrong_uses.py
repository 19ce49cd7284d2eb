"""What an exercise that never ends, or is wrong, costs those that use it, and what they say about it."""

from __future__ import annotations

from autograder.grading import is_open
from tests.grading.test_follow_on import SHAPE
from tests.support.course import changed
from tests.support.results import Graded


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
