"""A wrong network shows where it first computes something else, and what is right in it counts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from autograder.exam.subset import only, without_training
from autograder.grade_json import from_json, to_json
from autograder.grading import grade, with_repairs
from autograder.judge import compared, first_difference
from autograder.model import Answer, Exam, ExerciseResult, Raised, Returned, SourceFile, Submission
from autograder.reports.repairs import repair_sentence
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import exercises_of

Found = Callable[..., ExerciseResult]
PREPARED = "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n\n"
LENET = f"""{PREPARED}
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.net = nn.Sequential(
            nn.Conv2d(1, 6, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Conv2d(6, 16, 5), nn.Tanh(), nn.AvgPool2d(2),
            nn.Flatten(), nn.Linear(400, 120), nn.Tanh(), nn.Linear(120, 84), nn.Tanh(), nn.Linear(84, num_classes),
        )

    def forward(self, x):
        return self.net(x)
"""
BLOCK = f"""{PREPARED}
class ResidualBlock(nn.Module):
    def __init__(self, in_channels, out_channels, stride=1):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, out_channels, 3, stride, padding=1)
        self.conv2 = nn.Conv2d(out_channels, out_channels, 3, padding=1)
        self.bn1, self.bn2 = nn.BatchNorm2d(out_channels), nn.BatchNorm2d(out_channels)
        self.skip = nn.Sequential()
        if stride != 1 or in_channels != out_channels:
            self.skip = nn.Sequential(nn.Conv2d(in_channels, out_channels, 1, stride), nn.BatchNorm2d(out_channels))

    def forward(self, x):
        y = F.relu(self.bn1(self.conv1(x)))
        y = self.bn2(self.conv2(y))
        y += self.skip(x)
        return y.relu_()
"""


@pytest.fixture
def found(exam: Callable[[int], Exam], sandbox: Sandbox) -> Found:
    """`found(text, exercise)`: its result, without the search for changes of the code."""

    def of(text: str, name: str) -> ExerciseResult:
        asked = only(without_training(exam(0)), [name])
        submission = Submission("student", (SourceFile("work.py", (text,)),))
        graded = grade(asked, submission, sandbox)
        after = with_repairs(graded, asked, submission, sandbox, 0.05)
        assert exercises_of(from_json(to_json(after)))[name].repair == exercises_of(after)[name].repair
        return exercises_of(after)[name]

    return of


@pytest.mark.parametrize(
    ("name", "text", "old", "new", "kind", "code", "layer"),
    [
        ("LeNet5", LENET, "6, 5), nn.Tanh()", "6, 5), nn.Softsign()", "first difference", "return self.net(x)",
         "net.1 (Softsign)"),
        ("LeNet5", LENET, "120, 84), nn.Tanh()", "120, 84), nn.Hardtanh()", "first difference", "return self.net(x)",
         "net.10 (Hardtanh)"),
        ("ResidualBlock", BLOCK, "F.relu(self.bn1", "F.gelu(self.bn1", "first difference",
         "y = F.gelu(self.bn1(self.conv1(x)))", ""),
        ("ResidualBlock", BLOCK, "self.conv2 =", "self.__dict__['conv2'] =", "not registered",
         "y = self.bn2(self.conv2(y))", ""),
        ("ResidualBlock", BLOCK, "y += self.skip(x)", "y -= self.skip(x)", "first difference", "y -= self.skip(x)", ""),
        ("ResidualBlock", BLOCK, "y += self.skip(x)", "y += 0.9 * self.skip(x)", "first difference",
         "y += 0.9 * self.skip(x)", ""),
    ],
)  # fmt: skip
def test_place_is_the_first_wrong_step(
    found: Found, name: str, text: str, old: str, new: str, kind: str, code: str, layer: str
) -> None:
    assert old in text
    repair = found(text.replace(old, new), name).repair
    assert repair is not None
    assert (repair.kind, repair.code.strip(), repair.layer, repair.edits) == (kind, code, layer, 0)


def test_network_that_ends_too_early_is_said_to(found: Found) -> None:
    result = found(LENET.replace("nn.Tanh(), nn.Linear(84, num_classes),", "nn.Tanh(),"), "LeNet5")
    repair = result.repair
    assert repair is not None
    assert repair.kind == "ends early"
    assert repair_sentence(result) == (
        "work.py, line 16: all that your network computes is right up to its last step, which is here, but something "
        "is missing"
    )


def test_sentence_names_the_layer(found: Found) -> None:
    result = found(LENET.replace("nn.Tanh(), nn.Linear(84", "nn.ReLU(), nn.Linear(84"), "LeNet5")
    assert repair_sentence(result) == (
        "work.py, line 16: what goes into this step is right, but what comes out of it is not, in the layer "
        "net.10 (ReLU); or a step is missing before it"
    )


@pytest.mark.parametrize(("name", "text"), [("LeNet5", LENET), ("ResidualBlock", BLOCK)])
def test_right_network_has_no_place(found: Found, name: str, text: str) -> None:
    result = found(text, name)
    assert (result.repair, result.earned) == (None, result.points)


def test_what_is_right_in_a_wrong_network_counts(found: Found) -> None:
    """The activation is wrong everywhere, every layer alone is right: the parameters and their gradients count."""
    result = found(LENET.replace("nn.Tanh()", "nn.Softsign()"), "LeNet5")
    passed = {check.name for check in result.checks if check.verdict == "passed"}
    assert passed == {"lenet_parameters", "lenet_returns_logits", "all_of_lenet_learns", "lenet_leaves_its_images"}


def test_wrong_layers_prove_nothing(found: Found) -> None:
    """A network of other layers gets no points for what its process says about it."""
    text = f"""{PREPARED}
class LeNet5(nn.Module):
    def __init__(self, num_classes=10):
        super().__init__()
        self.fc, self.out = nn.Linear(1024, 58), nn.Linear(58, num_classes)
        self.rest = nn.Parameter(torch.zeros(61_706 - 1025 * 58 - 590))

    def forward(self, x):
        return self.out(torch.tanh(self.fc(x.flatten(1)))) + self.rest.sum()
"""
    assert found(text, "LeNet5").earned == 0


def test_forged_steps_prove_nothing(found: Found) -> None:
    text = LENET.replace("nn.Conv2d(1, 6, 5)", "nn.Conv2d(1, 6, 5, bias=False)").replace("400, 120", "400, 120, False")
    text = text.replace("120, 84)", "120, 84, False)")
    forged = f"""{text}

import sys

for module in [*sys.modules.values()]:
    if getattr(module, "__name__", "").endswith("probes.trace"):
        module._print_of = lambda result: [1.0] * 5
"""
    assert (found(text, "LeNet5").earned, found(forged, "LeNet5").earned) == (0, 0)


def steps(**changed: object) -> Returned:
    """The trace of a network of two layers, with some lists changed."""
    prints = np.arange(10, dtype=np.float64).reshape(2, 5) + 1
    way: dict[str, Any] = {
        "prints": prints,
        "sizes": [6, 3],
        "sources": [[-1], [0]],
        "lines": [4, 5],
        "files": ["work.py", "work.py"],
        "modules": ["", "fc (Linear)"],
        "unregistered": [False, False],
        "alone": prints,
    }
    return Returned({"ways": [way | changed]})


def test_equal_steps_are_all_known() -> None:
    both = compared([steps()], steps())
    assert both is not None
    assert (both.share, [*both.known]) == (1.0, [True, True])


@pytest.mark.parametrize(
    "answer",
    [
        Raised("ValueError", "no"),
        Returned(None),
        Returned({"ways": 3}),
        Returned({"ways": [None]}),
        Returned({"ways": []}),
        steps(prints=np.ones((3, 5))),
        steps(prints=np.ones((2, 5), np.float32)),
        steps(prints=np.full((2, 5), np.nan)),
        steps(prints=np.full((2, 5), 1e300)),
        steps(alone=np.ones((2, 4))),
        steps(alone="x"),
        steps(sizes=[6, 10**400]),
        steps(sizes=[6, -1]),
        steps(sizes="66"),
        steps(sources=[[-1], [1]]),
        steps(sources=[[-1], [-2]]),
        steps(sources=[-1, 0]),
        steps(lines=[4, True]),
        steps(lines=[4]),
        steps(files=["work.py", "x" * 300]),
        steps(modules=["", 3]),
        steps(more=1),
    ],
)
def test_malformed_steps_are_none(answer: Answer) -> None:
    assert compared([steps()], answer) is None


def test_results_of_zeros_are_no_proof() -> None:
    zeros = np.zeros((2, 5))
    both = compared([steps(prints=zeros, alone=zeros)], steps(prints=zeros, alone=zeros))
    assert both is not None
    assert (both.share, any(both.known), first_difference(both)) == (0.0, False, None)
