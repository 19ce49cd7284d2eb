"""Any network is trained on any data: numbers, tokens, two inputs; and the judge measures what it predicts."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.grading import grade
from autograder.model import SourceFile, Submission
from autograder.sandbox.sandbox import Sandbox
from tests.support.results import checks_of
from tests.support.small_course import exam_of, feedback_of

HEAD = '''"""Trainings"""

import numpy as np
import torch
from torch import nn

from autograder.author import *

'''
LINE = '''
@reference(points=1)
class Line(nn.Module):
    """How many numbers does a line have?"""

    def __init__(self):
        super().__init__()
        self.fc = nn.Linear(2, 1)

    def forward(self, x):
        return self.fc(x)


@check(
    Line,
    points=1,
    ask=train(steps=150, loss="mse_loss", optimizer="SGD", lr=0.1),
    measure=mean_squared_error(most=0.01, sentence="the error is {value:.3f}, asked is {threshold}"),
)
def fits(draw):
    """It fits a plane"""
    x, new = draw.normal(256, 2), draw.normal(64, 2)
    plane = np.array([[2.0], [-1.0]], np.float32)
    yield case().given(inputs=x, targets=x @ plane + 1, test_inputs=new).expecting(targets=new @ plane + 1)
'''
TOKENS = '''
@reference(points=1)
class Next(nn.Module):
    """What comes next?"""

    def __init__(self, tokens):
        super().__init__()
        self.table = nn.Embedding(tokens, tokens)

    def forward(self, x):
        return self.table(x)


@check(
    Next,
    points=1,
    ask=train(epochs=8, loss="token_cross_entropy", lr=0.3),
    measure=mean_cross_entropy(most=0.2, sentence="{value:.2f} nats a token"),
)
def predicts(draw):
    """It predicts the next token of a circle"""
    start, new = draw.integers(0, 4, 128, 1), draw.integers(0, 4, 16, 1)
    steps = np.arange(6)
    lines, tests = (start + steps) % 5, (new + steps) % 5
    drawn = case(5).given(inputs=lines[:, :-1], targets=lines[:, 1:], test_inputs=tests[:, :-1])
    yield drawn.expecting(labels=tests[:, 1:], classes=5)
'''
PAIRS = '''
@reference(points=1)
class Same(nn.Module):
    """When are two vectors alike?"""

    def __init__(self):
        super().__init__()
        self.scale, self.shift = nn.Parameter(torch.ones(1)), nn.Parameter(torch.zeros(1))

    def forward(self, x, y):
        alike = self.scale * (x * y).sum(1) + self.shift
        return torch.stack([-alike, alike], 1)


@check(
    Same,
    points=1,
    ask=train(epochs=5, max_lr=0.1),
    measure=accuracy(least=0.9, sentence="{value:.0%} are right"),
)
def compares(draw):
    """It tells equal vectors from opposite ones"""
    labels, x = draw.integers(0, 1, 200), draw.normal(200, 4)
    y = x * (2 * labels[:, None] - 1).astype(np.float32)
    drawn = case().given(inputs=(x[:100], y[:100]), targets=1 - labels[:100], test_inputs=(x[100:], y[100:]))
    yield drawn.expecting(labels=1 - labels[100:], classes=2)
'''
WORK = {
    "Line": "class Line(nn.Sequential):\n    def __init__(self):\n        super().__init__(nn.Linear(2, 1))\n",
    "Next": (
        "class Next(nn.Sequential):\n    def __init__(self, tokens):\n"
        "        super().__init__(nn.Embedding(tokens, 8), nn.Linear(8, tokens))\n"
    ),
    "Same": (
        "class Same(nn.Module):\n    def __init__(self):\n        super().__init__()\n"
        "        self.w = nn.Parameter(torch.zeros(2))\n\n    def forward(self, x, y):\n"
        "        return (x * y).sum(1, keepdim=True) * self.w\n"
    ),
}


@pytest.mark.parametrize(
    ("reference", "work"), [(LINE, WORK["Line"]), (TOKENS, WORK["Next"]), (PAIRS, WORK["Same"])], ids=list(WORK)
)
def test_right_network_learns(sandbox: Sandbox, tmp_path: Path, reference: str, work: str) -> None:
    text = f"import torch\nfrom torch import nn\n\n{work}"
    submission = Submission("student", (SourceFile("work.py", (text,)),))
    (check,) = checks_of(grade(exam_of(tmp_path, HEAD + reference), submission, sandbox))
    assert (check.verdict, len(check.attempts)) == ("passed", 1)


def test_network_that_cannot_learn_gets_the_sentence_of_its_value(sandbox: Sandbox, tmp_path: Path) -> None:
    text = f"import torch\nfrom torch import nn\n\n{WORK['Line']}".replace(
        "nn.Linear(2, 1)", "nn.Linear(2, 1), nn.ReLU()"
    )
    (feedback,) = feedback_of(sandbox, exam_of(tmp_path, HEAD + LINE), text).values()
    assert feedback.startswith("failed: in 1 trainings with different seeds: the error is ")
    assert feedback.endswith(", asked is 0.01")
