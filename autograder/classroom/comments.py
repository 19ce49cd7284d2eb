"""`comments.csv` in the folder of results: what a person writes to students, on an exercise or on the whole.

Its columns are student, exercise (empty for the whole assignment) and comment.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from autograder.classroom.batch_file import Batch, ResultsError, read_batch
from autograder.classroom.gradebook import Comment, Student
from autograder.classroom.hand_written import key_of, read_rows
from autograder.errors import Faults
from autograder.files import write_atomically
from autograder.suggest import suggestion

NAME = "comments.csv"
HEADER = "student,exercise,comment"
REQUIRED = ("student", "comment")


def read_comments(
    folder: Path, batch: Batch, students: Mapping[str, Student], path: Path | None = None
) -> Mapping[str, tuple[Comment, ...]]:
    """Read the comments of each student, by key, from `path` or from the results.

    Raise ResultsError with the lines of all for an unknown student or exercise. A student is named by key, number or
    mail. One who has gone, with a result here, is left out.
    """
    exercises = [name for name, _ in batch.exercises]
    comments: dict[str, tuple[Comment, ...]] = {}
    faults = Faults()
    try:
        for place, cells in read_rows(path or folder / NAME, HEADER, REQUIRED):
            with faults.collect():
                student, comment = _read_row(cells, exercises, place)
                if key := key_of(folder, student, students, place):
                    comments[key] = (*comments.get(key, ()), comment)
    except FileNotFoundError:
        if path is not None:
            raise ResultsError(f"{path} does not exist") from None
    faults.report(ResultsError)
    return comments


def _read_row(cells: Mapping[str, str], exercises: Sequence[str], place: str) -> tuple[str, Comment]:
    student, exercise, text = (cells.get(name, "") for name in ("student", "exercise", "comment"))
    if not student or not text:
        raise ResultsError(f"{place}: a comment needs a student and a text")
    if exercise and exercise not in exercises:
        raise ResultsError(f"{place}: there is no exercise {exercise!r}; {suggestion(exercise, exercises)}")
    return student, Comment(exercise, text)


def use_comments(folder: Path, path: Path, batch: Batch | None, students: Mapping[str, Student]) -> None:
    """Check a file of comments, and make it that of the results."""
    batch = batch or read_batch(folder)
    if batch is None:
        raise ResultsError(f"{folder} holds no results of grade batch")
    read_comments(folder, batch, students, path)
    store_comments(folder, path)


def store_comments(folder: Path, path: Path) -> None:
    """Make a file that was checked the comments of the results."""
    data = path.read_bytes()
    if not ((folder / NAME).is_file() and (folder / NAME).read_bytes() == data):
        write_atomically(folder / NAME, data)
