"""The gradebook as a CSV file for Moodle."""

from __future__ import annotations

import math

from autograder.classroom import Entry, Gradebook
from autograder.reports.csv import comment_lines, table
from autograder.text import points

COMMENTS = "Feedback comments"
HEADING = (
    "Identifier",
    "Full name",
    "ID number",
    "Email address",
    "Grade",
    "Maximum grade",
    "Last modified (grade)",
    COMMENTS,
)


def moodle(gradebook: Gradebook) -> dict[str, str]:
    """`moodle.csv` for both of Moodle's imports.

    "Upload grading worksheet" of an assignment finds students by `Identifier`: `Participant` and the number in the
    names of downloaded files. It needs the column `Last modified (grade)`. As that is empty, it replaces existing
    grades only if the instructor allows it in the form. It skips grades above the maximum, and leaves a student with an
    empty grade unchanged. `Feedback comments` has the points of each section. Its headings are those of an English
    site; `worksheet.py` takes other languages. In "Import > CSV file" of the gradebook, map `Email address` or
    `ID number` by hand.

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
        gradebook.counted(entry),
        gradebook.maximum,
        "",
        comment(gradebook, entry),
    )


def comment(gradebook: Gradebook, entry: Entry) -> str:
    """Comments, the points of each section, and how the final points follow, as a short text for the student.

    With an override of the whole it has the reason instead of the sections.
    """
    counted = entry.exercises
    whole = next((one for one in reversed(entry.overrides) if not one.exercise), None)
    parts = [f"{points(whole.points)} of {points(gradebook.points)} by hand: {whole.reason}"] if whole else []
    for section in entry.grade.sections if entry.grade and not whole else ():
        earned = math.fsum(counted[exercise.name] for exercise in section.exercises)
        parts.append(f"{section.title}: {points(earned)} of {points(section.points)}")
    if gradebook.left_out and parts:
        parts.append(gradebook.left_out)
    if entry.final and entry.final.reason:
        all_earned = points(entry.earned or 0.0)
        final = f"{points(entry.final.points)} of {points(gradebook.maximum)}"
        parts.append(f"earned {all_earned} of {points(gradebook.points)}, final {final}: {entry.final.reason}")
    comments = [line if line.endswith((".", "!", "?")) else f"{line}." for line in comment_lines(entry)]
    return " ".join([*comments, *filter(None, ["; ".join(parts)])])
