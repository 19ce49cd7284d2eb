"""The grades as Moodle imports them."""

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
    """`moodle.csv`, for either of Moodle's two imports.

    The offline grading worksheet of an assignment ("Upload grading worksheet") finds students by `Identifier`, which
    is `Participant` and the number in the names of the files that Moodle's download holds. It wants the column `Last
    modified (grade)`; as that is empty, it replaces older grades only if the instructor ticks so. It passes over grades
    above the maximum. The import of the gradebook ("Import > CSV file") is told which column is which: map `Email
    address` or `ID number`. Whoever has no points has an empty grade; the worksheet leaves such a one as it is.

    Source: mod/assign/feedback/offline/{importgradeslib,locallib}.php and grade/import/csv/classes/load_data.php.
    """
    return {"moodle.csv": table([HEADING, *(_row(gradebook, entry) for entry in gradebook.entries)])}


def _row(gradebook: Gradebook, entry: Entry) -> tuple[str | float | None, ...]:
    student = entry.student
    return (
        f"Participant {student.participant}" if student.participant else "",
        student.called,
        student.number,
        student.mail,
        entry.earned,
        gradebook.points,
        "",
    )
