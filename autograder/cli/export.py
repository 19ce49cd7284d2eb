"""`grade export`: the gradebook of a batch in the form that somebody else reads."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.errors import UserError
from autograder.reports.formats import FORMATS

if TYPE_CHECKING:
    from autograder.classroom import Gradebook

NOTES = {
    "moodle": "Moodle skips grades above its maximum, so set the maximum there to hold extra credit.",
}


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
    for name in formats:
        if name in NOTES and any(entry.extra for entry in gradebook.entries):
            click.echo(NOTES[name], err=True)


def write_forms(gradebook: Gradebook, folder: Path, formats: Iterable[str]) -> list[str]:
    """Write these forms below a folder, each file beside and then renamed; the names of the files."""
    from autograder.files import write_atomically

    written = []
    try:
        for name in dict.fromkeys(formats):
            for file, text in FORMATS[name](gradebook).items():
                path = folder / file
                path.parent.mkdir(parents=True, exist_ok=True)
                data = text.encode("utf-8", "backslashreplace")
                if not (path.is_file() and path.read_bytes() == data):
                    write_atomically(path, data, durable=False)  # can be made again
                written.append(file)
        pages = folder / "report" / "students"
        if "html" in formats and pages.is_dir():
            for path in pages.iterdir():  # of students who are gone
                if path.relative_to(folder).as_posix() not in written:
                    path.unlink()
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}.") from None
    return written
