"""Results of `grade batch` into nbgrader's gradebook, through its API; what a person gave there stays untouched."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.cell.display import decimal, scaled
from autograder.classroom import Entry, Gradebook
from autograder.errors import UserError
from autograder.nbgrader.cells import Known, known_cells
from autograder.nbgrader.folder import gradebook_of

STAMP = "timestamp.txt"


@dataclass(frozen=True)
class Pushed:
    """What became of one student's scores; `problem` says why there are none."""

    student: str
    score: float = 0.0
    problem: str = ""


def push(results: Gradebook, folder: Path) -> Iterator[Pushed]:
    """Write the automatic score of every check cell for every student with a grade, one by one."""
    from nbgrader.api import MissingEntry

    name = results.assignment
    with gradebook_of(folder) as gradebook:
        try:
            notebooks = [one.name for one in gradebook.find_assignment(name).notebooks]
        except MissingEntry:
            raise UserError(
                f"The gradebook of {folder} does not know {name}; run there: nbgrader generate_assignment {name}"
            ) from None
        known = [(book, cell) for book in notebooks for cell in known_cells(gradebook, book, name) if cell.exercise]
        exercises = {exercise for exercise, _ in results.exercises}
        strange = [cell.exercise for _, cell in known if cell.exercise not in exercises]
        if strange or not known:
            what = f"a check of {strange[0]}, which the results do not have" if strange else f"no check of {name}"
            raise UserError(f"The gradebook of {folder} has {what}")
        for entry in results.entries:
            if entry.grade is None:
                yield Pushed(entry.student.key, problem=entry.problem or entry.state)
                continue
            if any(not override.exercise for override in entry.overrides):
                why = "its override of the whole has no place in nbgrader; give it there by hand"
                yield Pushed(entry.student.key, problem=why)
                continue
            stamp = folder / "submitted" / entry.student.key / name / STAMP
            told = {"timestamp": stamp.read_text(encoding="utf-8").strip()} if stamp.is_file() else {}
            gradebook.update_or_create_student(entry.student.key)
            gradebook.update_or_create_submission(name, entry.student.key, **told)
            total = 0.0
            for book, cell in known:
                grade = gradebook.find_grade(cell.grade_id, book, name, entry.student.key)
                grade.auto_score = _score(entry, cell)
                grade.needs_manual_grade = grade.manual_score is not None
                total += grade.auto_score
            gradebook.db.commit()
            yield Pushed(entry.student.key, total)


def _score(entry: Entry, cell: Known) -> float:
    """What the exercise earned, as the points of the cell."""
    sections = entry.grade.sections if entry.grade else ()
    asked = {one.name: one.points for section in sections for one in section.exercises}
    worth = cell.points or 0.0
    return float(decimal(scaled(entry.exercises[cell.exercise], asked[cell.exercise], worth), worth))
