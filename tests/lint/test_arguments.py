"""A reference that changes an array or a list that it is given is found."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.course import Course
from autograder.exam import exam_for
from autograder.lint import Finding
from autograder.lint.arguments import argument_findings
from tests.support.submissions import write_all

REFERENCE = '''"""Sums"""

import torch

from autograder.author import case, check, make, reference


@reference(points=1)
def total(x):
    BODY


@check(total, points=1)
def total_of_all(draw):
    """The sum of all values"""
    yield CASE
    yield CASE
'''
ARRAY = "case(draw.normal(3, 4))"
LIST = "case([3, 1, 2])"
LAYER = 'case(make("torch.nn.Linear", 3, 4))'


@pytest.fixture
def found(tmp_path: Path) -> Callable[[str, str], list[Finding]]:
    """What is found if the reference has this body, and its check this case."""

    def find(body: str, case: str) -> list[Finding]:
        files = {
            "reference/sheet/__init__.py": '"""Sheet"""\n\nsections = ("sums",)\n',
            "reference/sheet/sums.py": REFERENCE.replace("BODY", body).replace("CASE", case),
        }
        write_all(tmp_path, files)
        course = Course(tmp_path)
        return list(argument_findings(course, "sheet", exam_for(course, "sheet", 0)))

    return find


@pytest.mark.parametrize(
    ("body", "case"),
    [
        ("return x.sub_(1).sum()", ARRAY),
        ("x += 1; return float(x.sum())", 'case(make("array", draw.normal(3, 4)))'),
        ("return x.unsqueeze_(0).sum()", ARRAY),
        ("x[0] = float('nan'); raise ValueError('x')", ARRAY),
        ("x.sort(); return sum(x)", LIST),
        ("return sum(x.pop() for _ in range(2))", LIST),
        ("x[1].zero_(); return x[0].sum()", "case((draw.normal(2), draw.normal(3)))"),
        ("return x.pop('size')", "case({'size': 3})"),
    ],
)
def test_reference_that_changes_its_argument_is_found(
    found: Callable[[str, str], list[Finding]], body: str, case: str
) -> None:
    assert {(one.place, one.kind, one.text.partition(" in total(")[0], one.subject) for one in found(body, case)} == {
        ("total", "argument", "the reference changes its argument x", "x")
    }


@pytest.mark.parametrize(
    ("body", "case"),
    [
        ("return x.sub(1).sum()", ARRAY),
        ("x = x + float('nan'); return x.isnan()", ARRAY),
        ("return sum(sorted(x))", LIST),
        ("torch.nn.init.zeros_(x.weight); return x.weight", LAYER),
        ("return x.sub_(1).sum()", ARRAY + '.given(watch=["x"])'),
    ],
    ids=["new array", "new name", "new list", "network", "watched"],
)
def test_reference_that_leaves_its_arguments_is_no_finding(
    found: Callable[[str, str], list[Finding]], body: str, case: str
) -> None:
    assert found(body, case) == []
