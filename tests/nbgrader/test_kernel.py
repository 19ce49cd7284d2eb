"""A course without sealed grades: scores come from the check that the kernel runs, and nbgrader reads them."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .students import solve

if TYPE_CHECKING:
    from .conftest import Course


@pytest.fixture(scope="module")
def unsealed(made: Callable[[str], Course]) -> Course:
    """Graded by nbgrader alone."""
    course = made("unsealed")
    notebook = json.loads((course.folder / "release/sheet/sheet.ipynb").read_text())
    noisy = "import os, sys, warnings\ndef half(x):\n    warnings.warn('x')\n    os.write(2, b'y')\n    return x // 2"
    solve(notebook, half=noisy, area="def area(height, width=1):\n    return height", mean="def mean(numbers)")
    course.submit("somebody", json.dumps(notebook))
    config = course.folder / "nbgrader_config.py"
    config.write_text("c = get_config()\nc.Execute.timeout = 900\n")
    course.nbgrader("autograde", "sheet")
    return course


def test_score_is_what_the_visible_checks_are_worth(unsealed: Course) -> None:
    assert unsealed.scores()["somebody"] == {"half": 4.0, "area": 1.25, "mean": 0.0}


def test_nbgraders_own_feedback_page_shows_the_report(unsealed: Course) -> None:
    unsealed.nbgrader("generate_feedback", "sheet")
    page = (unsealed.folder / "feedback/somebody/sheet/sheet.html").read_text()
    assert "The width is 1 if it is left out" in page
    assert "secretly" not in page
