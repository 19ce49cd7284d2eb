"""The documentation for authors is executed: its course, its snippets, and every line of its table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder import author
from autograder.author.words import reference
from autograder.course import Course
from autograder.exam.build import build_exam
from autograder.judge import COMPARATORS, MEASURES
from autograder.judge.rules import predicate
from autograder.model import Exam
from autograder.sandbox.inside.probes import PROBES
from autograder.sandbox.inside.toolbox import builder
from tests.support.course import ROOT
from tests.support.submissions import write_all

AUTHORS = (ROOT / "docs" / "authors.md").read_text(encoding="utf-8")
SNIPPETS = re.findall(r"```python\n(.*?)```", AUTHORS.partition("## Add to an assignment")[2], re.DOTALL)
ROWS = re.findall(r"^\| (.+?) \| (.+) \|$", AUTHORS.partition("## I want to check that")[2].partition("\n## ")[0], re.M)
BEFORE = '''"""The snippets of the documentation, in one section."""

import numpy as np
import torch
import torch.nn.functional as F
from torch import nn

from autograder.author import *


@reference(points=1)
def area(height, width):
    """How many squares?"""
    return height * width


@reference(points=5.5)
class Block(nn.Module):
    """How many layers?"""

    def __init__(self, in_channels, out_channels):
        super().__init__()
        self.conv = nn.Conv2d(in_channels, out_channels, 3, padding=1)
        self.norm = nn.BatchNorm2d(out_channels)

    def forward(self, x):
        return F.relu(self.norm(self.conv(x)))


@reference(points=2)
class StripeNet(nn.Module):
    """Which layers?"""

    def __init__(self):
        super().__init__()
        self.conv, self.fc = nn.Conv2d(1, 4, 3), nn.Linear(4 * 36, 2)

    def forward(self, x):
        return self.fc(F.relu(self.conv(x)).flatten(1))


@reference(points=0)
class Decoder(nn.Module):
    """Which order?"""

    def join(self, x, skip):
        return torch.cat([x, skip], dim=1)


SOBEL = np.array([[[[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]]]], np.float32)


@reference(points=0)
def conv2d_manual(x, weight):
    """What comes out?"""
    return F.conv2d(x, weight)


@check(Block, points=1, ask=forward)
def in_eval_mode(draw):
    """Convolution, BatchNorm, ReLU"""
    yield case(3, 5).on(draw.normal(2, 3, 6, 7))
'''


def snippets(*words: str) -> str:
    """The snippets in which one of these words stands."""
    return "\n\n".join(text for text in SNIPPETS if any(word in text for word in words))


def exam_of_the_snippets(folder: Path) -> Exam:
    own = ("sandbox.inside.toolbox", "judge.rules")
    section = "\n\n".join(text for text in SNIPPETS if not any(word in text for word in (*own, "exercises = (")))
    section = re.sub(r"^(answers = variable\(.*)points=2", r"\1points=1", section, flags=re.MULTILINE)
    files = {
        "__init__.py": '"""Snippets"""\n\nsections = ("snippets",)\n',
        "snippets.py": f"{BEFORE}\n\n{section}",
        "probes.py": snippets(own[0]),
        "judging.py": snippets(own[1]),
    }
    return build_exam(Course(write_all(folder / "reference/sheet", files).parents[1]), "sheet", 0, "", {})


def test_snippets_make_an_exam(tmp_path: Path) -> None:
    exercises = {exercise.name: exercise for exercise in exam_of_the_snippets(tmp_path).exercises}
    assert {name: len(one.checks) for name, one in exercises.items()} == {
        "area": 1,
        "Block": 6,
        "StripeNet": 1,
        "Decoder": 0,
        "conv2d_manual": 0,
        "surface": 1,
        "answers": 1,
    }
    assert [one.title for one in exercises["conv2d_manual"].milestones] == ["Your convolution finds edges"]
    (item,) = exercises["surface"].checks[0].items
    assert [(call.target, dict(call.arguments)) for call in item.inner_calls] == [
        ("area", {"height": 2, "width": 3}),
        ("area", {"height": 2, "width": 5}),
        ("area", {"height": 3, "width": 5}),
    ]
    assert [wrong.name for wrong in exercises["area"].misconceptions] == [
        "sides_added",
        "a_square",
        "counted_one_by_one",
    ]


@pytest.mark.parametrize(("property_", "code"), ROWS[1:], ids=lambda text: text[:40])
def test_line_of_the_table_can_be_written(property_: str, code: str) -> None:
    """What stands between backticks is a keyword of a check or a word with its arguments."""

    @reference(points=1)
    def f(x: int, y: int = 1) -> int:
        return x * y

    @author.check(f, points=1)
    def values(draw: author.Draw) -> Iterator[author.Case]:
        """A check"""
        yield author.case(1)

    names: dict[str, Any] = {name: getattr(author, name) for name in author.__all__}
    names |= {"f": f, "Block": f, "values": values, "shapes": values, "draw": author.Draw(0), "__name__": "docs"}
    names |= {"square": builder(lambda x: x), "Recorder": builder(dict), "array": [1.0], "x1": 1, "x2": 2}
    names["rows_sum_to_one"] = predicate(lambda answer: True)
    spans = re.findall(r"`([^`]+)`", code)
    assert spans, property_
    for span in spans:
        text = span.replace(", …", "").replace("{…}", "{}").replace("lambda draw: …", "lambda draw: ()")
        if re.match(r"(ask|compare|measure|needs|counts_with)=", text):
            eval(f"check(f, points=1, {text})", names)
        elif text.startswith("yield from"):
            assert list(eval(text.removeprefix("yield from"), names))
        elif "(" in text:
            before = "case()" if text.startswith(".") else ""
            eval(before + re.sub(r"^(@|yield |answers = )", "", text), names)


def test_every_probe_comparator_and_measure_is_named() -> None:
    known = [*PROBES, *COMPARATORS, *MEASURES]
    assert [name for name in known if f"`{name}`" not in AUTHORS] == []
    assert [name for name in known if name not in author.__all__] == []
