"""Loss curves are drawn whatever a student's process calls them, and whatever their values are."""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.judge.accept import Rules
from autograder.judge.train import attempt_of
from autograder.model import (
    Attempt,
    CheckResult,
    ExamCheck,
    ExerciseResult,
    Grade,
    Isolation,
    Item,
    Question,
    Returned,
    SectionResult,
)
from autograder.reports.figures import draw
from tests.support.forging import NUMBERS

LABELS = np.array([0, 1])
ITEM = Item("train(Net)", Question("train", "Net"), (Returned({"labels": LABELS, "classes": 2}),))
PARAMETERS: dict[str, Any] = {"least": 0.5, "sentence": "{value} {threshold}"}
CHECK = ExamCheck("learns", "It learns", 1, "", PARAMETERS, (ITEM,), training=True, measure="accuracy")
NAMES = [
    *("\ud800", "a\u202eb", "\x1b[2J", "a\x00b", "a\nb", "", "_hidden", r"$\frac{", "$$", "$x$", "=1+1", "x" * 9999),
    *("\U0010ffff", "\ufffd", "̀" * 300),
]


def attempt(curves: dict[str, list[float]]) -> Attempt:
    logits = np.eye(2, dtype=np.float32)
    answer: dict[str, Any] = {"untrained": np.zeros_like(logits), "predictions": logits, "curves": curves}
    return attempt_of(Rules(), CHECK, ITEM, Returned(answer))


def drawn(made: Attempt, folder: Path) -> list[Path]:
    check = CheckResult("learns", "It learns", "passed", 1, 1, attempts=(made,))
    exercise = ExerciseResult("Net", 1, 1, 0.0, (check,))
    section = SectionResult("nets", "Nets", False, 1, 1, (exercise,))
    return draw(Grade("sheet", "student", 1, 1, 0, Isolation("full"), 0, "", {}, 0.0, (section,)), folder)


@pytest.mark.filterwarnings("ignore:Glyph|.*No artists")
@pytest.mark.parametrize("name", NAMES, ids=range(len(NAMES)))
def test_name_of_a_curve_harms_no_figure(name: str, tmp_path: Path) -> None:
    made = attempt({name: [1.0, 0.5]})
    (shown,) = made.curves
    assert len(shown) <= 40
    assert not re.search("[\x00-\x1f\ud800-\udfff\u202e]", shown)
    assert len(drawn(made, tmp_path)) == 1


@pytest.mark.parametrize("value", [1e308, -1e308, math.nan, math.inf, 0.0, *map(float, NUMBERS[:8])])
def test_value_of_a_loss_harms_no_figure(value: float, tmp_path: Path) -> None:
    assert len(drawn(attempt({"loss": [1.0, value, 0.5], "other": [value]}), tmp_path)) == 1


def test_few_curves_are_taken() -> None:
    assert len(attempt({f"curve {number}": [1.0] for number in range(5000)}).curves) == 12
