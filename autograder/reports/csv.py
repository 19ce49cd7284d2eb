"""The gradebook as CSV, and cells that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from autograder.classroom import SOURCES, Entry, Gradebook, duration
from autograder.text import note_line, one_line, points

Cell = str | float | None
"""None becomes an empty cell, a number is formatted like points, and a text is escaped."""

COLUMNS = ("key", "name", "number", "mail", "state", "earned", "points", "extra", "percent")
MAX_SENTENCES = 3  # in the column `problem`
POLICY = ("handed_in", "handed_in_from", "late", "penalty", "final", "out_of", "policy")
NOTES = ("overrides", "problem", "isolation", "digest")
# A spreadsheet reads these as a formula at the start of a cell; some split a line at semicolons too.
FORMULA = re.compile(r"((?:^|;)[\s\"]*)(?=[=+\-@＝＋－＠])")


def gradebook_csv(gradebook: Gradebook) -> dict[str, str]:
    """`gradebook.csv`: one row per student in the order of their keys, one column per exercise.

    The points are those that count, overrides included; a cell without points is empty. An exercise with the name of
    another column gets the column `name (exercise)`. `problem` also says what was not read, not run or not chosen.
    With a policy of `course.toml` there are the columns of hand-in, penalty and final points. `left_out` says what was
    not asked, if anything was not. If somebody has a comment, there is a column of comments.
    """
    columns = (*COLUMNS, *(POLICY if gradebook.out_of is not None else ()))
    commented = any(entry.comments for entry in gradebook.entries)
    notes = (*NOTES, *(("comments",) if commented else ()), *(("left_out",) if gradebook.left_out else ()))
    reserved = columns + notes
    exercises = [f"{name} (exercise)" if name in reserved else name for name, _ in gradebook.exercises]
    heading = (*columns, *exercises, *notes)
    entries = sorted(gradebook.entries, key=lambda entry: entry.student.key)
    return {"gradebook.csv": table([heading, *(tuple(_row(gradebook, entry, commented)) for entry in entries)])}


def _row(gradebook: Gradebook, entry: Entry, commented: bool) -> Iterator[Cell]:
    student, grade = entry.student, entry.grade
    yield from (student.key, student.name, student.number, student.mail, entry.state)
    yield from (entry.earned, gradebook.points, entry.extra, gradebook.percent(entry))
    if gradebook.out_of is not None:
        yield from _policy(gradebook.out_of, entry)
    points_by_exercise = entry.exercises
    yield from (points_by_exercise.get(name) for name, _ in gradebook.exercises)
    yield override_texts(entry)
    yield first_looks(entry)
    yield grade.isolation.tier if grade else ""
    yield grade.digest if grade else ""
    if commented:
        yield "; ".join(comment_lines(entry))
    if gradebook.left_out:
        yield gradebook.left_out


def override_texts(entry: Entry) -> str:
    """The points that a person gave, with the reasons."""
    return "; ".join(f"{one.exercise or 'whole'}: {points(one.points)} ({one.reason})" for one in entry.overrides)


def comment_lines(entry: Entry) -> list[str]:
    """The comments of a person, each with the exercise that it is about."""
    return [f"{one.exercise}: {one.text}" if one.exercise else one.text for one in entry.comments]


def _policy(out_of: float, entry: Entry) -> Iterator[Cell]:
    """The cells of `POLICY`."""
    final, found = entry.final, entry.handed_in
    if final is None:
        yield from ("", "", "", None, None, out_of, "")
        return
    yield from (final.handed_in, SOURCES[found.source] if found else "")
    yield duration(final.late) if final.late else ""
    yield from (final.penalty, final.points, out_of, final.reason)


def first_looks(entry: Entry) -> str:
    """The first sentences on a student that need a look, and how many more there are."""
    few = [note_line(sentence).rstrip(".") for sentence in entry.needs_a_look[:MAX_SENTENCES]]
    more = len(entry.needs_a_look) - len(few)
    return "; ".join([*few, *([f"and {more} more"] if more else [])])


def table(rows: Iterable[Iterable[Cell]]) -> str:
    """Write the rows as CSV with commas; escape formulas, line breaks and marks of text direction."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return escape_formulas(cell) if isinstance(cell, str) else points(cell)


def escape_formulas(text: str) -> str:
    """Put the text on one line, with an apostrophe before each formula.

    Source of the characters: OWASP, "CSV Injection". A Japanese Excel reads their full-width forms too.
    """
    return FORMULA.sub(r"\1'", one_line(text))
