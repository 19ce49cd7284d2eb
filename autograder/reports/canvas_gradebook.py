"""Fills in the gradebook that Canvas exports, so that all its rows and columns, those of SIS too, come back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from autograder.classroom import Entry, Gradebook, Student
from autograder.errors import UserError
from autograder.reports.canvas import MAXIMUM
from autograder.reports.downloaded import Filled, number, read_table, written
from autograder.suggest import nearest
from autograder.text import one_line, points

WHAT = "gradebook of Canvas"
ID = re.compile(r" *\(\d+\)$")  # Canvas writes the number of the assignment behind its name
OF_STUDENTS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
IDENTIFIERS: Mapping[str, Callable[[Student], set[str]]] = {
    "ID": lambda student: {student.participant},
    "SIS User ID": lambda student: {student.number},
    "SIS Login ID": lambda student: {student.mail, student.key},
}
MAX_SHOWN = 12  # columns in a sentence


def fill_gradebook(gradebook: Gradebook, text: str, column: str = "", cap: bool = False) -> Filled:
    """Write the points of each student into the column of the assignment; with `cap`, at most the maximum of the file.

    `column` is its heading, else it is the one named like the assignment or its title. A student is found by `ID`, then
    by `SIS User ID` and `SIS Login ID`. All other cells stay as they are. Raise UserError if it is no gradebook of
    Canvas, has no such column, or no row of a student in the results.
    """
    rows = read_table(text, WHAT)
    headings = [cell.strip() for cell in rows[0]]
    if "Student" not in headings or "ID" not in headings:
        raise UserError(f"This is no {WHAT}: its first line needs the columns Student and ID, as Canvas exports them")
    place = _column(headings, column, gradebook)
    student = headings.index("Student")
    most = next((number(row[place]) for row in rows[1:] if MAXIMUM in row[student]), None)
    above, seen = [], set()
    for row, entry in _with_entry(rows, headings, gradebook):
        counted = gradebook.counted(entry)
        if counted is None:
            continue
        seen.add(entry.student.key)
        if most is not None and counted > most + 1e-9:
            above.append(entry.student.key)
            counted = most if cap else counted
        row[place] = points(counted)
    with_points = [one.student.key for one in gradebook.entries if gradebook.counted(one) is not None]
    if with_points and not seen:
        raise UserError(
            f"No row of the {WHAT} is that of a student in the results; a --roster with its ID, SIS User ID or "
            "SIS Login ID connects them. The file itself can be the roster"
        )
    return Filled(written(rows, text), most, tuple(above), tuple(key for key in with_points if key not in seen))


def _column(headings: Sequence[str], column: str, gradebook: Gradebook) -> int:
    assignments = [heading for heading in headings if heading and heading not in OF_STUDENTS]
    wanted = {_letters(name) for name in ([column] if column else [gradebook.assignment, gradebook.title])} - {""}
    found = [
        place
        for place, heading in enumerate(headings)
        if heading in assignments and wanted & {_letters(heading), _letters(ID.sub("", heading))}
    ]
    if len(found) == 1:
        return found[0]
    if found:
        names = ", ".join(headings[place] for place in found)
        raise UserError(f"The {WHAT} has several columns of that name; name one with --column: {names}")
    short = {ID.sub("", heading).casefold(): heading for heading in assignments}
    close = nearest((column or gradebook.assignment).casefold(), short, 0.6)
    shown = (
        f"did you mean --column {short[close]!r}?"
        if close
        else f"it has: {one_line(', '.join(assignments[:MAX_SHOWN]))}"
    )
    name = repr(column) if column else f"for {gradebook.assignment}"
    raise UserError(f"The {WHAT} has no column {name}; name one with --column: {shown}")


def _letters(text: str) -> str:
    """The letters and digits of a name, so that `Exercise 3` is `exercise3`."""
    return "".join(one for one in text.casefold() if one.isalnum())


def _with_entry(
    rows: Sequence[list[str]], headings: Sequence[str], gradebook: Gradebook
) -> Iterator[tuple[list[str], Entry]]:
    """The rows of students who are in the results, each with the entry; nobody is taken twice."""
    taken: set[str] = set()
    left = [row for row in rows[1:] if MAXIMUM not in row[headings.index("Student")]]
    for heading, names in IDENTIFIERS.items():
        if heading not in headings:
            continue
        place = headings.index(heading)
        people: dict[str, list[Entry]] = {}
        for entry in gradebook.entries:
            for name in names(entry.student) - {""}:
                people.setdefault(name.casefold(), []).append(entry)
        rest = []
        for row in left:
            found = people.get(row[place].strip().casefold(), [])
            if len(found) == 1 and found[0].student.key not in taken:
                taken.add(found[0].student.key)
                yield row, found[0]
            else:
                rest.append(row)
        left = rest
