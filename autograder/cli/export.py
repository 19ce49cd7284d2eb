"""`grade export`: the gradebook of a batch in the form that somebody else reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.fill import fill_gradebook_of_canvas, fill_worksheet_of_moodle
from autograder.cli.policy import known_assignments, notes_on_points, other_policy
from autograder.errors import UserError
from autograder.reports.formats import FORMATS
from autograder.text import student_names

if TYPE_CHECKING:
    from autograder.classroom import Gradebook

CAPPED = ("moodle", "canvas")
PAGES = {"html": "report/students", "feedback": "feedback"}  # folders with a page for each student


@options.command()
@options.results
@options.course_file
@options.comments
@click.option("--format", "formats", multiple=True, type=click.Choice(list(FORMATS)), help="Repeatable.")
@click.option("--worksheet", metavar="FILE", type=options.ANY_PATH, help="Fill in this worksheet of Moodle.")
@click.option("--gradebook", "canvas", metavar="FILE", type=options.ANY_PATH, help="Fill in this gradebook of Canvas.")
@click.option("--column", metavar="NAME", default="", help="The column of --gradebook.  [default: the assignment's]")
@click.option("--cap", is_flag=True, help="Give Moodle and Canvas at most the maximum, without extra credit.")
@click.option("-o", "--output", metavar="DIR", type=options.ANY_PATH, help="[default: RESULTS]")
def command(
    results: Path,
    course_file: Path | None,
    comments: Path | None,
    formats: tuple[str, ...],
    worksheet: Path | None,
    canvas: Path | None,
    column: str,
    cap: bool,
    output: Path | None,
) -> None:
    """Write the gradebook in RESULTS, made by `grade batch`, in other forms.

    Nothing is graded; what a person wrote into RESULTS is read again. Moodle and Canvas import the files of their
    formats; gradescope has the form of its autograder, and junit is for CI. The three forms of feedback are pages for
    students' hands.

    --worksheet takes the grading worksheet that Moodle offers for an assignment, and writes moodle-worksheet.csv with
    the grades in it. --gradebook does the same with the gradebook that Canvas exports, and writes canvas-gradebook.csv.
    --course and --comments replace course.toml and comments.csv in RESULTS.
    """
    from autograder.classroom import read_course_file, read_entries, read_gradebook, use_comments, write_course_file

    if not formats and worksheet is None and canvas is None:
        raise UserError(
            "Name a --format, or the --worksheet or --gradebook to fill in; `grade export --help` lists the formats."
        )
    if column and canvas is None:
        raise UserError("--column names a column of --gradebook; name that file, too.")
    if comments:
        people = {key: result.entry.student for key, result in read_entries(results).items()}
        use_comments(results, comments, None, people)
    course = read_course_file(course_file, known_assignments()) if course_file else None
    gradebook = read_gradebook(results, course_file=course)
    if course:
        write_course_file(results, course)
    folder = output or results
    files = []
    if worksheet is not None:
        files.append(fill_worksheet_of_moodle(gradebook, worksheet, folder, cap))
    if canvas is not None:
        files.append(fill_gradebook_of_canvas(gradebook, canvas, column, folder, cap))
    files += write_forms(gradebook, folder, formats, cap)
    shown = sorted({Path(file).parts[0] for file in files})
    for name in shown:
        click.echo(folder / name)
    for note in gradebook.notes:
        click.echo(f"{note}.", err=True)
    notes = [*notes_on_points(gradebook, course_file), *other_policy(results, course_file)]
    for note in [*notes, *notes_on_forms(gradebook, formats, cap)]:
        click.echo(note, err=True)


def notes_on_forms(gradebook: Gradebook, formats: Iterable[str], cap: bool = False) -> Iterator[str]:
    """What to know before the files of these forms are uploaded."""
    from autograder.reports.canvas import LEFT_OUT
    from autograder.reports.canvas import left_out as left_out_of_canvas
    from autograder.reports.feedback import PLATFORMS, left_out
    from autograder.text import points

    for name in dict.fromkeys(formats):
        most = gradebook.maximum + 1e-9
        above = [entry.student.key for entry in gradebook.entries if (gradebook.counted(entry) or 0) > most]
        if name == "moodle" and above and not cap:
            yield (
                f"Moodle skips grades above its maximum: {student_names(above)} have more than "
                f"{points(gradebook.maximum)} points. "
                "Raise the maximum in Moodle, or use `grade export --format moodle --cap`."
            )
        if name == "canvas" and gradebook.left_out:
            yield f"{left_out_of_canvas(gradebook)} {LEFT_OUT} holds these sentences, too."
        if name in PLATFORMS:
            platform, place = PLATFORMS[name]
            if missing := left_out(gradebook, place):
                yield f"Not in {name}.zip, because no uploaded file of {platform} is theirs: {student_names(missing)}."
        if name.startswith("feedback") and any(entry.overrides for entry in gradebook.entries):
            yield f"The pages of {name} show students the reasons in overrides.csv."


def write_forms(gradebook: Gradebook, folder: Path, formats: Iterable[str], cap: bool = False) -> list[str]:
    """Write these forms below a folder, each file beside and then renamed; the names of the files.

    With `cap`, the forms for Moodle and Canvas have no points above the maximum.
    """
    from autograder.classroom import capped
    from autograder.files import write_atomically
    from autograder.reports.canvas import LEFT_OUT

    written = []
    try:
        for name in dict.fromkeys(formats):
            for file, content in FORMATS[name](capped(gradebook) if cap and name in CAPPED else gradebook).items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
                if not (path.is_file() and path.read_bytes() == data):
                    write_atomically(path, data, durable=False)  # can be made again
                written.append(file)
        if "canvas" in formats and LEFT_OUT not in written:
            (folder / LEFT_OUT).unlink(missing_ok=True)
        for name, pages in PAGES.items():
            if name in formats and (folder / pages).is_dir():
                for path in (folder / pages).glob("*.html"):  # of students who are gone
                    if path.relative_to(folder).as_posix() not in written:
                        path.unlink()
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from None
    return written
