"""Fills in the grading worksheet of a Moodle assignment, whose headings stay in the language of the site."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from autograder.classroom import Entry, Gradebook
from autograder.errors import UserError
from autograder.reports.csv import escape_formulas
from autograder.reports.downloaded import Filled, number, read_table, written
from autograder.reports.moodle import COMMENTS, comment
from autograder.text import one_line, points

WHAT = "grading worksheet of Moodle"
IDENTIFIER = re.compile(r"\D*(\d+)")  # `Participant 4711`, in the language of the site
ENGLISH = ("grade", "maximum grade")


def fill_worksheet(gradebook: Gradebook, text: str, cap: bool = False) -> Filled:
    """Write the points of each student into the rows of a worksheet; with `cap`, at most its maximum.

    A student is found by the number that Moodle writes into the names of downloaded files. Rows of other students stay
    as they are. Raise UserError if the text is no worksheet or no row is that of a student.
    """
    rows = read_table(text, WHAT)
    people = {entry.student.participant: entry for entry in gradebook.entries if entry.student.participant}
    identifier = _identifier(rows, people)
    grade, maximum = _grade_columns(rows)
    most = number(rows[1][maximum])
    assert most is not None
    comments = next((place for place, heading in enumerate(rows[0]) if heading.strip() == COMMENTS), None)
    above, seen = [], set()
    for row in rows[1:]:
        entry = people.get(_digits(row[identifier]))
        counted = gradebook.counted(entry) if entry else None
        if entry is None or counted is None:
            continue
        seen.add(entry.student.key)
        if counted > most + 1e-9:
            above.append(entry.student.key)
        row[grade] = points(min(counted, most) if cap else counted)
        if comments is not None:
            row[comments] = escape_formulas(comment(gradebook, entry))
    with_points = [entry.student.key for entry in gradebook.entries if gradebook.counted(entry) is not None]
    absent = tuple(key for key in with_points if key not in seen)
    return Filled(written(rows, text), most, tuple(above), absent)


def _digits(cell: str) -> str:
    found = IDENTIFIER.fullmatch(cell.strip())
    return found[1] if found else ""


def _identifier(rows: Sequence[Sequence[str]], people: dict[str, Entry]) -> int:
    """The column with the numbers of most students."""
    hits = [sum(_digits(row[place]) in people for row in rows[1:]) for place in range(len(rows[0]))]
    if not max(hits):
        raise UserError(
            "No row of the worksheet is that of a student in the results; the numbers in its first column must be "
            "those in the names of the downloaded files, or in a column `Identifier` of the roster"
        )
    return hits.index(max(hits))


def _grade_columns(rows: Sequence[Sequence[str]]) -> tuple[int, int]:
    """The columns of the grade and the maximum: by their English headings, else by what they hold.

    Moodle writes the maximum right of the grade. It is the same number in each row.
    """
    headings = [heading.strip().lower() for heading in rows[0]]
    if all(name in headings for name in ENGLISH):
        pairs = [(headings.index(ENGLISH[0]), headings.index(ENGLISH[1]))]
    else:
        pairs = list(pairwise(range(1, len(headings))))
    found = [pair for pair in pairs if _are_grade_and_maximum(rows[1:], *pair)]
    if len(found) != 1:
        names = one_line(", ".join(rows[0]))[:300]
        raise UserError(f"The worksheet has no column of grades with one of the maximum beside it; it has: {names}")
    return found[0]


def _are_grade_and_maximum(rows: Sequence[Sequence[str]], grade: int, maximum: int) -> bool:
    most = {number(row[maximum]) for row in rows}
    if len(most) != 1 or not (most - {None, 0.0}):
        return False
    return all(row[grade].strip() in ("", "-") or number(row[grade]) is not None for row in rows)
