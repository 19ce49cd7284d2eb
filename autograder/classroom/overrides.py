"""`overrides.csv` in the folder of results: points that a person gives instead of the grader.

Its columns are student, exercise (empty for the whole assignment), points and reason.
"""

from __future__ import annotations

import contextlib
import math
from collections.abc import Mapping
from pathlib import Path

from autograder.classroom.batch_file import Batch, ResultsError
from autograder.classroom.gradebook import Override, Student
from autograder.classroom.hand_written import key_of, read_rows
from autograder.errors import Faults
from autograder.suggest import suggestion
from autograder.text import points as text

HEADER = "student,exercise,points,reason"
REQUIRED = {"student", "points", "reason"}


def read_overrides(folder: Path, batch: Batch, students: Mapping[str, Student]) -> Mapping[str, tuple[Override, ...]]:
    """Read the overrides of each student, by key; raise ResultsError with the lines of all that cannot be applied.

    A student is named by key, number or mail. One who has gone, with a result here, is left out.
    """
    most = dict(batch.exercises)
    overrides: dict[str, tuple[Override, ...]] = {}
    faults = Faults()
    with contextlib.suppress(FileNotFoundError):
        for place, cells in read_rows(folder / "overrides.csv", HEADER, REQUIRED):
            with faults.collect():
                student, override = _read_row(cells, most, place)
                if key := key_of(folder, student, students, place):
                    overrides[key] = (*overrides.get(key, ()), override)
    faults.report(ResultsError)
    return overrides


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
