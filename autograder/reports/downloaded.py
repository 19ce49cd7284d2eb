"""CSV files that a platform offers for download, read, filled in, and written back in their own form."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.errors import UserError


@dataclass(frozen=True)
class Filled:
    """The file with points, its maximum, and the students for whom that is not enough or who are not in it.

    `maximum` is None where the file names none.
    """

    text: str
    maximum: float | None
    above: tuple[str, ...]
    absent: tuple[str, ...]


def read_table(text: str, what: str) -> list[list[str]]:
    """The rows of the file, all of equal length, without empty ones; raise UserError if it is no table."""
    reader = csv.reader(io.StringIO(text.lstrip("\ufeff"), newline=""), delimiter=delimiter(text))
    try:
        rows = [row for row in reader if any(cell.strip() for cell in row)]
    except csv.Error as error:
        raise UserError(f"The {what} is not CSV: {error}") from None
    if len(rows) < 2 or len({len(row) for row in rows}) != 1:
        raise UserError(f"This is no {what}: it needs a line of headings and rows of equal length")
    return rows


def delimiter(text: str) -> str:
    return max(",;\t", key=text.partition("\n")[0].count)


def written(rows: Sequence[Sequence[str]], original: str) -> str:
    """The rows with the separator and the mark of the original file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter(original), lineterminator="\n").writerows(rows)
    return ("\ufeff" if original.startswith("\ufeff") else "") + file.getvalue()


def number(cell: str) -> float | None:
    try:
        return float(cell.strip().replace(",", "."))
    except ValueError:
        return None
