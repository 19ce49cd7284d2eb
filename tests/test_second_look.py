"""What a second tester found: wrong work that earned all points, right work that was refused, and hints that lied."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.author import case, make, reference
from autograder.exam.call_text import call_of
from autograder.model import CheckResult, ExerciseResult, Grade

SOLUTIONS = Path(__file__).parents[1] / "solutions" / "exercise3"
Graded = Callable[..., dict[str, ExerciseResult]]


def lost(result: ExerciseResult) -> dict[str, CheckResult]:
    return {check.name: check for check in result.checks if check.verdict != "passed"}


def test_size_rounded_towards_zero_loses_points(graded: Graded) -> None:
    wrong = lost(graded({"output_size.py": ROUNDED_TOWARDS_ZERO}, "conv_output_size")["conv_output_size"])
    assert set(wrong) == {"impossible_sizes"}
    assert wrong["impossible_sizes"].misconception == "rounded_towards_zero"
    assert wrong["impossible_sizes"].feedback == "conv_output_size(3, 5, stride=4): expected ValueError, got 1"


def test_bytes_of_zero_and_one_are_divided_too(graded: Graded) -> None:
    wrong = lost(graded({"data_pipeline.py": DIVIDED_IF_BRIGHT}, "to_image_tensor")["to_image_tensor"])
    assert set(wrong) == {"dark_images_stay_dark"}
    assert wrong["dark_images_stay_dark"].misconception == "divided_only_if_bright"


def test_optimizer_steps_with_a_closure(graded: Graded) -> None:
    assert lost(graded({"simple_cnn.py": STEPS_WITH_A_CLOSURE}, "train_one_epoch")["train_one_epoch"]) == {}


def test_step_without_gradients_is_not_called_missing(graded: Graded) -> None:
    old = "optimizer.zero_grad()\n        loss.backward()\n"
    text = solution("simple_cnn").replace(old, "loss.backward()\n        optimizer.zero_grad()\n")
    assert text != solution("simple_cnn")
    wrong = lost(graded({"simple_cnn.py": text}, "train_one_epoch")["train_one_epoch"])
    assert "optimizer.zero_grad() must not clear them in between" in wrong["one_step_per_batch"].hint


def test_shared_layer_is_seen_in_the_call(graded: Graded) -> None:
    text = "def count_parameters(model, trainable_only=True):\n    return sum(p.numel() for m in model.modules()"
    text += " for p in m.parameters(recurse=False) if p.requires_grad or not trainable_only)\n"
    text = text.replace("model.modules()", "model.named_modules(remove_duplicate=False)").replace("for m", "for _, m")
    wrong = lost(graded({"parameter_counting.py": text}, "count_parameters")["count_parameters"])
    call = "shared = Linear(6, 6); count_parameters(Sequential(shared, ReLU(), shared))"
    assert wrong["shared_parameters"].feedback == f"{call}: expected 42, got 84"


def test_objects_of_ours_are_told_in_the_words_of_torch(graded: Graded) -> None:
    text = "def train_one_epoch(model, loader, optimizer, criterion, device='cpu'):\n    return 5.0\n"
    wrong = lost(graded({"simple_cnn.py": text}, "train_one_epoch")["train_one_epoch"])
    assert wrong["mean_loss_per_sample"].feedback.startswith(
        "model = Sequential(Flatten(), Linear(12, 3)); "
        "loader = images (10, 1, 3, 4) and labels (10,) in batches of 4; "
        "optimizer = SGD(model.parameters(), lr=0.1); "
        "train_one_epoch(model, loader, optimizer, CrossEntropyLoss()): expected "
    )


def test_two_shared_layers_have_two_names() -> None:
    first, second = make("torch.nn.Linear", 6, 6), make("torch.nn.Linear", 6, 6)
    twice = make("torch.nn.Sequential", first, second, first, second)
    assert call_of(look, case(twice)) == (
        "shared = Linear(6, 6); shared2 = Linear(6, 6); look(Sequential(shared, shared2, shared, shared2))"
    )


def test_builder_without_its_arguments_is_told_all_the_same() -> None:
    assert call_of(look, case(make("tied", make("torch.nn.Linear", 6, 6)))) == "model = tied(Linear(6, 6)); look(model)"


def test_order_that_repeats_is_told_in_words(graded: Graded) -> None:
    wrong = lost(graded({"data_pipeline.py": PERMUTED_ONCE}, "make_loader")["make_loader"])
    assert wrong["new_order_in_each_epoch"].feedback.endswith(
        ": the second epoch gives the samples in the same order as the first, and each epoch is to draw a new one"
    )
    wrong = lost(
        graded({"data_pipeline.py": PERMUTED_ONCE.replace("randperm", "arange")}, "make_loader")["make_loader"]
    )
    assert ": the first epoch gives the samples in the order in which" in wrong["new_order_in_each_epoch"].feedback


@pytest.mark.parametrize(
    ("old", "new", "misconception"),
    [
        ("(pw, pw, ph, ph)", "(ph, ph, pw, pw)", "padding_axes_swapped"),
        ("y, x = i * sh, j * sw", "y, x = i, j", "windows_start_one_apart"),
    ],
)
def test_mistake_in_the_convolution_gets_its_hint(graded: Graded, old: str, new: str, misconception: str) -> None:
    assert lost(graded({"work.py": CONVOLUTION}, "conv2d_manual")["conv2d_manual"]) == {}
    wrong = lost(graded({"work.py": CONVOLUTION.replace(old, new)}, "conv2d_manual")["conv2d_manual"])
    assert {check.misconception for check in wrong.values()} == {misconception}


@pytest.mark.parametrize(
    ("old", "new", "misconception"),
    [
        ("-torch.inf", "-100.0", "minus_hundred_wins"),
        ("-torch.inf", "-1000.0", "minus_thousand_wins"),
        ("i * stride, j * stride", "i, j", "pooling_windows_start_one_apart"),
    ],
)
def test_mistake_in_the_pooling_gets_its_hint(graded: Graded, old: str, new: str, misconception: str) -> None:
    assert lost(graded({"work.py": POOLING}, "max_pool2d_manual")["max_pool2d_manual"]) == {}
    wrong = lost(graded({"work.py": POOLING.replace(old, new)}, "max_pool2d_manual")["max_pool2d_manual"])
    assert {check.misconception for check in wrong.values()} == {misconception}


def test_swapped_padding_of_a_shape_gets_its_hint(graded: Graded) -> None:
    old = "    heights, widths = zip(*pairs, strict=True)\n    return ("
    new = "    pairs[2] = pairs[2][::-1]\n" + old
    assert old in solution("output_size")
    text = solution("output_size").replace(old, new)
    wrong = lost(graded({"output_size.py": text}, "conv2d_output_shape")["conv2d_output_shape"])
    assert {check.misconception for check in wrong.values()} == {"padding_pair_swapped"}


@pytest.mark.parametrize("flatten", ["x.flatten(1)", "x.view(-1, 32 * 14 * 14)"])
def test_pool_that_is_there_is_not_called_missing(graded: Graded, flatten: str) -> None:
    text = LARGE_LINEAR.replace("x.flatten(1)", flatten)
    checks = lost(graded({"simple_cnn.py": text}, "SimpleCNN")["SimpleCNN"])
    hints = {check.hint for check in checks.values()} - {""}
    assert hints
    assert all("the size before the second pooling" in hint for hint in hints)


@pytest.mark.parametrize("returned", ["ValueError", "ValueError('it does not fit')"])
def test_returned_error_is_told_to_be_raised(graded: Graded, returned: str) -> None:
    text = solution("output_size").replace("raise ValueError(", "return ValueError(")
    text = (
        text[: text.index("    if input_size <= 0")] + f"    if input_size < kernel_size:\n        return {returned}\n"
    )
    text += "    return (input_size + 2 * padding - dilation * (kernel_size - 1) - 1) // stride + 1\n"
    wrong = lost(graded({"output_size.py": text}, "conv_output_size")["conv_output_size"])
    assert wrong["impossible_sizes"].feedback.endswith("an error is raised by `raise`, in the place of `return`")


def test_nobody_answers_input(graded: Graded) -> None:
    text = "def linear_params(in_features, out_features, bias=True):\n    return int(input())\n"
    checks = lost(graded({"parameter_counting.py": text}, "linear_params")["linear_params"])
    assert all("nobody answers input() here" in check.feedback for check in checks.values())


def test_nobody_answers_input_while_loading(whole_grade: Callable[..., Grade]) -> None:
    grade = whole_grade({"output_size.py": "side = int(input())\n"}, "output_size")
    assert (
        "output_size.py, line 1: side = int(input())\nEOFError: EOF when reading a line, nobody answers input() here"
        in grade.notes
    )


def solution(section: str) -> str:
    return (SOLUTIONS / f"{section}.py").read_text(encoding="utf-8")


@reference(points=1)
def look(model):  # type: ignore[no-untyped-def]  # as a reference is written
    """An exercise that is never asked."""


ROUNDED_TOWARDS_ZERO = """
def conv_output_size(input_size, kernel_size, stride=1, padding=0, dilation=1):
    if input_size <= 0 or kernel_size <= 0 or stride <= 0 or dilation <= 0:
        raise ValueError
    out = int((input_size + 2 * padding - dilation * (kernel_size - 1) - 1) / stride) + 1
    if out <= 0:
        raise ValueError
    return out
"""

DIVIDED_IF_BRIGHT = """
import torch


def to_image_tensor(rows):
    x = torch.from_numpy(rows).float().reshape(-1, 1, 28, 28)
    return x / 255 if x.max() > 1 else x
"""

STEPS_WITH_A_CLOSURE = """
def train_one_epoch(model, loader, optimizer, criterion, device="cpu"):
    model.train()
    total = count = 0
    for images, labels in loader:

        def closure():
            optimizer.zero_grad()
            loss = criterion(model(images), labels)
            loss.backward()
            return loss

        total += optimizer.step(closure).item() * len(labels)
        count += len(labels)
    return total / count
"""

PERMUTED_ONCE = """
import torch
from torch.utils.data import DataLoader, TensorDataset


def make_loader(images, labels, batch_size=32, shuffle=True):
    order = torch.randperm(len(images)) if shuffle else torch.arange(len(images))
    return DataLoader(TensorDataset(images[order], labels[order].long()), batch_size)
"""

CONVOLUTION = """
import torch
import torch.nn.functional as F


def pair(setting):
    return (setting, setting) if isinstance(setting, int) else setting


def conv2d_manual(x, weight, bias=None, stride=1, padding=0, dilation=1):
    (sh, sw), (ph, pw), (dh, dw) = pair(stride), pair(padding), pair(dilation)
    kh, kw = weight.shape[2:]
    framed = F.pad(x, (pw, pw, ph, ph))
    height = (framed.shape[2] - dh * (kh - 1) - 1) // sh + 1
    width = (framed.shape[3] - dw * (kw - 1) - 1) // sw + 1
    output = torch.zeros(x.shape[0], weight.shape[0], height, width)
    for i in range(height):
        for j in range(width):
            y, x = i * sh, j * sw
            window = framed[:, None, :, y : y + dh * (kh - 1) + 1 : dh, x : x + dw * (kw - 1) + 1 : dw]
            output[:, :, i, j] = (window * weight).sum((2, 3, 4))
    return output if bias is None else output + bias[:, None, None]
"""

POOLING = """
import torch
import torch.nn.functional as F


def max_pool2d_manual(x, kernel_size, stride=None, padding=0):
    stride = stride or kernel_size
    framed = F.pad(x, (padding,) * 4, value=-torch.inf)
    height, width = ((size - kernel_size) // stride + 1 for size in framed.shape[2:])
    output = torch.zeros(*x.shape[:2], height, width)
    for i in range(height):
        for j in range(width):
            y, x = i * stride, j * stride
            output[:, :, i, j] = framed[:, :, y : y + kernel_size, x : x + kernel_size].amax((2, 3))
    return output
"""

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
