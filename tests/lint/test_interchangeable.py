"""More interchangeable layers than are tried in every order are an advice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.lint import Finding
from autograder.lint.interchangeable import order_findings
from tests.support.small_course import exam_of

REFERENCE = '''"""Heads"""

import torch
from torch import nn

from autograder.author import case, check, forward, reference


@reference(points=1)
class Heads(nn.Module):
    def __init__(self, count):
        super().__init__()
        self.heads = nn.ModuleList(nn.Linear(4, 3) for _ in range(count))

    def forward(self, x):
        return sum((number + 1) * head(x) for number, head in enumerate(self.heads))


@check(Heads, points=1, ask=forward)
def values(draw):
    """The weighted sum of the heads"""
    yield case(COUNT).on(draw.normal(2, 4))
'''


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[Finding]]:
    def findings(count: str) -> list[Finding]:
        exam = exam_of(tmp_path, REFERENCE.replace("COUNT", count))
        return list(order_findings(Course(tmp_path), "exercise7", exam))

    return findings


def test_four_heads_are_tried_in_every_order(found: Callable[[str], list[Finding]]) -> None:
    assert found("4") == []


def test_five_heads_are_an_advice(found: Callable[[str], list[Finding]]) -> None:
    (finding,) = found("5")
    assert finding.advice
    assert finding.text.startswith("values: 5 layers of one size do not build on each other")
