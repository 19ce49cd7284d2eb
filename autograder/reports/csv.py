"""The gradebook as CSV, one row per student; and what every CSV file does so that a spreadsheet runs nothing of it."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator

from autograder.classroom import Entry, Gradebook
from autograder.text import one_line, points

Cell = str | float | None
"""None is an empty cell, a number is written as points are, and a text is made harmless."""

COLUMNS = ("key", "name", "number", "mail", "state", "earned", "points", "extra", "percent")
NOTES = ("overrides", "problem", "isolation", "digest")
# What a spreadsheet takes for a formula, at the start of a cell or where one that splits at semicolons starts a cell.
FORMULA = re.compile(r"((?:^|;)[\s\"]*)(?=[=+\-@＝＋－＠])")


def gradebook_csv(gradebook: Gradebook) -> dict[str, str]:
    """`gradebook.csv`: a row per student in the order of their keys, a column per exercise.

    Points are those that count, overrides included; a cell is empty where there are none. An exercise that is called
    as another column is told as `name (exercise)`.
    """
    taken = COLUMNS + NOTES
    exercises = [f"{name} (exercise)" if name in taken else name for name, _ in gradebook.exercises]
    heading = (*COLUMNS, *exercises, *NOTES)
    entries = sorted(gradebook.entries, key=lambda entry: entry.student.key)
    return {"gradebook.csv": table([heading, *(tuple(_row(gradebook, entry)) for entry in entries)])}


def _row(gradebook: Gradebook, entry: Entry) -> Iterator[Cell]:
    student, grade = entry.student, entry.grade
    yield from (student.key, student.name, student.number, student.mail, entry.state)
    yield from (entry.earned, gradebook.points, entry.extra, gradebook.percent(entry))
    counted = entry.exercises
    yield from (counted.get(name) for name, _ in gradebook.exercises)
    yield "; ".join(f"{one.exercise or 'whole'}: {points(one.points)} ({one.reason})" for one in entry.overrides)
    yield entry.problem
    yield grade.isolation.tier if grade else ""
    yield grade.digest if grade else ""


def table(rows: Iterable[Iterable[Cell]]) -> str:
    """The rows as CSV text with commas; no text in it is a formula, breaks its line or turns its direction."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows([_cell(cell) for cell in row] for row in rows)
    return text.getvalue()


def _cell(cell: Cell) -> str:
    if cell is None:
        return ""
    return harmless(cell) if isinstance(cell, str) else points(cell)


def harmless(text: str) -> str:
    """The text on one line, with an apostrophe before all that a spreadsheet would take for a formula.

    The characters are those of OWASP, "CSV Injection"; their full-width forms count where Excel is Japanese.
    """
    return FORMULA.sub(r"\1'", one_line(text))
