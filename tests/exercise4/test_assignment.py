"""exercise4 gives right work every point, stubs none, and half-right work the points and hints that are due."""

from __future__ import annotations

import doctest
import importlib.util
import re
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.exam.subset import only
from autograder.grading import grade
from autograder.model import Exam, ExerciseResult, SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.course import ROOT
from tests.support.results import exercises_of, hints, refusals

Graded4 = Callable[..., dict[str, ExerciseResult]]
EXERCISES = ROOT / "exercises/exercise4"
SOLUTIONS = ROOT / "solutions/exercise4"
OTHER_STYLES = Path(__file__).parent / "works/other_styles.py"
POINTS = {"blocks": 14, "batchnorm": 8, "training": 18, "experiments": 6, "looking": 8, "quiz": 6}
HALF_RIGHT = {
    "ConvBNReLU": ("blocks", "bias=False,", "", {"bias_before_batchnorm"}, 1.25),
    "GapCNN": ("blocks", ".mean(dim=(2, 3)))", ".amax(dim=(2, 3)))", {"maximum_of_each_map"}, 1.75),
    "DropoutCNN": ("blocks", "nn.Dropout(0.5)", "nn.Identity()", {"dropout_not_called"}, 2.0),
    "batch_norm_train": ("batchnorm", "unbiased=False, ", "", {"unbiased_in_training"}, 0.25),
    "predict": ("batchnorm", "    model.eval()\n", "", {"predicts_in_training_mode"}, 1.25),
    "train_denoiser": ("training", ".clamp(0, 1)", "", {"noise_not_limited"}, 2.75),
    "fit": ("training", "scheduler.step()", "pass", {"scheduler_forgotten"}, 3.25),
    "confusion_matrix": ("training", "[label, prediction]", "[prediction, label]", {"rows_are_predictions"}, 0.75),
    "pool_or_stride": ("experiments", ", padding=1)", ")", {"convolution_without_padding"}, 1.0),
    "plot_feature_maps": (
        "looking",
        'set_title(f"channel',
        'set_ylabel(f"channel',
        {"label_hidden_with_the_axis"},
        1.75,
    ),
    "plot_curves": (
        "looking",
        'np.arange(1, len(history["train_loss"]) + 1)',
        'np.arange(len(history["train_loss"]))',
        {"epochs_from_0"},
        1.0,
    ),
    "answers": ("quiz", '"deeper": "c"', '"deeper": "b"', {"deeper_gradients_vanish"}, 5.5),
}


def test_solutions_earn_everything(graded4: Graded4) -> None:
    results = graded4(SOLUTIONS)
    assert [line for line in refusals(results) if ": passed" not in line] == []
    assert all(result.earned == result.points for result in results.values())


def test_other_styles_earn_everything(graded4: Graded4) -> None:
    results = graded4(OTHER_STYLES)
    assert [line for line in refusals(results) if ": passed" not in line] == []
    assert all(result.earned == result.points for result in results.values())


@pytest.mark.parametrize("path", [EXERCISES, EXERCISES / "exercise4.ipynb"], ids=lambda path: path.name)
def test_stubs_earn_nothing(graded4: Graded4, path: Path) -> None:
    results = graded4(path)
    assert [name for name, result in results.items() if result.earned or not result.not_started] == []


@pytest.mark.parametrize("name", HALF_RIGHT)
def test_half_right_work_earns_its_share_and_its_hint(graded4: Graded4, name: str) -> None:
    section, old, new, named, earned = HALF_RIGHT[name]
    text = (SOLUTIONS / f"{section}.py").read_text(encoding="utf-8")
    assert old in text
    result = graded4({f"{section}.py": text.replace(old, new)}, name)[name]
    assert (hints(result), result.earned) == (named, earned)


def test_quiz_never_shows_the_right_option(graded4: Graded4, exam4: Exam) -> None:
    (quiz,) = (exercise for exercise in exam4.exercises if exercise.name == "answers")
    result = graded4({"quiz.py": f"answers = {dict.fromkeys((check.name for check in quiz.checks), 'z')}"}, "answers")
    feedback = {check.feedback for check in result["answers"].checks}
    assert feedback == {"answers: option 'z' is not right"}


def test_sections_have_the_points_of_the_sheet(exam4: Exam) -> None:
    points = {section.name: sum(exercise.points for exercise in section.exercises) for section in exam4.sections}
    assert (points, sum(points.values())) == (POINTS, 60)


def test_labels_of_other_images_are_named_where_every_other_check_passes(graded4: Graded4) -> None:
    loop = "for images, labels in train_loader:\n"
    others = f"{loop}            labels = labels if len(labels) < 10 else labels[torch.randperm(len(labels))]\n"
    text = (SOLUTIONS / "training.py").read_text(encoding="utf-8")
    *before, learns = graded4({"training.py": text.replace(loop, others, 1)}, "fit")["fit"].checks
    assert {check.verdict for check in before} == {"passed"}
    sentence = learns.feedback.partition("\n")[2]
    assert re.fullmatch(
        r"of 4,000 labels that the loss got, only \d+ belong to their images; with the right labels the same training "
        r"passes \(.*\)",
        sentence,
    )


def test_titles_fit_a_line_and_mistakes_are_known(exam4: Exam) -> None:
    checks = [check for exercise in exam4.exercises for check in exercise.checks]
    assert [check.name for check in checks if len(check.title) > 70] == []
    assert [exercise.name for exercise in exam4.exercises if len(exercise.misconceptions) < 3] == []


@pytest.mark.parametrize("path", sorted(SOLUTIONS.glob("[!q]*.py")), ids=lambda path: path.stem)
def test_examples_of_the_docstrings_are_true(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MPLBACKEND", "Agg")
    spec = importlib.util.spec_from_file_location(f"solution4_{path.stem}", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    outcome = doctest.testmod(module)
    assert outcome.failed == 0
    assert outcome.attempted > 0


def test_wrong_figure_is_drawn_beside_an_expected_one(sandbox: Sandbox, exam4: Exam) -> None:
    """All four draw: two of them rightly, one with a wrong scale, and one over wrong epochs."""
    text = (SOLUTIONS / "looking.py").read_text(encoding="utf-8")
    epochs = 'np.arange(1, len(history["train_loss"]) + 1)'
    for right, wrong in (("vmin=-limit, ", ""), (epochs, 'np.arange(len(history["train_loss"]))')):
        assert right in text
        text = text.replace(right, wrong)
    submission = Submission("student", (SourceFile("looking.py", (text,)),))
    asked = only(exam4, ["plot_feature_maps", "plot_denoising", "plot_filters", "plot_curves"])
    results = exercises_of(grade(asked, submission, sandbox, pictures=True))
    pictures = {name: [check.picture for check in one.checks if check.picture] for name, one in results.items()}
    assert {name: [bool(one.data["expected"]) for one in found] for name, found in pictures.items()} == {
        "plot_feature_maps": [False],
        "plot_denoising": [False],
        "plot_filters": [True],
        "plot_curves": [True, True],
    }
    limits = [axes.image.low for axes in pictures["plot_filters"][0].data["expected"].axes]
    assert limits == [-pictures["plot_filters"][0].data["expected"].axes[0].image.high] * 3
    assert pictures["plot_curves"][0].data["got"].axes[0].lines[0].x == (0, 1, 2, 3)
