"""Batch normalisation, networks with it, and their comparison: what is right, and what loses points."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import torch
from torch import nn

from autograder.exam.subset import only
from autograder.model import Exam
from tests.support.course import SUBMISSIONS, solution
from tests.support.heads import HEADS, with_head
from tests.support.results import ChecksRefused, GradeChanged, Graded, check_of, hint_of, hints, lost


def test_seed_that_is_ignored_loses_points(grade_changed: GradeChanged) -> None:
    result = grade_changed("batchnorm", "compare_batchnorm", ("manual_seed(seed)", "manual_seed(0)"))
    assert (lost(result), hints(result)) == ({"another_seed_gives_others"}, {"another_seed_than_asked_for"})


BATCH = "torch.randint(len(images), (batch_size,), generator=order)"


def test_seed_that_is_set_once_loses_points(grade_changed: GradeChanged) -> None:
    once = ("    losses = {}\n", "    losses = {}\n    torch.manual_seed(seed)\n")
    not_again = ("        torch.manual_seed(seed)\n        model", "        model")
    in_turn = (BATCH, "(len(losses[name]) * batch_size + torch.arange(batch_size)) % len(images)")
    result = grade_changed("batchnorm", "compare_batchnorm", not_again, once, in_turn)
    assert (lost(result), hints(result)) == ({"both_start_alike"}, {"seed_set_only_once_for_both_weights"})


def test_same_batch_in_every_step_loses_points(grade_changed: GradeChanged) -> None:
    result = grade_changed("batchnorm", "compare_batchnorm", (BATCH, "torch.arange(batch_size)"))
    assert (lost(result), hints(result)) == ({"a_batch_for_every_step"}, {"first_batch_in_every_step"})


def test_batches_in_turn_are_right(grade_changed: GradeChanged) -> None:
    in_turn = (BATCH, "(len(losses[name]) * batch_size + torch.arange(batch_size)) % len(images)")
    assert lost(grade_changed("batchnorm", "compare_batchnorm", in_turn)) == set()


def test_lazy_networks_are_trained_from_their_first_step(grade_changed: GradeChanged) -> None:
    convolution = ("nn.Conv2d(inputs, outputs,", "nn.LazyConv2d(outputs,")
    linear = ("nn.Linear(16 * 7 * 7,", "nn.LazyLinear(")
    assert lost(grade_changed("batchnorm", "compare_batchnorm", convolution, linear)) == set()


def test_swapped_curves_are_named(grade_changed: GradeChanged) -> None:
    result = grade_changed(
        "batchnorm", "compare_batchnorm", ('"plain", False', '"plain", True'), ('norm", True', 'norm", False')
    )
    assert (lost(result), hints(result)) == ({"tells_its_own_trainings"}, {"curves_under_the_wrong_keys"})


def test_two_equal_networks_are_not_called_swapped(grade_changed: GradeChanged) -> None:
    result = grade_changed(
        "batchnorm", "compare_batchnorm", ("DeepCNN(batch_norm=batch_norm)", "DeepCNN(batch_norm=False)")
    )
    assert "swapped" not in " ".join(check.feedback for check in result.checks)


@pytest.mark.parametrize(
    ("kept", "words", "hint"),
    [
        ("torch.{}(num_features)", "a plain attribute, not a registered buffer", "buffers_not_registered"),
        (
            "nn.Parameter(torch.{}(num_features), requires_grad=False)",
            "an nn.Parameter, not a registered buffer",
            "statistics_as_parameters",
        ),
    ],
)
def test_statistics_that_are_no_buffers_are_named_by_what_they_are(
    grade_changed: GradeChanged, kept: str, words: str, hint: str
) -> None:
    changes = [
        (f'self.register_buffer("{name}", torch.{make}(num_features))', f"self.{name} = {kept.format(make)}")
        for name, make in (("running_mean", "zeros"), ("running_var", "ones"))
    ]
    result = grade_changed("batchnorm", "BatchNorm2d", *changes)
    assert check_of(result, "updates_running_statistics").feedback.startswith(f"running_mean is {words}")
    assert hints(result) == {hint}


UPDATE = """with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(var * n / (n - 1), self.momentum)"""
GRAPH = """m = self.momentum
            self.running_mean = (1 - m) * self.running_mean + m * mean
            self.running_var = (1 - m) * self.running_var + m * var * n / (n - 1)"""


def test_statistics_with_a_graph_lose_points(grade_changed: GradeChanged) -> None:
    result = grade_changed("batchnorm", "BatchNorm2d", (UPDATE, GRAPH))
    assert (lost(result), hints(result)) == ({"statistics_without_gradients"}, {"running_statistics_with_gradients"})


def test_statistics_may_be_replaced_without_a_graph(grade_changed: GradeChanged) -> None:
    detached = GRAPH.replace("m * mean", "m * mean.detach()").replace("m * var ", "m * var.detach() ")
    assert lost(grade_changed("batchnorm", "BatchNorm2d", (UPDATE, detached))) == set()


CONVOLUTION = "layers.append(nn.Conv2d(inputs, outputs, kernel_size=3, padding=1"


@pytest.mark.parametrize(
    ("change", "hint"),
    [
        (("if batch_norm:", "if not batch_norm:"), "batchnorm_the_wrong_way_round"),
        ((CONVOLUTION, f"{CONVOLUTION}, bias=False"), "deep_biases_switched_off"),
        ((CONVOLUTION, f"{CONVOLUTION}, bias=not batch_norm"), "biases_switched_off_before_batchnorm"),
    ],
)
def test_deep_network_gets_the_hint_that_is_true(
    grade_changed: GradeChanged, change: tuple[str, str], hint: str
) -> None:
    assert hints(grade_changed("batchnorm", "DeepCNN", change)) == {hint}


TRAINED = "model = DeepCNN(batch_norm=batch_norm)"


@pytest.mark.parametrize(
    ("change", "seen", "came"),
    [
        ((BATCH, BATCH.replace("batch_size", "batch_size // 2")), "each saw 32", "batches of 8 came"),
        ((TRAINED, f"{TRAINED}.eval()"), "each saw none", "no batch came in training mode"),
        ((BATCH, BATCH.replace("batch_size", "batch_size >> batch_norm")), "they saw 64 and 32", ""),
    ],
)
def test_batches_of_another_size_are_named(
    grade_changed: GradeChanged, change: tuple[str, str], seen: str, came: str
) -> None:
    result = grade_changed("batchnorm", "compare_batchnorm", change)
    due = "compare_batchnorm: each network was to see 64 images in training mode (4 steps of 16), "
    assert check_of(result, "same_batches_for_both").feedback.startswith(f"{due}{seen}")
    if came:
        feedback = check_of(result, "a_batch_for_every_step").feedback
        assert feedback == f"compare_batchnorm was to train on batches of 16 images, {came}"


def test_initialisation_is_the_students_choice(grade_changed: GradeChanged) -> None:
    layers = "self.layers = nn.Sequential(*layers, nn.Flatten()"
    own = "for layer in layers:\n            if isinstance(layer, nn.Conv2d):\n"
    own += "                nn.init.kaiming_normal_(layer.weight)\n        "
    assert lost(grade_changed("batchnorm", "compare_batchnorm", (layers, own + layers))) == set()


def test_every_seed_makes_an_exam(exam: Callable[[int], Exam]) -> None:
    (section,) = only(exam(1334398430), ["compare_batchnorm"]).sections  # with which BatchNorm starts at 2.92
    assert [exercise.name for exercise in section.exercises] == ["compare_batchnorm"]


@pytest.mark.parametrize("network", ["SimpleCNNBatchNorm", "DeepCNN"])
def test_dropout_in_a_classifier_loses_points(grade_changed: GradeChanged, network: str) -> None:
    result = grade_changed("batchnorm", network, ("nn.Flatten(),", "nn.Flatten(), nn.Dropout(0.3),"))
    assert len(lost(result)) == 1


def test_invented_curves_lose_points(graded: Graded) -> None:
    text = "def compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):\n"
    text += "    return {'plain': [2.3] * steps, 'batchnorm': [2.3] + [0.3] * (steps - 1)}\n"
    result = graded({"batchnorm.py": text}, "compare_batchnorm")["compare_batchnorm"]
    assert "tells_its_own_trainings" in lost(result)


FOUR_AXES = """
import torch
from torch import nn


class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        shape = (1, num_features, 1, 1)
        self.weight, self.bias = nn.Parameter(torch.ones(shape)), nn.Parameter(torch.zeros(shape))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))
        self.eps, self.momentum = eps, momentum

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean, var = x.mean((0, 2, 3)), x.var((0, 2, 3), unbiased=False)
            with torch.no_grad():
                self.running_mean += self.momentum * (mean - self.running_mean)
                self.running_var += self.momentum * (x.var((0, 2, 3)) - self.running_var)
        x = (x - mean.view(1, -1, 1, 1)) / torch.sqrt(var.view(1, -1, 1, 1) + self.eps)
        return x * self.weight + self.bias
"""


def test_batchnorm_with_weights_of_four_axes_is_right(graded: Graded) -> None:
    assert lost(graded({"batchnorm.py": FOUR_AXES}, "BatchNorm2d")["BatchNorm2d"]) == set()


def test_networks_may_be_made_in_another_module(graded: Graded) -> None:
    text = solution("batchnorm").replace("compare_batchnorm", "compare")
    outer = "import helpers\n\n\ndef compare_batchnorm(images, labels, lr=0.1, steps=60, batch_size=64, seed=0):\n"
    outer += "    return helpers.compare(images, labels, lr, steps, batch_size, seed)\n"
    files = {"batchnorm.py": outer, "helpers.py": text}
    assert lost(graded(files, "compare_batchnorm")["compare_batchnorm"]) == set()


def test_network_may_call_a_part_of_itself_to_see_its_size(grade_changed: GradeChanged) -> None:
    old = "self.layers = nn.Sequential(*layers, nn.Flatten(), nn.Linear(16 * 7 * 7, num_classes))"
    new = "self.layers = nn.Sequential(*layers, nn.Flatten())\n"
    new += "        size = self.layers(torch.zeros(1, in_channels, 28, 28))"
    new += ".shape[1]\n        self.layers.append(nn.Linear(size, num_classes))"
    assert lost(grade_changed("batchnorm", "compare_batchnorm", (old, new))) == set()


BATCH_NORM = """
class BatchNorm2d(nn.Module):
    def __init__(self, num_features, eps=1e-5, momentum=0.1):
        super().__init__()
        self.eps, self.momentum = eps, momentum
        self.weight, self.bias = nn.Parameter(torch.ones(num_features)), nn.Parameter(torch.zeros(num_features))
        self.register_buffer("running_mean", torch.zeros(num_features))
        self.register_buffer("running_var", torch.ones(num_features))

    def forward(self, x):
        mean, var = self.running_mean, self.running_var
        if self.training:
            mean = x.mean((0, 2, 3))
            var = x.var((0, 2, 3), unbiased={normalising})
            with torch.no_grad():
                self.running_mean.lerp_(mean, self.momentum)
                self.running_var.lerp_(x.var((0, 2, 3), unbiased={running}), self.momentum)
        x = (x - mean[:, None, None]) / (var + self.eps).sqrt()[:, None, None]
        return x * self.weight[:, None, None] + self.bias[:, None, None]
"""


def test_batchnorm_has_two_variances(refused: ChecksRefused) -> None:
    x = torch.tensor([1.0, 2, 4, 9]).reshape(2, 1, 2, 1)
    layer = nn.BatchNorm2d(1, eps=1e-12)
    biased, unbiased = x.var(unbiased=False), x.var(unbiased=True)
    torch.testing.assert_close(layer(x), (x - x.mean()) / biased.sqrt())
    torch.testing.assert_close(layer.running_var, (0.9 + 0.1 * unbiased).reshape(1))
    assert refused("BatchNorm2d", BATCH_NORM.format(normalising=False, running=True)) == {}
    for wrong, misconception in (
        ({"normalising": True, "running": True}, "unbiased_variance_to_normalise"),
        ({"normalising": False, "running": False}, "biased_variance_in_running_var"),
    ):
        assert "lecture notes" in hint_of(refused("BatchNorm2d", BATCH_NORM.format(**wrong)), misconception)


def test_losses_may_be_tensors(graded: Graded) -> None:
    results = graded(SUBMISSIONS / "passed/float64_inside", "compare_batchnorm", measured=True)
    assert results["compare_batchnorm"].earned == results["compare_batchnorm"].points


@pytest.mark.parametrize("head", HEADS.values(), ids=HEADS)
@pytest.mark.parametrize(("section", "network"), [("batchnorm", "SimpleCNNBatchNorm"), ("batchnorm", "DeepCNN")])
def test_classifier_may_end_as_it_likes(
    grade_changed: GradeChanged, section: str, network: str, head: tuple[str, str]
) -> None:
    assert lost(grade_changed(section, network, *with_head(network, head))) == set()
