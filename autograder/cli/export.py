"""`grade export`: the gradebook of a batch in the form that somebody else reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.errors import UserError
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from autograder.classroom import Gradebook

MAX_NAMES = 10  # of students in one sentence
NOTES = {
    "moodle": "Moodle skips grades above its maximum, so set the maximum there to hold extra credit.",
}
PAGES = {"html": "report/students", "feedback": "feedback"}  # folders with a page for each student


@options.command()
@options.results
@click.option("--format", "formats", multiple=True, required=True, type=click.Choice(list(FORMATS)))
@click.option("-o", "--output", metavar="DIR", type=options.ANY_PATH, help="[default: RESULTS]")
def command(results: Path, formats: tuple[str, ...], output: Path | None) -> None:
    """Write the gradebook in RESULTS, made by `grade batch`, in other forms; overrides.csv is read again.

    Nothing is graded. Moodle and Canvas import the files of their formats; gradescope has the form of
    its autograder, and junit is for CI.
    """
    from autograder.classroom import read_gradebook

    gradebook = read_gradebook(results)
    folder = output or results
    files = write_forms(gradebook, folder, formats)
    shown = sorted({Path(file).parts[0] for file in files})
    for name in shown:
        click.echo(folder / name)
    for note in gradebook.notes:
        click.echo(f"{note}.", err=True)
    for note in notes_on_forms(gradebook, formats):
        click.echo(note, err=True)


def notes_on_forms(gradebook: Gradebook, formats: Iterable[str]) -> Iterator[str]:
    """What to know before the files of these forms are uploaded."""
    from autograder.reports.feedback import PLATFORMS, left_out
    from autograder.text import one_line, plural

    for name in dict.fromkeys(formats):
        if name in NOTES and any(entry.extra for entry in gradebook.entries):
            yield NOTES[name]
        if name in PLATFORMS:
            platform, place = PLATFORMS[name]
            missing = [one_line(key) for key in left_out(gradebook, place)]
            if missing:
                are = "are" if len(missing) > 1 else "is"
                yield (
                    f"{plural(len(missing), 'student')} did not come from {platform} and {are} not in {name}.zip: "
                    f"{', '.join(missing[:MAX_NAMES])}{', …' if len(missing) > MAX_NAMES else ''}"
                )
        if name.startswith("feedback") and any(entry.overrides for entry in gradebook.entries):
            yield f"The pages of {name} show students the reasons in overrides.csv."


def write_forms(gradebook: Gradebook, folder: Path, formats: Iterable[str]) -> list[str]:
    """Write these forms below a folder, each file beside and then renamed; the names of the files."""
    from autograder.files import write_atomically

    written = []
    try:
        for name in dict.fromkeys(formats):
            for file, content in FORMATS[name](gradebook).items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                data = content if isinstance(content, bytes) else content.encode("utf-8", "backslashreplace")
                if not (path.is_file() and path.read_bytes() == data):
                    write_atomically(path, data, durable=False)  # can be made again
                written.append(file)
        for name, pages in PAGES.items():
            if name in formats and (folder / pages).is_dir():
                for path in (folder / pages).glob("*.html"):  # of students who are gone
                    if path.relative_to(folder).as_posix() not in written:
                        path.unlink()
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from None
    return written
