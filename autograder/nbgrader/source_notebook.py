"""Makes the notebook of an assignment for nbgrader's source/: solutions, points and identifiers of cells."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator
from typing import Any

from autograder.errors import UserError
from autograder.handout import BEGIN, METADATA, NotebookCell, assigned_name, make_notebook_cells
from autograder.model import Exam, ExamSection
from autograder.text import points

SCHEMA = 3  # of nbgrader's metadata


def make_source_notebook(exam: Exam, title: str, texts: dict[str, str]) -> str:
    """Make the notebook from the solutions, section -> text.

    Each exercise has a text, the solution with its marks, and a locked check cell.
    """
    for section, text in texts.items():
        variables = {node.lineno: assigned_name(node) for node in ast.parse(text).body}
        for number, line in enumerate(text.split("\n"), 1):
            if line.rstrip() == BEGIN and variables.get(number + 1) not in exam.names:
                place = f"solutions/{exam.assignment}/{section}.py:{number}"
                raise UserError(f"{place}: nbgrader needs a region between marks to be inside a function or class")
    worth = {exercise.name: (exercise.points, section) for section in exam.sections for exercise in section.exercises}
    cells = [made for cell in make_notebook_cells(exam.assignment, title, texts) for made in _cells(cell, worth)]
    document = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def _cells(cell: NotebookCell, worth: dict[str, tuple[float, ExamSection]]) -> Iterator[dict[str, Any]]:
    if cell.role == "text":
        yield _cell("markdown", cell.name, cell.text)
    elif cell.role == "code":
        yield _cell("code", cell.name, cell.text)
    elif cell.exercise not in worth:
        raise UserError(f"{cell.exercise} has marks in the solutions, but is not an exercise of the reference")
    elif cell.role == "task":
        earns, section = worth[cell.exercise]
        extra = ", extra credit" if section.extra else ""
        yield _cell("markdown", f"{cell.name}-text", f"### `{cell.exercise}` ({points(earns)} points{extra})")
        yield _cell("code", cell.name, cell.text, _metadata(f"{cell.exercise}-solution", solution=True))
    else:
        metadata = {**_metadata(cell.exercise, grade=True, locked=True), "points": worth[cell.exercise][0]}
        yield _cell("code", cell.name, cell.text, metadata)


def _metadata(grade_id: str, grade: bool = False, locked: bool = False, solution: bool = False) -> dict[str, Any]:
    return {
        "grade": grade,
        "grade_id": grade_id,
        "locked": locked,
        "schema_version": SCHEMA,
        "solution": solution,
        "task": False,
    }


def _cell(kind: str, name: str, text: str, nbgrader: dict[str, Any] | None = None) -> dict[str, Any]:
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    metadata = {"nbgrader": nbgrader} if nbgrader else {}
    return {
        "cell_type": kind,
        "id": name[:64],
        "metadata": metadata,
        "source": text.splitlines(keepends=True),
        **code,
    }
