"""Writes results of `grade batch` into nbgrader's gradebook through its API; manual scores stay as they are."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.cell.display import decimal, scaled
from autograder.classroom import Entry, Gradebook
from autograder.errors import UserError
from autograder.nbgrader.cell_metadata import GradebookCell, gradebook_cells, match_maxima
from autograder.nbgrader.course_folder import gradebook_of

TIMESTAMP = "timestamp.txt"  # of nbgrader collect


@dataclass(frozen=True)
class PushResult:
    """The total score written for one student; `problem` says why nothing was written."""

    student: str
    score: float = 0.0
    problem: str = ""


def push(results: Gradebook, folder: Path) -> Iterator[PushResult]:
    """Write the automatic score of every check cell, student by student; students without a grade have a problem."""
    name = results.assignment
    with gradebook_of(folder) as gradebook:
        checks = _check_cells(gradebook, results, folder)
        for entry in results.entries:
            if entry.grade is None:
                yield PushResult(entry.student.key, problem=entry.problem or entry.state)
            elif any(not override.exercise for override in entry.overrides):
                problem = "nbgrader has no place for an override of the whole assignment; enter it there by hand"
                yield PushResult(entry.student.key, problem=problem)
            else:
                timestamp = folder / "submitted" / entry.student.key / name / TIMESTAMP
                yield _push_entry(gradebook, name, entry, checks, timestamp)


def _check_cells(gradebook: Any, results: Gradebook, folder: Path) -> list[tuple[str, GradebookCell]]:
    """List the check cells of the assignment, each with its notebook; raise UserError if the results do not fit."""
    from nbgrader.api import MissingEntry

    name = results.assignment
    try:
        notebooks = [notebook.name for notebook in gradebook.find_assignment(name).notebooks]
    except MissingEntry:
        raise UserError(
            f"The gradebook of {folder} does not know {name}; run there: nbgrader generate_assignment {name}"
        ) from None
    checks = [
        (notebook, cell)
        for notebook in notebooks
        for cell in gradebook_cells(gradebook, notebook, name)
        if cell.exercise
    ]
    if not checks:
        raise UserError(f"The gradebook of {folder} has no check of {name}")
    asked = dict(results.exercises)
    unknown = [cell.exercise for _, cell in checks if cell.exercise not in asked]
    if unknown and results.training:
        raise UserError(f"The gradebook of {folder} has a check of {unknown[0]}, which the results do not have.")
    return [
        (notebook, cell)
        for notebook in notebooks
        for cell in match_maxima(gradebook, notebook, name, [one for of, one in checks if of == notebook], asked)
        if cell.exercise in asked
    ]


def _push_entry(
    gradebook: Any, assignment: str, entry: Entry, checks: Sequence[tuple[str, GradebookCell]], timestamp: Path
) -> PushResult:
    student = entry.student.key
    fields = {"timestamp": timestamp.read_text(encoding="utf-8").strip()} if timestamp.is_file() else {}
    gradebook.update_or_create_student(student)
    gradebook.update_or_create_submission(assignment, student, **fields)
    total = 0.0
    for notebook, cell in checks:
        grade = gradebook.find_grade(cell.grade_id, notebook, assignment, student)
        grade.auto_score = _score(entry, cell)
        grade.needs_manual_grade = grade.manual_score is not None
        total += grade.auto_score
    gradebook.db.commit()
    return PushResult(student, total)


def _score(entry: Entry, cell: GradebookCell) -> float:
    """Scale the points of the exercise to the points of the cell."""
    sections = entry.grade.sections if entry.grade else ()
    points = {exercise.name: exercise.points for section in sections for exercise in section.exercises}
    worth = cell.points or 0.0
    return float(decimal(scaled(entry.exercises[cell.exercise], points[cell.exercise], worth), worth))
