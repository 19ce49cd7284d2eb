"""The grades as Canvas imports them."""

from __future__ import annotations

from autograder.classroom import Entry, Gradebook
from autograder.reports.csv import table
from autograder.text import one_line

MAXIMUM = "Points Possible"


def canvas(gradebook: Gradebook) -> dict[str, str]:
    """`canvas.csv`, for "Grades > Import": one column with the name of the assignment, as Canvas exports it.

    Canvas finds a student by `ID`, its own number, which is in the names of the files that its download holds; then by
    `SIS User ID`, here the number of the roster, by `SIS Login ID`, here the mail, and by the name. A column that is no
    assignment of the course is offered as a new one. Whoever has no points has an empty cell, which changes nothing.

    Source: lib/gradebook_importer.rb and lib/gradebook_exporter.rb of canvas-lms.
    """
    heading = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", gradebook.assignment)
    maximum = (MAXIMUM, "", "", "", "", gradebook.points)
    return {"canvas.csv": table([heading, maximum, *(_row(entry) for entry in gradebook.entries)])}


def _row(entry: Entry) -> tuple[str | float | None, ...]:
    student = entry.student
    # Canvas reads any row as that of the maximum if the name holds these words.
    name = one_line(student.called).replace(MAXIMUM, MAXIMUM.replace(" ", "-"))
    return (name, student.participant, student.number, student.mail, "", entry.earned)
