"""`comments.csv` in the folder of results: what a person writes to students, on an exercise or on the whole.

Its columns are student, exercise (empty for the whole assignment) and comment.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from autograder.classroom.batch_file import Batch, ResultsError, read_batch
from autograder.classroom.gradebook import Comment, Student
from autograder.classroom.hand_written import key_of, read_rows
from autograder.files import write_atomically
from autograder.suggest import suggestion

NAME = "comments.csv"
HEADER = "student,exercise,comment"
REQUIRED = ("student", "comment")


def read_comments(
    folder: Path, batch: Batch, students: Mapping[str, Student], path: Path | None = None
) -> Mapping[str, tuple[Comment, ...]]:
    """Read the comments of each student, by key, from `path` or from the results.

    Raise ResultsError with the line of one for an unknown student or exercise. A student is named by key, number or
    mail. One who has gone, with a result here, is left out.
    """
    exercises = [name for name, _ in batch.exercises]
    comments: dict[str, tuple[Comment, ...]] = {}
    try:
        for place, cells in read_rows(path or folder / NAME, HEADER, REQUIRED):
            student, exercise, text = (cells.get(name, "") for name in ("student", "exercise", "comment"))
            if not student or not text:
                raise ResultsError(f"{place}: a comment needs a student and a text")
            if exercise and exercise not in exercises:
                raise ResultsError(f"{place}: there is no exercise {exercise!r}; {suggestion(exercise, exercises)}")
            if key := key_of(folder, student, students, place):
                comments[key] = (*comments.get(key, ()), Comment(exercise, text))
    except FileNotFoundError:
        if path is not None:
            raise ResultsError(f"{path} does not exist") from None
    return comments


def use_comments(folder: Path, path: Path, batch: Batch | None, students: Mapping[str, Student]) -> None:
    """Check a file of comments, and make it that of the results."""
    batch = batch or read_batch(folder)
    if batch is None:
        raise ResultsError(f"{folder} holds no results of grade batch")
    read_comments(folder, batch, students, path)
    data = path.read_bytes()
    if not ((folder / NAME).is_file() and (folder / NAME).read_bytes() == data):
        write_atomically(folder / NAME, data)
