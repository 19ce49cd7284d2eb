"""`overrides.csv` in the folder of results: points that a person gives instead of the grader.

Its columns are student, exercise (empty for the whole assignment), points and reason.
"""

from __future__ import annotations

import csv
import io
import math
from collections.abc import Collection, Mapping
from pathlib import Path

from autograder.classroom.batch_file import Batch, ResultsError
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Override
from autograder.suggest import suggestion
from autograder.text import points as text

HEADER = "student,exercise,points,reason"
REQUIRED = {"student", "points", "reason"}


def read_overrides(
    folder: Path, batch: Batch, students: Collection[str] | None = None
) -> Mapping[str, tuple[Override, ...]]:
    """Read the overrides of each student; raise ResultsError with the line of one that cannot be applied.

    With `students`, an override for somebody else cannot be applied either; one for a student who has gone, with a
    result here, is left out.
    """
    path = folder / "overrides.csv"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        return {}
    except (OSError, UnicodeDecodeError) as error:
        raise ResultsError(f"{path} cannot be read: {error}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    columns = {str(name).strip().lower() for name in rows.fieldnames or ()}
    if columns and not columns >= REQUIRED:
        raise ResultsError(f"{path}, line 1: the first line must name the columns: {HEADER}")
    most = dict(batch.exercises)
    overrides: dict[str, tuple[Override, ...]] = {}
    for row in rows:
        cells = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
        if any(cells.values()):
            place = f"{path}, line {rows.line_num}"
            student, override = _read_row(cells, most, place)
            if students is not None and student not in students:
                if _had_result(folder, student):
                    continue
                raise ResultsError(f"{place}: there is no student {student!r}; {suggestion(student, sorted(students))}")
            overrides[student] = (*overrides.get(student, ()), override)
    return overrides


def _had_result(folder: Path, student: str) -> bool:
    """Whether the student was among the submissions of an earlier run."""
    name = file_name(student)
    return any((folder / place).exists() for place in (f"students/{name}.json", f"gone/{name}-students.json"))


def _read_row(cells: Mapping[str, str], most: Mapping[str, float], place: str) -> tuple[str, Override]:
    """`most` are the points of each exercise; points for the whole assignment may include all extra credit."""
    student, exercise, reason = (cells.get(name, "") for name in ("student", "exercise", "reason"))
    try:
        points = float(cells.get("points", "").replace(",", "."))
    except ValueError:
        raise ResultsError(f"{place}: the points are not a number") from None
    if not 0 <= points < float("inf"):
        raise ResultsError(f"{place}: the points must be a number of at least 0")
    if not student or not reason:
        raise ResultsError(f"{place}: an override needs a student and a reason")
    if exercise and exercise not in most:
        raise ResultsError(f"{place}: there is no exercise {exercise!r}; {suggestion(exercise, most)}")
    limit = most[exercise] if exercise else math.fsum(most.values())
    if points > limit + 1e-9:
        raise ResultsError(
            f"{place}: {text(points)} points are more than the {text(limit)} of {exercise or 'all exercises'}"
        )
    return student, Override(exercise, points, reason)
