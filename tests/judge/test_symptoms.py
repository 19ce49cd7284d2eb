"""Why a training does not learn: each fault gets the sentence that is true of it, and right work gets none."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pytest

from autograder.grading import grade
from autograder.judge import Rules
from autograder.judge.symptoms import SECONDS, with_symptom
from autograder.model import (
    Answer,
    Attempt,
    CheckResult,
    Exam,
    ExamCheck,
    Item,
    Question,
    Returned,
    SourceFile,
    Submission,
)
from autograder.sandbox.sandbox import Sandbox
from tests.support.course import changed, solution
from tests.support.exams import only_training
from tests.support.results import checks_of

NET = """
import torch
import torch.nn.functional as F
from torch import nn

class SimpleCNN(nn.Module):
    def __init__(self, in_channels=1, num_classes=10):
        super().__init__()
        self.conv1 = nn.Conv2d(in_channels, 16, 3, padding=1)
        self.conv2 = nn.Conv2d(16, 32, 3, padding=1)
        self.fc = nn.Linear(1568, num_classes)
        {in_init}

    def forward(self, x):
        {before}
        x = F.max_pool2d(F.relu(self.conv1(x)), 2)
        x = F.max_pool2d(F.relu(self.conv2(x)), 2)
        return {result}
"""
RESULT = "self.fc(x.flatten(1))"
NO_GRADIENT = r"no gradient reaches conv1\.weight, conv2\.weight and fc\.weight"
PASSES = r"the same training passes \(9\d\.\d% of 2,000 unseen digits are right, expected at least 93%\)"

Failed = Callable[..., CheckResult]


def net(in_init: str = "pass", before: str = "pass", result: str = RESULT) -> str:
    return NET.format(in_init=in_init, before=before, result=result)


@pytest.fixture
def trained(sandbox: Sandbox, exam: Callable[[int], Exam]) -> Failed:
    """The result of the training check of an exercise alone, in one attempt."""

    def run(text: str, exercise: str = "SimpleCNN", *, hidden: bool = False) -> CheckResult:
        options = {"epochs": 1} if exercise == "SimpleCNN" else {}
        return result_of(sandbox, only_training(exam(1), exercise, 60, options, attempts=1), text, hidden)

    return run


def result_of(sandbox: Sandbox, asked: Exam, text: str, hidden: bool = False, **parameters: float) -> CheckResult:
    (section,) = asked.sections
    (exercise,) = section.exercises
    (check,) = exercise.checks
    check = replace(check, hidden=hidden, parameters={**check.parameters, **parameters})
    asked = replace(asked, sections=(replace(section, exercises=(replace(exercise, checks=(check,)),)),))
    (result,) = checks_of(grade(asked, Submission("student", (SourceFile("work.py", (text,)),)), sandbox))
    return result


def symptom(result: CheckResult) -> str:
    """The second line of the feedback on a training that failed."""
    assert (result.verdict, result.earned) == ("failed", 0)
    return result.feedback.partition("\n")[2]


@pytest.mark.parametrize(
    ("work", "sentence"),
    [
        (
            net("[p.register_hook(lambda g: -g) for p in self.parameters()]"),
            rf"the loss rises: \S+ in the first steps, \S+ in the last ones; with the opposite sign .* {PASSES}",
        ),
        (
            net("[nn.init.normal_(p, std=2) for p in self.parameters()]"),
            rf"fc\.\w+ begins 1\d\d times as large as in torch's layers; with torch's own first weights {PASSES}",
        ),
        (
            net("[nn.init.zeros_(p) for p in self.parameters()]"),
            rf"conv1\.weight begins with zeros only; with torch's own first weights {PASSES}",
        ),
        (
            net(
                "self.requires_grad_(False); self.shift = nn.Parameter(torch.zeros(10))",
                result=f"{RESULT} + self.shift",
            ),
            rf"{NO_GRADIENT}; with gradients for all of them {PASSES}",
        ),
        (
            net(result="self.fc(x.flatten(1).detach()).detach() + self.fc.bias"),
            rf"{NO_GRADIENT}; with gradients for all of them {PASSES}",
        ),
        (
            net(before="x = x - 100"),
            "dead ReLUs: behind one ReLU all (16|32) channels are 0 for every image",
        ),
        (
            net(result=f"{RESULT} if self.training else -{RESULT}"),
            r"the loss falls from \S+ to 0\.\d+, but eval mode gives other results; asked in training mode .* passes.*",
        ),
        (
            net(
                "self.first = self.fc.weight.detach().clone()",
                "self.fc.weight.data.copy_(self.first); self.conv1.weight.data.mul_(0.9)",
            ),
            r"fc\.weight gets gradients, but ends with the values with which it began",
        ),
        (
            net(result=f"{RESULT} * 1e4"),
            r"the logits are saturated from the first step on: .* probability of 1\.00 .* 0\.10 would be a guess",
        ),
    ],
    ids=["sign", "large", "zeros", "frozen", "detached", "dead", "modes", "still", "saturated"],
)
def test_fault_of_a_network_is_named(trained: Failed, work: str, sentence: str) -> None:
    assert re.fullmatch(sentence, symptom(trained(work)))


def test_gradients_that_end_are_named_with_the_step(trained: Failed) -> None:
    """The layers are those of the solution, so that all other checks pass."""
    ending = """

_Right = SimpleCNN

class SimpleCNN(_Right):
    passes = 0

    def forward(self, x):
        self.passes += self.training
        result = super().forward(x)
        return result if self.passes <= 10 else result.detach().requires_grad_()
"""
    sentence = symptom(trained(solution("simple_cnn") + ending))
    assert re.fullmatch(
        r"after step 10 no gradient reaches (\S+, )+\S+ and \S+; with gradients for .* passes .*", sentence
    )


def test_small_gradients_are_told_by_a_larger_learning_rate(trained: Failed) -> None:
    small = """

_Right = DeepCNN

def DeepCNN(*args, **kwargs):
    network = _Right(*args, **kwargs)
    for parameter in network.parameters():
        parameter.register_hook(lambda gradient: gradient / 100)
    return network
"""
    sentence = symptom(trained(solution("batchnorm") + small, "DeepCNN"))
    assert re.fullmatch(
        r"plain: the loss stays at 2\.\d+; .* a guess; with 100 times the learning rate the same training passes .*",
        sentence,
    )


def test_labels_of_other_images_are_counted(trained: Failed) -> None:
    others = "labels[torch.randint(len(images), (batch_size,), generator=order)]"
    result = trained(changed("batchnorm", ("labels[batch]", others)), "compare_batchnorm")
    assert re.fullmatch(
        r"one of the networks: of 3,840 labels that the loss got, only \d+ belong to their images; with the right "
        r"labels the same training passes \(.*\)",
        symptom(result),
    )


def test_right_work_gets_no_symptom(sandbox: Sandbox, exam: Callable[[int], Exam], trained: Failed) -> None:
    assert "\n" not in trained(net()).feedback
    hard = only_training(exam(1), "SimpleCNN", 60, {"epochs": 1}, attempts=1)
    assert symptom(result_of(sandbox, hard, net(), least=0.999)) == ""


def test_hidden_check_shows_no_symptom(trained: Failed) -> None:
    assert symptom(trained(net(result=f"{RESULT} * 0"), hidden=True)) == ""


@dataclass
class Forger:
    """Answers every question with the same value."""

    value: Any
    seconds_of_each: float = 0.1
    question_seconds: float = 0.0
    asked: list[Question] = field(default_factory=list)

    def __call__(self, question: Question, seconds: float) -> Answer:
        self.asked.append(question)
        self.question_seconds += self.seconds_of_each
        return Returned(self.value)


LOGITS = {"untrained": np.zeros((4, 2)), "predictions": np.zeros((4, 2)), "curve": [2.0, 2.0]}
NETWORK: Mapping[str, Any] = {
    "parameters": ["fc.weight"],
    "axes": [2],
    "begins": [1.0],
    "last_gradients": [0],
    "moved": [True],
    "steps": 2,
    "confidence": 0.5,
    "relus": [],
    "right_labels": 0,
    "known_labels": 0,
}
KNOWN: Any = {"labels": np.array([0, 1, 1, 1]), "classes": 2}


QUESTION = Question("train", "Net", options={"seed": 1, "lr": 0.1})
CHECK = ExamCheck(
    name="learns",
    title="It learns",
    points=1.0,
    comparator="matches",
    parameters={"least": 0.9, "sentence": "{value:.0%} are right"},
    items=(Item("Net()", QUESTION, (Returned(KNOWN),)),),
    training=True,
    measure="accuracy",
)


def ask(asker: Forger) -> CheckResult:
    """The result of a check that failed, after the symptom was looked for."""
    attempt = Attempt(1, 0.25, 0.9, False)
    failed = CheckResult("learns", "It learns", "failed", 0.0, 1.0, "25% are right", attempts=(attempt,))
    after = with_symptom(Rules(), CHECK, failed, asker)
    assert replace(after, feedback=failed.feedback) == failed
    return after


def test_report_of_the_right_form_is_read() -> None:
    asker = Forger({"answer": LOGITS, "observed": [NETWORK]})
    assert ask(asker).feedback == "25% are right\nno gradient reaches fc.weight"


@pytest.mark.parametrize(
    "value",
    [
        None,
        {},
        {"answer": None, "observed": None},
        {"answer": LOGITS, "observed": 3},
        {"answer": LOGITS, "observed": [3]},
        {"answer": LOGITS, "observed": [NETWORK, {}]},
        *(
            {"answer": LOGITS, "observed": [{**NETWORK, name: part}]}
            for name in NETWORK
            for part in (None, [None], ["\x1b[31m"], float("nan"))
        ),
    ],
)
def test_forged_report_says_nothing(value: Any) -> None:
    assert ask(Forger(value)).feedback == "25% are right"


def test_no_training_is_repeated_when_the_time_is_used_up() -> None:
    asker = Forger({"answer": LOGITS, "observed": [{**NETWORK, "begins": [50.0]}]}, seconds_of_each=SECONDS)
    assert ask(asker).feedback == "25% are right\nno gradient reaches fc.weight"
    assert [question.options["change"] for question in asker.asked] == [""]
