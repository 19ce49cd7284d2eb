"""Fills in files that Moodle and Canvas offer for download, and prints what they will not take."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import UserError
from autograder.text import student_names

if TYPE_CHECKING:
    from autograder.classroom import Gradebook
    from autograder.reports.downloaded import Filled


def fill_worksheet_of_moodle(gradebook: Gradebook, path: Path, folder: Path, cap: bool) -> str:
    """Write `moodle-worksheet.csv`; the name of the file."""
    from autograder.reports.worksheet import fill_worksheet

    filled = _write(path, folder / "moodle-worksheet.csv", lambda text: fill_worksheet(gradebook, text, cap))
    _print_maximum(gradebook, filled, "worksheet")
    if filled.above and not cap:
        _print(
            f"Moodle will skip {student_names(filled.above)}, with more than the maximum of "
            f"{_points(filled.maximum)}: raise the maximum in Moodle, or use --cap."
        )
    if filled.absent:
        _print(f"Not in the worksheet: {student_names(filled.absent)}.")
    return "moodle-worksheet.csv"


def fill_gradebook_of_canvas(gradebook: Gradebook, path: Path, column: str, folder: Path, cap: bool) -> str:
    """Write `canvas-gradebook.csv`; the name of the file."""
    from autograder.reports.canvas_gradebook import fill_gradebook

    filled = _write(path, folder / "canvas-gradebook.csv", lambda text: fill_gradebook(gradebook, text, column, cap))
    _print_maximum(gradebook, filled, "gradebook of Canvas")
    if filled.above and not cap:
        _print(
            f"More than the maximum of {_points(filled.maximum)} in Canvas: {student_names(filled.above)}. "
            "Canvas takes this as extra credit; --cap writes at most the maximum."
        )
    if filled.absent:
        _print(f"Not in the gradebook of Canvas: {student_names(filled.absent)}.")
    return "canvas-gradebook.csv"


def _write(path: Path, target: Path, fill: Callable[[str], Filled]) -> Filled:
    """Read the downloaded file, fill it in, and write the new one."""
    from autograder.cli.console import write_file

    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(
            f"{path} is not UTF-8 text; take the file as it was downloaded, without saving it anew."
        ) from None
    filled = fill(text)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{target.parent} cannot be created: {error.strerror}.") from None
    write_file(target, filled.text.encode("utf-8", "backslashreplace"), lasting=False)
    return filled


def _print_maximum(gradebook: Gradebook, filled: Filled, what: str) -> None:
    """Say so where the maximum of the file is another one."""
    if filled.maximum is None or abs(filled.maximum - gradebook.maximum) <= 1e-9:
        return
    of = "the exam" if gradebook.out_of is None else "the final points"
    most = _points(filled.maximum)
    _print(
        f"The maximum in the {what} is {most}, that of {of} {_points(gradebook.maximum)}: points are not scaled; "
        f"`out_of = {most}` in course.toml scales them."
    )


def _points(value: float | None) -> str:
    from autograder.text import points

    return "" if value is None else points(value)


def _print(sentence: str) -> None:
    click.echo(sentence, err=True)
