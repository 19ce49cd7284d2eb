"""Training checks: what passes, what does not, and that each failure is one clear sentence."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.errors import UserError
from autograder.exam.cache import exam_for
from autograder.grade_json import to_json
from autograder.grading import grade
from autograder.judge.train import _examples
from autograder.model import CheckResult, Exam, Returned, SourceFile, Submission
from autograder.reports.figures import draw
from autograder.sandbox.sandbox import Limits, Sandbox
from tests.support.course import COURSE, solution
from tests.support.exams import only_training
from tests.support.results import Graded, check_of, checks_of

DIGITS = COURSE.reference("exercise3") / "data" / "digits.npz"

NET = """
import torch
from torch import nn

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.fc = nn.Linear(784, num_classes)

    def forward(self, x):
        {forward}
"""
Train = Callable[..., CheckResult]


@pytest.fixture
def train(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Train:
    """The result of one training check alone, for a submission of one file; `options` change its recipe."""

    def run(
        text: str, exercise: str, seconds: float = 60, limits: Limits | None = None, **options: object
    ) -> CheckResult:
        asked = only_training(exam(0), exercise, seconds, options)
        submission = Submission("student", (SourceFile("work.py", (text,)),))
        return checks_of(grade(asked, submission, sandbox, limits=limits))[0]

    return run


@pytest.mark.parametrize(
    ("section", "exercise"),
    [
        ("simple_cnn", "SimpleCNN"),
        ("unet", "UNet"),
        ("batchnorm", "DeepCNN"),
        ("batchnorm", "compare_batchnorm"),
    ],
)
def test_solution_passes_in_one_attempt(train: Train, section: str, exercise: str) -> None:
    result = train(solution(section), exercise)
    assert (result.verdict, result.earned) == ("passed", result.points)
    assert len(result.attempts) == 1
    assert result.attempts[0].passed
    assert result.attempts[0].curves


def test_network_that_learns_nothing_fails_after_three_attempts(train: Train) -> None:
    result = train(NET.format(forward="return self.fc(x.flatten(1)) * 0 + torch.arange(10.0)"), "SimpleCNN")
    assert result.verdict == "failed"
    assert len(result.attempts) == 3
    assert len({attempt.seed for attempt in result.attempts}) == 3
    assert result.feedback.startswith("in 3 trainings with different seeds: ")
    assert "10.0% of 2,000 unseen digits are right, expected at least 93%" in result.feedback


def test_hopeless_training_ends_after_an_epoch(train: Train) -> None:
    result = train(NET.format(forward="return self.fc(x.flatten(1)) * 0"), "SimpleCNN")
    assert [len(attempt.curves["loss"]) for attempt in result.attempts] == [188, 188, 188]


def test_unet_without_skips_fails_after_six_attempts(train: Train) -> None:
    text = "from torch import nn\n\nclass UNet(nn.Conv2d):\n    def __init__(self, base_channels=16):\n"
    result = train(text + "        super().__init__(1, 1, 3, padding=1)\n", "UNet", steps=5)
    assert result.verdict == "failed"
    assert len(result.attempts) == 6
    assert "expected at most 0.030" in result.feedback


def test_nan_is_named(train: Train) -> None:
    result = train(NET.format(forward="return self.fc(x.flatten(1)) * float('nan')"), "SimpleCNN")
    assert result.verdict == "failed"
    assert "before the training: 20000 of 20000 values are NaN or infinite" in result.feedback


def test_diverging_network_fails(train: Train) -> None:
    forward = "return (self.fc(x.flatten(1)) * (1e18 if self.training else 1)) ** 3"
    result = train(NET.format(forward=forward), "SimpleCNN")
    assert result.verdict == "failed"
    assert len(result.attempts) == 3


def test_wrong_shape_is_named(train: Train) -> None:
    text = "\n_forward = UNet.forward\nUNet.forward = lambda self, x: _forward(self, x)[:, 0]\n"
    result = train(solution("unet") + text, "UNet")
    assert result.verdict == "raised"
    assert "forward gives shape (16, 32, 32) for images (16, 1, 32, 32)" in result.feedback


def test_network_that_changes_its_input_learns_like_any_other(train: Train) -> None:
    text = "\n_forward = SimpleCNN.forward\n\ndef forward(self, x):\n    y = _forward(self, x.clone())\n"
    text += "    x.zero_()\n    return y\n\nSimpleCNN.forward = forward\n"
    assert train(solution("simple_cnn") + text, "SimpleCNN").verdict == "passed"


def test_slow_network_is_stopped_and_no_failed_attempt(train: Train) -> None:
    result = train(NET.format(forward="import time; time.sleep(0.2); return self.fc(x.flatten(1))"), "SimpleCNN", 2)
    assert result.verdict == "stopped"
    assert result.attempts == ()
    assert "the training of SimpleCNN() did not finish within 2 seconds" in result.feedback


def test_too_much_memory_is_stopped(train: Train) -> None:
    forward = "big = torch.ones(200, 1024, 1024); return self.fc(x.flatten(1)) + big.mean()"
    result = train(NET.format(forward=forward), "SimpleCNN", limits=Limits(memory=512 << 20))
    assert result.verdict == "stopped"
    assert "used more than 0.5 GB of memory" in result.feedback


def test_network_that_moves_to_another_device_raises(train: Train) -> None:
    result = train(NET.format(forward="return self.fc(x.flatten(1)).to('meta')"), "SimpleCNN")
    assert result.verdict == "raised"
    assert "meta" in result.feedback


def test_process_that_dies_is_stopped_and_no_failed_attempt(train: Train) -> None:
    result = train(NET.format(forward="import os; os._exit(0)"), "SimpleCNN")
    assert (result.verdict, result.attempts) == ("stopped", ())
    assert "ended Python by itself (exit status 0)" in result.feedback


def test_table_of_known_digits_is_of_no_use(train: Train) -> None:
    """The class numbers are permuted, so even all true labels of MNIST give no right answer."""
    with np.load(DIGITS) as file:
        parts = [(file[f"{part}_images"], file[f"{part}_labels"]) for part in ("train", "test")]
    table = {
        zlib.crc32(row.tobytes()): int(label)
        for images, labels in parts
        for row, label in zip(images, labels, strict=True)
    }
    known = f"""
        import zlib
        rows = (x.detach().flatten(1) * 255).round().to(torch.uint8).numpy()
        labels = torch.tensor([TABLE[zlib.crc32(row.tobytes())] for row in rows])
        return nn.functional.one_hot(labels, 10) * 9.0 + self.fc(x.flatten(1)) * 0

TABLE = {table}"""
    result = train(NET.format(forward=known.strip()), "SimpleCNN")
    assert result.verdict == "failed"
    assert [attempt.value for attempt in result.attempts] == [0.0, 0.0, 0.0]


def test_failed_structure_is_not_trained(graded: Graded) -> None:
    exercise = graded({"work.py": NET.format(forward="return self.fc(x.flatten(1))")}, "SimpleCNN", measured=True)
    check = check_of(exercise["SimpleCNN"], "learns_digits")
    assert (check.verdict, check.attempts) == ("skipped", ())
    assert check.feedback.startswith("skipped until “")


def test_labels_and_clean_images_stay_with_the_judge(exam: Callable[[int], Exam]) -> None:
    for exercise in exam(0).exercises:
        for check in exercise.checks:
            for item in check.items if check.measure in ("accuracy", "mean_squared_error", "loss_ratio") else ():
                assert isinstance(item.expected[0], Returned)
                compared: Any = item.expected[0].value
                secret = compared["targets"] if "targets" in compared else compared["labels"]
                sent = [value for value in item.question.options.values() if isinstance(value, np.ndarray)]
                assert not any(np.array_equal(value, secret) for value in sent)


def test_attempts_stand_in_the_json(sandbox: Sandbox, exam: Callable[[int], Exam]) -> None:
    asked = only_training(exam(0), "DeepCNN", 60, {"steps": 25})
    submission = Submission("student", (SourceFile("batchnorm.py", (solution("batchnorm"),)),))
    written = json.loads(to_json(grade(asked, submission, sandbox)))
    attempts = written["sections"][0]["exercises"][0]["checks"][0]["attempts"]
    assert set(attempts[0]) == {"seed", "value", "threshold", "passed", "reason", "curves"}
    assert attempts[0]["threshold"] == 2.0
    assert set(attempts[0]["curves"]) == {"plain", "batchnorm"}
    assert len(attempts[0]["curves"]["plain"]) == 25


def test_figures_are_drawn(sandbox: Sandbox, exam: Callable[[int], Exam], tmp_path: Path) -> None:
    asked = only_training(exam(0), "UNet", 60, {"steps": 3})
    asked = replace(asked, sections=(replace(asked.sections[0], exercises=asked.sections[0].exercises[:1]),))
    submission = Submission("student", (SourceFile("unet.py", (solution("unet"),)),))
    files = draw(grade(asked, submission, sandbox), tmp_path / "new folder")
    assert [path.name for path in files] == ["UNet-denoises_digits-loss.png", "UNet-denoises_digits-images.png"]
    assert all(path.read_bytes().startswith(b"\x89PNG") for path in files)


def test_missing_and_broken_data_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="no MNIST can be read there"):
        exam_for(COURSE, "exercise3", 0, tmp_path / "nowhere")
    raw = tmp_path / "MNIST" / "raw"
    raw.mkdir(parents=True)
    for name in ("train", "t10k"):
        for kind in ("images-idx3", "labels-idx1"):
            (raw / f"{name}-{kind}-ubyte").write_bytes(gzip.compress(b"broken"))
    with pytest.raises(UserError, match="no MNIST can be read there"):
        exam_for(COURSE, "exercise3", 0, tmp_path)


def test_examples_say_what_the_network_takes_images_for() -> None:
    images = np.zeros((3, 4, 4), np.uint8)
    known = {"images": images, "names": np.array([7, 3]), "labels": np.array([0, 1, 1, 0]), "classes": 2}
    logits = np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0], [9.0, 1.0]], np.float32)
    assert list(_examples(known, {"predictions": logits})) == ["read as 7, 3, 7: 2 of 3 right"]


@pytest.mark.parametrize(
    "answer", [None, {}, {"predictions": "7"}, {"predictions": np.zeros((2, 2))}, {"predictions": np.zeros((4, 3))}]
)
def test_answer_of_another_form_has_no_examples(answer: object) -> None:
    known = {"images": np.zeros((3, 4, 4)), "names": [7, 3], "labels": np.zeros(4, np.int64)}
    assert _examples(known, answer) == {}
    assert _examples({"labels": np.zeros(4)}, {"predictions": np.zeros((4, 2))}) == {}
