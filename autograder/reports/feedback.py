"""Pages for students' hands: one for each student, which holds nothing of anybody else and nothing of hidden checks.

`feedback` writes a folder. The other two write a zip in which Moodle or Canvas find each student by the name of the
folder or file that came in.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace

from autograder.classroom import CANVAS, MOODLE, Entry, Gradebook, file_name
from autograder.errors import UserError
from autograder.model import CheckResult, ExerciseResult, Grade, SectionResult
from autograder.reports.html import page_alone

NAME = "feedback.html"
HIDDEN = "A hidden check"
Place = Callable[[str], str]
"""Turns the name under which a file or folder came in into the name of its feedback; empty if it has none."""


def feedback(gradebook: Gradebook) -> dict[str, str]:
    """`feedback/KEY.html` for each student who handed in something or has points."""
    return {f"feedback/{file_name(entry.student.key)}.html": page_for(gradebook, entry) for entry in _with(gradebook)}


def feedback_moodle(gradebook: Gradebook) -> dict[str, bytes]:
    """`feedback-moodle.zip` for "Upload multiple feedback files in a zip" of an assignment.

    Moodle finds the student by the start of a folder's or file's name, `NAME_PARTICIPANT_assignsubmission_file_`.

    Source: mod/assign/feedback/file/importziplib.php.
    """
    return {"feedback-moodle.zip": _zip(gradebook, "Moodle", moodle_place)}


def feedback_canvas(gradebook: Gradebook) -> dict[str, bytes]:
    """`feedback-canvas.zip` for "Re-Upload Submissions" of an assignment; each page becomes a comment.

    Canvas finds the submission by the first two numbers between underscores, those of the user and the attachment.

    Source: `infer_comment_context_from_filename` in canvas-lms.
    """
    return {"feedback-canvas.zip": _zip(gradebook, "Canvas", canvas_place)}


"""The platform of each format that writes a zip, with the names that it knows."""


def page_for(gradebook: Gradebook, entry: Entry) -> str:
    """The page of one student, in which hidden checks have only a verdict and points."""
    grade = _without_hidden(entry.grade) if entry.grade else None
    return page_alone(gradebook, replace(entry, grade=grade))


def moodle_place(name: str) -> str:
    """`NAME_4711_assignsubmission_file_/feedback.html` for the folder, and with `_` for a file of that prefix."""
    found = MOODLE.fullmatch(name)
    if not found or found["kind"] != "file":
        return ""
    rest = found["rest"]
    if not rest or rest.startswith(" ("):  # a folder, or a second download of it
        return f"{name[: len(name) - len(rest)]}/{NAME}"
    return f"{name[: len(name) - len(rest)]}{NAME}"


def canvas_place(name: str) -> str:
    """`lovelaceada_12_345_feedback.html` for `lovelaceada_12_345_unet.py`."""
    found = CANVAS.fullmatch(name)
    return f"{name[: found.start('rest')]}{NAME}" if found else ""


def left_out(gradebook: Gradebook, place: Place) -> list[str]:
    """The keys of students with a page for whom the platform has no place."""
    return [entry.student.key for entry in _with(gradebook) if not _first_place(entry, place)]


def _with(gradebook: Gradebook) -> Iterable[Entry]:
    return (entry for entry in gradebook.entries if entry.state != "missing" or entry.earned is not None)


def _first_place(entry: Entry, place: Place) -> str:
    return next(filter(None, map(place, entry.came_as)), "")


def _zip(gradebook: Gradebook, platform: str, place: Place) -> bytes:
    data = io.BytesIO()
    pages = list(_pages(gradebook, place))
    if not pages:
        raise UserError(
            f"No submission has the name of a download from {platform}. Feedback for {platform} needs results of "
            f"`grade batch` on such a download; --format feedback writes the pages into a folder."
        )
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, page in pages:
            archive.writestr(
                zipfile.ZipInfo(name), page, zipfile.ZIP_DEFLATED
            )  # without the time: equal pages, equal zip
    return data.getvalue()


def _pages(gradebook: Gradebook, place: Place) -> Iterator[tuple[str, bytes]]:
    for entry in _with(gradebook):
        if name := _first_place(entry, place):
            yield (
                name.encode("utf-8", "replace").decode(),
                page_for(gradebook, entry).encode("utf-8", "backslashreplace"),
            )


def _without_hidden(grade: Grade) -> Grade:
    return replace(grade, sections=tuple(_section(section) for section in grade.sections))


def _section(section: SectionResult) -> SectionResult:
    return replace(section, exercises=tuple(_exercise(exercise) for exercise in section.exercises))


def _exercise(exercise: ExerciseResult) -> ExerciseResult:
    return replace(exercise, checks=tuple(_check(check) for check in exercise.checks))


def _check(check: CheckResult) -> CheckResult:
    if not check.hidden:
        return check
    return CheckResult(HIDDEN, HIDDEN, check.verdict, check.earned, check.points, not_started=check.not_started)


PLATFORMS: Mapping[str, tuple[str, Place]] = {
    "feedback-moodle": ("Moodle", moodle_place),
    "feedback-canvas": ("Canvas", canvas_place),
}
"""The platform of each format that writes a zip, with the names that it knows."""
