"""Names of exercises and sections as users write them, and the command that grades the same again."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.course import Course
from autograder.errors import UserError
from autograder.prepare import Request, find_exam
from tests.support.course import ROOT


@pytest.mark.parametrize(
    ("name", "exercises"),
    [
        ("Unet", ["UNet"]),
        ("unet", ["ConvBlock", "Encoder", "Decoder", "UNet", "add_noise"]),
        ("receptive_field", ["receptive_field"]),
        ("receptive field", ["receptive_field", "receptive_field_table", "flatten_features"]),
        ("Parameter counting", ["conv2d_params", "linear_params", "count_parameters"]),
    ],
)
def test_only_takes_names_and_titles_in_any_letters(cached_exam: None, name: str, exercises: list[str]) -> None:
    exam = find_exam(Course(ROOT), Request("exercise3", only=(name,)))
    assert [exercise.name for exercise in exam.exercises] == exercises


def test_unknown_name_is_refused(cached_exam: None) -> None:
    with pytest.raises(UserError, match="did you mean UNet"):
        find_exam(Course(ROOT), Request("exercise3", only=("UNt",)))


def test_command_of_a_request_names_all_that_decides_what_is_graded() -> None:
    assert Request("exercise3").command == "grade exercise3"
    request = Request("exercise3", Path("my work/unet.py"), ("UNet", "Output size"), seed=3, training=False)
    command = "grade exercise3 'my work/unet.py' --only UNet --only 'Output size' --seed 3 --no-training"
    assert request.command == command
