"""The collections of right and wrong works: files in the percent format, a work in each cell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.author import Section, read_reference
from autograder.lint.mutants.forms import Form, forms_of
from autograder.model import Submission
from tests.support.course import COURSE

ASSIGNMENT = "exercise3"
ASSIGNMENTS = ("exercise2", "exercise3", "exercise4")
QUIZ = "answers"
TESTS = Path(__file__).parents[1]
FOLDER = TESTS / ASSIGNMENT / "works"
HEAD = """import math
import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F
from torch import Tensor
"""
CELL = re.compile(r"^# %% (\w+): (.+)$", re.MULTILINE)


@dataclass(frozen=True)
class Work:
    """What one student hands in for one exercise; all other exercises of the file are right."""

    exercise: str
    name: str
    sentence: str
    source: str
    form: Form

    @property
    def submission(self) -> Submission:
        return self.form.submission(f"{HEAD}\n{self.source}\n\n")


def solution_forms(assignment: str = ASSIGNMENT) -> dict[str, Form]:
    """The solution of each exercise, whose place a work takes; a quiz stands alone in its file."""
    solutions = COURSE.folder / "solutions" / assignment
    sections: tuple[Section, ...] = read_reference(COURSE, assignment).sections
    texts = {section.name: (solutions / f"{section.name}.py").read_text(encoding="utf-8") for section in sections}
    forms = [form for section in sections for form in forms_of(section, texts[section.name])]
    found = {form.exercise: form for form in forms if form.name == "solution"}
    return {QUIZ: Form(QUIZ, "solution", "", "", ""), **found}


def works(kind: str, assignment: str = ASSIGNMENT) -> Iterator[Work]:
    """The works below `wrong` or `right` of an assignment's collection."""
    forms = solution_forms(assignment)
    for path in sorted((TESTS / assignment / "works" / kind).glob("*.py")):
        text = path.read_text(encoding="utf-8")
        cells = list(CELL.finditer(text))
        assert len({cell[1] for cell in cells}) == len(cells), f"{path} has two works of one name"
        for cell, following in zip(cells, [*cells[1:], None], strict=True):
            source = text[cell.end() : following.start() if following else len(text)].strip("\n")
            yield Work(path.stem, cell[1], cell[2], source, forms[path.stem])
