"""A check whose cases do not follow from the seed is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.lint import Finding
from autograder.lint.draws import draw_findings
from tests.support.submissions import write_all

REFERENCE = '''"""Means"""

import random

import numpy as np
import torch

from autograder.author import case, check, make, reference

IMAGES = np.random.default_rng(0).normal(size=(3, 4))


@reference(points=1)
def mean(x):
    return float(x.mean())


def fixed():
    return np.random.default_rng(0).normal(size=(3, 4))


@check(mean, points=1)
def mean_of_all(draw):
    """The mean of all values"""
    yield case(CASE)
'''
ADVICE = "; draw at random only with draw, such as draw.normal(2, 3)"
DIFFERENT = (
    f"mean_of_all draws from np.random, random or torch instead of draw: the same seed gives other cases{ADVICE}"
)


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str], list[Finding]]:
    """What is found if the check yields this argument."""

    def find(argument: str) -> list[Finding]:
        files = {
            "reference/sheet/__init__.py": '"""Sheet"""\n\nsections = ("means",)\n',
            "reference/sheet/means.py": REFERENCE.replace("CASE", argument),
        }
        write_all(tmp_path, files)
        return list(draw_findings(Course(tmp_path), "sheet"))

    return find


@pytest.mark.parametrize(
    "argument",
    [
        "np.random.normal(size=(3, 4))",
        "np.full((3, 4), random.random())",
        "torch.rand(3, 4).numpy()",
        "draw.normal(3, 4) + np.random.normal()",
        "[{'x': np.random.normal(size=3)}]",
        'make("torch.nn.Linear", random.randrange(10**9), 1)',
    ],
)
def test_cases_that_differ_with_the_same_seed_are_found(found: Callable[[str], list[Finding]], argument: str) -> None:
    assert found(argument) == [Finding("mean", "draw", DIFFERENT)]


@pytest.mark.parametrize(
    ("argument", "names"),
    [
        ("np.random.RandomState(0).normal(size=(3, 4))", "RandomState, random"),
        ("fixed()", "default_rng, random"),
        ("np.array([random.Random(3).random()])", "random"),
        ("torch.rand(3, 4, generator=torch.Generator().manual_seed(0)).numpy()", "manual_seed, rand"),
    ],
)
def test_cases_with_a_seed_of_their_own_are_found(
    found: Callable[[str], list[Finding]], argument: str, names: str
) -> None:
    text = f"mean_of_all uses {names}, but its cases are the same with every seed{ADVICE}"
    assert found(argument) == [Finding("mean", "draw", text)]


@pytest.mark.parametrize(
    "argument",
    [
        "draw.normal(3, 4)",
        "np.array([1.0, float('nan')])",
        "IMAGES",
        "np.random.default_rng(draw.seed()).normal(size=(3, 4))",
        'make("torch.nn.Linear", 3, 4)',
    ],
    ids=["draw", "constant", "data", "seeded by draw", "object"],
)
def test_cases_that_follow_from_the_seed_are_no_finding(found: Callable[[str], list[Finding]], argument: str) -> None:
    assert found(argument) == []
