"""The notebook of an assignment for nbgrader's source/: with solutions, points, and identifiers."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from autograder.errors import UserError
from autograder.handout import BEGIN, METADATA, Cell, cells_of
from autograder.model import Exam, ExamSection
from autograder.text import points

SCHEMA = 3  # of nbgrader's metadata


def source_notebook(exam: Exam, title: str, texts: dict[str, str]) -> str:
    """A text, the solution with its marks, and a locked check for each exercise; `texts` are solutions by section."""
    for section, text in texts.items():
        for number, line in enumerate(text.split("\n"), 1):
            if line.rstrip() == BEGIN:
                place = f"solutions/{exam.assignment}/{section}.py:{number}"
                raise UserError(f"{place}: for nbgrader a region between marks must be within a function or class")
    worth = {exercise.name: (exercise.points, section) for section in exam.sections for exercise in section.exercises}
    cells = [made for cell in cells_of(exam.assignment, title, texts) for made in _cells(cell, worth)]
    document = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _cells(cell: Cell, worth: dict[str, tuple[float, ExamSection]]) -> Iterator[dict[str, Any]]:
    if cell.role == "text":
        yield _cell("markdown", cell.name, cell.text)
    elif cell.role == "code":
        yield _cell("code", cell.name, cell.text)
    elif cell.exercise not in worth:
        raise UserError(f"{cell.exercise} has marks in the solutions, but is no exercise of the reference")
    elif cell.role == "task":
        earns, section = worth[cell.exercise]
        extra = ", extra credit" if section.extra else ""
        yield _cell("markdown", f"{cell.name}-text", f"### `{cell.exercise}` ({points(earns)} points{extra})")
        yield _cell("code", cell.name, cell.text, _told(f"{cell.exercise}-solution", solution=True))
    else:
        told = {**_told(cell.exercise, grade=True, locked=True), "points": worth[cell.exercise][0]}
        yield _cell("code", cell.name, cell.text, told)


def _told(grade_id: str, grade: bool = False, locked: bool = False, solution: bool = False) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": False,
    }


def _cell(kind: str, name: str, text: str, told: dict[str, Any] | None = None) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    metadata = {"nbgrader": told} if told else {}
    return {
        "cell_type": kind,
        "id": name[:64],
        "metadata": metadata,
        "source": text.splitlines(keepends=True),
        **code,
    }
