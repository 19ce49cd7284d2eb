"""The gradebook as a CSV file for Canvas."""

from __future__ import annotations

from autograder.classroom import Entry, Gradebook
from autograder.reports.csv import table
from autograder.text import one_line

MAXIMUM = "Points Possible"  # the name in the row of maximum points


def canvas(gradebook: Gradebook) -> dict[str, str]:
    """`canvas.csv` for "Grades > Import", with one column named like the assignment.

    Canvas finds a student by `ID`, then by `SIS User ID`, `SIS Login ID` and name. `ID` is Canvas's own number, found
    in the names of downloaded files. `SIS User ID` is the number of the roster, and `SIS Login ID` the mail. If the
    course has no assignment of that name, Canvas offers to create it. An empty cell changes no grade.

    Source: lib/gradebook_importer.rb and lib/gradebook_exporter.rb of canvas-lms.
    """
    heading = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", gradebook.assignment)
    maximum = (MAXIMUM, "", "", "", "", gradebook.maximum)
    return {"canvas.csv": table([heading, maximum, *(_row(gradebook, entry) for entry in gradebook.entries)])}


def _row(gradebook: Gradebook, entry: Entry) -> tuple[str | float | None, ...]:
    student = entry.student
    # If a name contains these words, Canvas reads its row as that of the maximum points.
    name = one_line(student.display_name).replace(MAXIMUM, MAXIMUM.replace(" ", "-"))
    number = student.participant if student.participant.isdigit() else ""  # anonymous grading has no number
    return (name, number, student.number, student.mail, "", gradebook.counted(entry))
