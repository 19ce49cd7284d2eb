"""exercise2 gives right work every point, stubs none, and half-right work the points and hints that are due."""

from __future__ import annotations

import doctest
import importlib.util
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.exam.cache import exam_for
from autograder.exam.subset import only
from autograder.grading import grade
from autograder.lint import findings
from autograder.model import Exam, ExerciseResult
from autograder.sandbox.sandbox import Sandbox
from autograder.submission.read import read_submission
from tests.support.course import COURSE
from tests.support.results import Graded, exercises_of, refusals

SOLUTIONS = COURSE.folder / "solutions/exercise2"
EXERCISES = COURSE.folder / "exercises/exercise2"
WORKS = Path(__file__).parent / "works"
POINTS = {"sizes": 16, "counting": 12, "windows": 10, "views": 10, "convolutions": 7, "quiz": 5}
HALF_RIGHT: dict[str, tuple[float, set[str]]] = {
    "effective_kernel_size": (0.5, {"size_times_dilation"}),
    "same_padding": (0.75, {"half_the_kernel"}),
    "full_padding": (2, set()),
    "padding_name": (1.5, {"half_of_an_even_kernel"}),
    "pool_output_size": (1, {"pooling_stride_one"}),
    "trace_shapes": (2, set()),
    "max_pools": (1.25, {"sides_round_up"}),
    "is_valid_unet_size": (1.25, {"depth_ignored"}),
    "compare_dense_and_conv": (1.25, {"nine_weights_for_all_channels"}),
    "stacked_params": (1, {"channels_counted_once"}),
    "layers_needed": (1.5, {"layers_rounded_down"}),
    "activations": (0.5, {"one_map_counted"}),
    "kept_by_pooling": (0.5, {"kernel_decides"}),
    "unet_shapes": (1.25, {"bottleneck_not_doubled", "concatenated_maps_noted"}),
    "window_positions": (1.25, {"counted_in_the_padded_image"}),
    "pad2d": (1.25, {"value_not_used"}),
    "convolve2d": (1, {"flipped_kernel"}),
    "true_convolution2d": (1.5, set()),
    "avg_pool2d_manual": (1.25, {"kernel_as_stride"}),
    "im2col": (0, {"windows_as_rows"}),
    "conv_as_matrix": (0.75, {"wrapped_around_the_edge"}),
    "compose_kernels": (0.75, {"second_kernel_not_turned"}),
    "upconv2x": (1, {"squares_transposed"}),
    "receptive_field_mask": (1.5, {"negative_indexes"}),
    "is_equivariant": (0.75, {"border_compared_too"}),
    "empirical_receptive_field": (1.5, {"gradients_in_the_weights", "no_row_left"}),
    "cross_response": (0, {"response_of_the_notes"}),
    "edge_response": (1, {"size_of_the_response"}),
    "answers": (2, {"dense_cannot", "half_of_the_pixels", "invariant_maps", "reshaped_colours", "weights_alike"}),
}


def test_lint_finds_nothing(sandbox: Sandbox) -> None:
    """Solutions earn everything, stubs nothing, and each misconception is refused and gets its own hint."""
    assert findings(COURSE, "exercise2", sandbox, seeds=1) == []


@pytest.mark.parametrize("seed", [0, 1])
def test_work_in_another_style_earns_everything(graded: Graded, seed: int) -> None:
    results = graded(WORKS / "torch_style.py", seed=seed)
    assert refusals(results) == []
    assert sum(result.earned for result in results.values()) == 60


def test_notebook_of_stubs_earns_nothing(graded: Graded) -> None:
    results = graded(EXERCISES / "exercise2.ipynb")
    assert [name for name, result in results.items() if result.earned or not result.not_started] == []


@pytest.fixture(scope="module")
def half_right(graded: Graded) -> dict[str, ExerciseResult]:
    return graded(WORKS / "half_right.py")


@pytest.mark.parametrize("name", HALF_RIGHT)
def test_half_right_work_earns_its_share_and_its_hints(half_right: dict[str, ExerciseResult], name: str) -> None:
    result = half_right[name]
    named = {check.misconception for check in result.checks if check.misconception}
    assert (result.earned, named) == HALF_RIGHT[name]


def test_half_right_work_covers_every_exercise(exam: Callable[[int], Exam]) -> None:
    assert set(HALF_RIGHT) == {exercise.name for exercise in exam(0).exercises}


def test_right_function_keeps_its_points_if_it_calls_a_wrong_one(half_right: dict[str, ExerciseResult]) -> None:
    feedback = [check.feedback for check in half_right["true_convolution2d"].checks if check.feedback]
    assert set(feedback) == {"right if convolve2d is right; your convolve2d is not yet"}


def test_right_functions_keep_their_points_beside_five_wrong_ones(graded: Graded) -> None:
    results = graded(WORKS / "calls_wrong_functions.py")
    whole = {name for name, result in results.items() if result.earned == result.points}
    sizes = {"same_padding", "full_padding", "trace_shapes", "max_pools"}
    convolutions = {"convolve2d", "true_convolution2d", "compose_kernels", "cross_response", "edge_response"}
    assert whole == sizes | convolutions | {"avg_pool2d_manual", "im2col", "conv_as_matrix"}


def test_sections_have_the_points_of_the_sheet(exam: Callable[[int], Exam]) -> None:
    sections = exam(0).sections
    assert {section.name: sum(one.points for one in section.exercises) for section in sections} == POINTS
    assert sum(POINTS.values()) == 60


def test_exercises_have_three_misconceptions_or_more(exam: Callable[[int], Exam]) -> None:
    few = [one.name for one in exam(0).exercises if len({wrong.name for wrong in one.misconceptions}) < 3]
    assert few == []


def test_feedback_on_the_quiz_names_no_right_option(graded: Graded, exam: Callable[[int], Exam]) -> None:
    (quiz,) = (one for one in exam(0).exercises if one.name == "answers")
    for letter in "abcd":
        work = (
            f"answers = dict.fromkeys({[check.items[0].question.options['key'] for check in quiz.checks]}, {letter!r})"
        )
        for check in graded({"quiz.py": work}, "answers")["answers"].checks:
            assert check.verdict == "passed" or check.feedback == f"answers: {letter} is not right"
            assert check.verdict == "passed" or check.hint


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("*.py")), ids=lambda path: path.stem)
def test_examples_of_the_docstrings_are_true(path: Path) -> None:
    spec = importlib.util.spec_from_file_location(f"solution_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0 or path.stem == "quiz"


HANDED_OUT = [EXERCISES / "exercise2.ipynb", *sorted(EXERCISES.glob("*.py"))]
WRONG = ("4 3 4", "4, 3, 4", "0 1 1 0", "// 2 keeps")


@pytest.mark.parametrize("path", HANDED_OUT, ids=lambda path: path.name)
def test_files_for_students_repeat_no_mistake_of_the_notes(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert [wrong for wrong in WRONG if wrong in text] == []


def test_forbidden_function_gets_no_hint_about_something_else(graded: Graded) -> None:
    """The answers of np.pad are right: what is wrong stands in the source, and no misconception explains it."""
    text = "import numpy as np\nimport torch\n\n\ndef pad2d(x, padding, value=0):\n    sides = (padding, padding)\n"
    text += "    array = np.pad(x.numpy(), ((0, 0), (0, 0), sides, sides), constant_values=value)\n"
    text += "    return torch.from_numpy(array)\n"
    result = graded({"windows.py": text}, "pad2d")["pad2d"]
    assert {check.verdict for check in result.checks} == {"failed"}
    assert all("np.pad" in check.feedback and not check.misconception for check in result.checks)


def test_windows_masks_and_matrices_are_drawn(sandbox: Sandbox) -> None:
    submission = read_submission(WORKS / "half_right.py")
    names = ["window_positions", "pad2d", "convolve2d", "im2col", "conv_as_matrix", "receptive_field_mask"]
    asked = only(exam_for(COURSE, "exercise2", 0), names)
    results = exercises_of(grade(asked, submission, sandbox, pictures=True))
    kinds = {name: {check.picture.kind for check in one.checks if check.picture} for name, one in results.items()}
    assert kinds == {"window_positions": {"windows"}, **{name: {"maps"} for name in names[1:]}}
