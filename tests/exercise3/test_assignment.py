"""exercise3 gives right work every point, stubs none, and half-right work the points and hints that are due."""

from __future__ import annotations

import doctest
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.model import Exam, ExerciseResult
from tests.support.course import EXERCISES, SOLUTIONS, SUBMISSIONS
from tests.support.results import Graded, refusals

SECTIONS = [path.stem for path in sorted((SOLUTIONS).glob("*.py"))]
POINTS = {
    "output_size": 12,
    "parameter_counting": 10,
    "receptive_field": 10,
    "manual_convolution": 20,
    "simple_cnn": 15,
    "unet": 20,
    "batchnorm": 13,
}
EXTRA = {"data_pipeline": 8, "residual": 9, "inspection": 8}
HALF_RIGHT = {
    "conv_output_size": (3.25, {"dilation_left_out"}),
    "conv2d_output_shape": (2.5, set()),  # right with dilation, but for conv_output_size
    "conv_transpose_output_size": (2, {"output_padding_left_out", "transposed_without_dilation"}),
    "conv2d_params": (1.5, {"bias_always_counted"}),
    "linear_params": (1.25, {"linear_bias_always_counted"}),
    "count_parameters": (3, {"frozen_always_counted"}),
    "receptive_field": (1.75, {"own_stride_first"}),
    "receptive_field_table": (0, set()),
    "flatten_features": (2.25, {"rounded_at_the_end"}),
    "conv2d_manual": (5.75, {"bias_left_out", "dilation_not_used"}),
    "max_pool2d_manual": (3.5, {"zeros_win"}),
    "global_avg_pool": (1.25, {"all_axes_of_one_removed"}),
    "sobel_edges": (2, {"absolute_gradients_added"}),
    "SimpleCNN": (4, {"mean_pooling"}),
    "train_one_epoch": (2.5, {"mean_of_batch_means"}),
    "evaluate": (2, {"evaluates_where_the_batch_is", "leaves_eval_mode_on", "records_gradients"}),
    "ConvBlock": (1.75, {"relu_before_batchnorm"}),
    "Encoder": (2, set()),
    "Decoder": (0, {"adds_the_skips"}),
    "UNet": (0, {"unet_adds_the_skips"}),
    "add_noise": (1.25, {"not_clamped"}),
    "BatchNorm2d": (3.25, {"biased_variance_in_running_var", "eps_outside_the_root"}),
    "SimpleCNNBatchNorm": (1.25, {"batchnorm_after_the_relu"}),
    "DeepCNN": (2, {"deep_batchnorm_after_the_relu"}),
    "compare_batchnorm": (1.0, set()),
    "to_image_tensor": (2, {"divided_by_the_brightest"}),
    "to_channels_first": (1.5, {"bytes_made_floats"}),
    "make_loader": (2.5, {"labels_left_as_bytes", "last_batch_dropped"}),
    "ResidualBlock": (3.25, {"shortcut_without_batchnorm"}),
    "LeNet5": (2.25, {"lenet_with_max_pooling"}),
    "extract_feature_maps": (3.75, {"hooks_left_behind", "overwritten_by_the_next_layer"}),
    "normalize_filters": (2.25, {"nan_for_a_constant_filter"}),
}


@pytest.mark.parametrize("seed", [0, 1, 2])
def test_solutions_earn_everything(graded: Graded, seed: int) -> None:
    results = graded(SOLUTIONS, seed=seed)
    assert refusals(results) == []
    assert all(result.earned == result.points for result in results.values())


@pytest.mark.parametrize("section", SECTIONS)
def test_stub_earns_nothing(graded: Graded, section: str) -> None:
    results = graded(EXERCISES / f"{section}.py", section)
    assert [name for name, result in results.items() if result.earned or not result.not_started] == []


def test_notebook_of_stubs_earns_nothing(graded: Graded) -> None:
    results = graded(EXERCISES / "exercise3.ipynb")
    assert [name for name, result in results.items() if result.earned or not result.not_started] == []


def test_folder_of_stubs_earns_nothing(graded: Graded) -> None:
    results = graded(EXERCISES)
    assert [name for name, result in results.items() if result.earned or not result.not_started] == []


@pytest.mark.parametrize("variant", sorted(path.name for path in (SUBMISSIONS / "passed").iterdir()))
def test_honest_variant_earns_everything(graded: Graded, exam: Callable[[int], Exam], variant: str) -> None:
    path = SUBMISSIONS / "passed" / variant
    modules = {file.stem for file in path.iterdir()}
    sections = [section.name for section in exam(0).sections if section.name in modules or "exercise3" in modules]
    results = graded(path, *sections)
    assert refusals(results) == []
    assert all(result.earned == result.points for result in results.values())


@pytest.mark.parametrize("name", HALF_RIGHT)
def test_half_right_work_earns_its_share_and_its_hints(half_right: dict[str, ExerciseResult], name: str) -> None:
    result = half_right[name]
    named = {check.misconception for check in result.checks if check.misconception}
    assert (result.earned, named) == HALF_RIGHT[name]


@pytest.fixture(scope="module")
def half_right(graded: Graded) -> dict[str, ExerciseResult]:
    return graded(SUBMISSIONS / "failed/half_right")


def test_half_right_work_covers_every_exercise(exam: Callable[[int], Exam]) -> None:
    assert set(HALF_RIGHT) == {exercise.name for exercise in exam(0).exercises}


def test_hint_is_that_of_the_misconception(half_right: dict[str, ExerciseResult]) -> None:
    hints = {check.hint for check in half_right["sobel_edges"].checks if check.verdict == "failed"}
    assert hints == {"The two gradients are the sides of a right-angled triangle, and the magnitude is its hypotenuse."}


def test_feedback_is_the_call_what_was_expected_and_what_came(half_right: dict[str, ExerciseResult]) -> None:
    feedback = {check.name: check.feedback for check in half_right["conv_output_size"].checks}
    assert feedback["dilated_kernel"] == "conv_output_size(28, 3, dilation=2): expected 24, got 26"


def test_doing_nothing_earns_nothing(graded: Graded) -> None:
    results = graded(SUBMISSIONS / "failed/does_nothing")
    assert {name: result.earned for name, result in results.items() if result.earned} == {}


def test_sections_have_the_points_of_the_sheet(exam: Callable[[int], Exam]) -> None:
    sections = exam(0).sections
    points = {section.name: sum(exercise.points for exercise in section.exercises) for section in sections}
    assert points == POINTS | EXTRA
    assert {section.name for section in sections if section.extra} == set(EXTRA)
    assert (sum(POINTS.values()), sum(EXTRA.values())) == (100, 25)


def test_titles_fit_a_line(exam: Callable[[int], Exam]) -> None:
    long = [(c.name, len(c.title)) for exercise in exam(0).exercises for c in exercise.checks if len(c.title) > 70]
    assert long == []


def test_exercises_have_three_misconceptions_or_more(exam: Callable[[int], Exam]) -> None:
    assert [exercise.name for exercise in exam(0).exercises if len(exercise.misconceptions) < 3] == []


def test_solutions_and_sections_are_the_same(exam: Callable[[int], Exam]) -> None:
    assert sorted(section.name for section in exam(0).sections) == SECTIONS


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*.py")), ids=lambda path: path.stem)
def test_examples_of_the_docstrings_are_true(path: Path) -> None:
    spec = importlib.util.spec_from_file_location(f"solution_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0


HANDED_OUT = [EXERCISES / "exercise3.ipynb", *sorted(EXERCISES.glob("*.py"))]
WRONG = ("610,794", "610794", "4 3 4", "4, 3, 4", "0 1 1 0", "-(i + 2)", "5 4 / 7 6", "3, 5, 6, 10")


@pytest.mark.parametrize("path", HANDED_OUT, ids=lambda path: path.name)
def test_files_for_students_repeat_no_mistake_of_the_notes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [wrong for wrong in WRONG if wrong in text] == []
