"""What a constructor and a forward pass change besides their results is found in the sandbox."""

from __future__ import annotations

import pytest

from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''\
"""Networks"""

import torch
from torch import nn

from autograder.author import case, changed, check, reference, unchanged


@reference(points=1)
class Summed(nn.Module):
    """Sums."""

    def __init__(self, sizes):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x, more):
        for layer in self.layers:
            x = layer(x)
        return x + sum(more)


@check(Summed, points=1, ask=changed, compare=unchanged())
def changes_nothing(draw):
    """Nothing changes"""
    yield case([3, 4, 2]).on(draw.normal(5, 3), [draw.normal(5, 2)])
'''
WORK = """
import torch
from torch import nn


class Summed(nn.Module):
    def __init__(self, sizes):
        super().__init__()
        layers = [nn.LazyLinear(b) for b in sizes[1:]]
        self.layers = nn.Sequential(*layers)
        # HERE

    def forward(self, x, more):
        noise = torch.randn(2)  # to draw at random is not to set a seed
        # THERE
        return self.layers(x) + sum(more)
"""


@pytest.fixture(scope="module")
def exam(tmp_path_factory: pytest.TempPathFactory) -> Exam:
    return exam_of(tmp_path_factory.mktemp("course"), REFERENCE)


@pytest.mark.parametrize(
    ("place", "line", "changed"),
    [
        ("# HERE", "", ""),
        ("# HERE", "sizes.pop()", "sizes"),
        ("# HERE", "torch.manual_seed(0)", "random state"),
        ("# THERE", "torch.manual_seed(0)", "random state"),
        ("# THERE", "x.relu_()", "input 1 of forward"),
        ("# THERE", "more.append(1)", "input 2 of forward"),
        ("# THERE", "self.layers.train()", "network: modes"),
        ("# THERE", "torch.set_grad_enabled(False)", "recording of gradients"),
    ],
)
def test_change_is_named(sandbox: Sandbox, exam: Exam, place: str, line: str, changed: str) -> None:
    feedback = feedback_of(sandbox, exam, WORK.replace(place, line))["changes_nothing"]
    assert feedback.rpartition(": ")[0].startswith("failed") == bool(changed)
    assert feedback.endswith(f"the call changes {changed}" if changed else "")
