"""The first network and its training loop: what is right, what loses points, and with which hint."""

from __future__ import annotations

import pytest

from tests.support.heads import HEADS, with_head
from tests.support.results import GradeChanged, Graded, check_of, hints, lost, lost_checks

STEPS_WITH_A_CLOSURE = """
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = count = 0
    for images, labels in loader:
        images, labels = images.to(device), labels.to(device)

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            return loss

        total += optimizer.step(closure).item() * len(labels)
        count += len(labels)
    return total / count
"""


def test_optimizer_steps_with_a_closure(graded: Graded) -> None:
    assert lost_checks(graded({"simple_cnn.py": STEPS_WITH_A_CLOSURE}, "train_one_epoch")["train_one_epoch"]) == {}


def test_step_without_gradients_is_not_called_missing(grade_changed: GradeChanged) -> None:
    old = "optimizer.zero_grad()\n        loss.backward()\n"
    result = grade_changed("simple_cnn", "train_one_epoch", (old, "loss.backward()\n        optimizer.zero_grad()\n"))
    assert "optimizer.zero_grad() must not clear them in between" in check_of(result, "one_step_per_batch").hint


def test_arguments_are_shown_in_the_words_of_torch(graded: Graded) -> None:
    text = "def train_one_epoch(model, loader, optimizer, criterion, device='cpu'):\n    return 5.0\n"
    wrong = lost_checks(graded({"simple_cnn.py": text}, "train_one_epoch")["train_one_epoch"])
    assert wrong["mean_loss_per_sample"].feedback.startswith(
        "model = Sequential(Flatten(), Linear(12, 3)); "
        "loader = images (10, 1, 3, 4) and labels (10,) in batches of 4; "
        "optimizer = SGD(model.parameters(), lr=0.0); "
        "train_one_epoch(model, loader, optimizer, CrossEntropyLoss()): expected "
    )


LARGE_LINEAR = """
import torch.nn.functional as F
from torch import nn


class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.first = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.second = nn.Conv2d(16, 32, 3, padding=1)
        self.head = nn.Linear(32 * 14 * 14, num_classes)

    def forward(self, x):
        x = F.max_pool2d(F.relu(self.first(x)), 2)
        x = F.max_pool2d(F.relu(self.second(x)), 2)
        return self.head(x.flatten(1))
"""


@pytest.mark.parametrize("flatten", ["x.flatten(1)", "x.view(-1, 32 * 14 * 14)"])
def test_pool_that_is_there_is_not_called_missing(graded: Graded, flatten: str) -> None:
    text = LARGE_LINEAR.replace("x.flatten(1)", flatten)
    checks = lost_checks(graded({"simple_cnn.py": text}, "SimpleCNN")["SimpleCNN"])
    hints = {check.hint for check in checks.values()} - {""}
    assert hints
    assert all("the size before the second pooling" in hint for hint in hints)


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(("section", "network"), [("simple_cnn", "SimpleCNN")])
def test_classifier_may_end_as_it_likes(
    grade_changed: GradeChanged, section: str, network: str, head: tuple[str, str]
) -> None:
    assert lost(grade_changed(section, network, *with_head(network, head))) == set()


UNASKED = {
    "criterion_not_used": ("train_one_epoch", ("criterion(model", "nn.functional.cross_entropy(model")),
    "gradients_off_for_good": ("evaluate", ("with torch.no_grad():", "torch.set_grad_enabled(False)\n    if 1:")),
    "rounded_accuracy": ("evaluate", ("return correct / samples", "return round(correct / samples, 2)")),
}


@pytest.mark.parametrize("hint", UNASKED)
def test_training_loop_gets_the_hint_that_is_true(grade_changed: GradeChanged, hint: str) -> None:
    name, change = UNASKED[hint]
    result = grade_changed("simple_cnn", name, change)
    assert result.earned < result.points
    assert hints(result) == {hint}


TEN_CLASSES = """
from torch import nn


class SimpleCNN(nn.Sequential):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__(
            nn.Conv2d(in_channels, 16, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Conv2d(16, 32, 3, padding=1),
            nn.ReLU(),
            nn.MaxPool2d(2),
            nn.Flatten(),
            nn.Linear(1568, 10),
        )
"""


def test_network_that_is_right_for_one_size_keeps_what_it_does_well(graded: Graded) -> None:
    result = graded({"simple_cnn.py": TEN_CLASSES}, "SimpleCNN")["SimpleCNN"]
    assert lost(result) == {"parameter_count", "other_channels_and_classes"}
