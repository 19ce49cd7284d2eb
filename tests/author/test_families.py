"""The checks that every network gets work with several inputs and outputs."""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.model import Exam
from autograder.sandbox.sandbox import Sandbox
from tests.support.small_course import exam_of, feedback_of

REFERENCE = '''"""Cells"""

import torch
from torch import nn

from autograder.author import case, check, forward, network, reference


@reference(points=7)
class Cell(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.fc = nn.Linear(2 * width, width)

    def forward(self, x, state):
        h, c = state
        h = torch.tanh(self.fc(torch.cat([x, h], 1)))
        return h, c + h


@check(Cell, points=1, ask=forward)
def values(draw):
    """The next state"""
    yield case(3).on(draw.normal(4, 3), (draw.normal(4, 3), draw.normal(4, 3)))


family = network(
    Cell,
    lambda draw: case(3).on(draw.normal(4, 3), (draw.normal(4, 3), draw.normal(4, 3))),
    counts_with=values,
    parameters=1,
    repeatable=1,
    draws_nothing=1,
    rows_alone=(1, "alone", "A row of the batch stays by itself"),
    learns=1,
    round_trip=1,
)
'''
RIGHT = """import torch
from torch import nn
import torch.nn.functional as F


class Cell(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.layer = nn.Linear(2 * width, width)

    def forward(self, x, state):
        h = self.layer(torch.cat([x, state[0]], 1)).tanh()
        return h, state[1] + h
"""


@pytest.fixture
def exam(tmp_path: Path) -> Exam:
    return exam_of(tmp_path, REFERENCE)


def test_family_has_names_points_and_titles(exam: Exam) -> None:
    (cell,) = exam.exercises
    assert [(check.name, check.points, check.counts_with) for check in cell.checks] == [
        ("values", 1, ()),
        *((name, 1, ("values",)) for name in ("parameters", "repeatable", "draws_nothing", "alone", "learns")),
        ("round_trip", 1, ("values",)),
    ]
    assert cell.checks[4].title == "A row of the batch stays by itself"


@pytest.mark.parametrize(
    ("old", "new", "failed"),
    [
        ("", "", {}),
        (
            "return h, state[1] + h",
            "return F.dropout(h, 0.3, self.training), state[1] + h",
            {"draws_nothing": "in training mode the same input gives another output the second time"},
        ),
        (
            "return h, state[1] + h",
            "return h - h.detach().mean(0), state[1] + h",
            {"alone": "a row alone gives another output"},
        ),
        (
            "super().__init__()\n",
            "super().__init__()\n        self.unused = nn.Linear(2, 2)\n",
            {"parameters": "Cell(3): expected 21, got 27", "learns": "no gradient reaches 2 of 4 parameters"},
        ),
    ],
)
def test_right_cell_passes_and_wrong_ones_do_not(
    sandbox: Sandbox, exam: Exam, old: str, new: str, failed: dict[str, str]
) -> None:
    feedback = feedback_of(sandbox, exam, RIGHT.replace(old, new))
    for name, text in failed.items():
        assert text in feedback[name]
    right = {name for name, text in feedback.items() if text == "" or text.startswith("skipped: right so far")}
    assert right - {"values"} == set(feedback) - set(failed) - {"values"}
