"""The gradebook as a CSV file for Canvas."""

from __future__ import annotations

from autograder.classroom import Entry, Gradebook
from autograder.reports.csv import table
from autograder.text import one_line, points

MAXIMUM = "Points Possible"  # the name in the row of maximum points
LEFT_OUT = "canvas-left-out.txt"


def canvas(gradebook: Gradebook) -> dict[str, str]:
    """`canvas.csv` for "Grades > Import", with one column named like the assignment.

    Canvas finds a student by `ID`, then by `SIS User ID`, `SIS Login ID` and name. `ID` is Canvas's own number, found
    in the names of downloaded files. `SIS User ID` is the number of the roster, and `SIS Login ID` the mail. If the
    course has no assignment of that name, Canvas offers to create it. An empty cell changes no grade.

    Canvas takes every further column for an assignment. What was left out therefore stands in a file beside it.

    Source: lib/gradebook_importer.rb and lib/gradebook_exporter.rb of canvas-lms.
    """
    heading = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section", gradebook.assignment)
    maximum = (MAXIMUM, "", "", "", "", gradebook.maximum)
    files = {"canvas.csv": table([heading, maximum, *(_row(gradebook, entry) for entry in gradebook.entries)])}
    return files | ({LEFT_OUT: f"{left_out(gradebook)}\n"} if gradebook.left_out else {})


def left_out(gradebook: Gradebook) -> str:
    """Sentences on points that do not include everything, and on the maximum that they need in Canvas."""
    out_of = points(gradebook.maximum)
    scaled = "" if gradebook.out_of is None else " The points are those after course.toml."
    return (
        f"The points in Canvas are those of {gradebook.assignment}, {gradebook.left_out}.{scaled} Canvas has no place "
        f"for this sentence: tell the students, and give the assignment in Canvas {out_of} points. An existing "
        "assignment keeps its own points when grades are imported."
    )


def _row(gradebook: Gradebook, entry: Entry) -> tuple[str | float | None, ...]:
    student = entry.student
    # If a name contains these words, Canvas reads its row as that of the maximum points.
    name = one_line(student.display_name).replace(MAXIMUM, MAXIMUM.replace(" ", "-"))
    number = student.participant if student.participant.isdigit() else ""  # anonymous grading has no number
    return (name, number, student.number, student.mail, "", gradebook.counted(entry))
