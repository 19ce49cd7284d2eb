"""The gradebook as a CSV file for Moodle."""

from __future__ import annotations

from autograder.classroom import Entry, Gradebook
from autograder.reports.csv import table

HEADING = (
    "Identifier",
    "Full name",
    "ID number",
    "Email address",
    "Grade",
    "Maximum grade",
    "Last modified (grade)",
)


def moodle(gradebook: Gradebook) -> dict[str, str]:
    """`moodle.csv` for both of Moodle's imports.

    "Upload grading worksheet" of an assignment finds students by `Identifier`: `Participant` and the number in the
    names of downloaded files. It needs the column `Last modified (grade)`. As that is empty, it replaces existing
    grades only if the instructor allows it in the form. It skips grades above the maximum, and leaves a student with an
    empty grade unchanged. In "Import > CSV file" of the gradebook, map `Email address` or `ID number` by hand.

    Source: mod/assign/feedback/offline/{importgradeslib,locallib}.php and grade/import/csv/classes/load_data.php.
    """
    return {"moodle.csv": table([HEADING, *(_row(gradebook, entry) for entry in gradebook.entries)])}


def _row(gradebook: Gradebook, entry: Entry) -> tuple[str | float | None, ...]:
    student = entry.student
    return (
        f"Participant {student.participant}" if student.participant else "",
        student.display_name,
        student.number,
        student.mail,
        entry.earned,
        gradebook.points,
        "",
    )
