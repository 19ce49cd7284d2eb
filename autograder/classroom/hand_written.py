"""Reads the CSV files that a person writes: named columns in any order, and an error that names the line."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from autograder.classroom.batch_file import ResultsError
from autograder.classroom.gradebook import Student
from autograder.classroom.people import UnknownStudentError, find_key, has_gone


def read_rows(path: Path, header: str, required: Collection[str]) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Yield the place of each row, such as `overrides.csv, line 2`, and its cells by column, in small letters.

    Raise ResultsError if the file cannot be read or its first line lacks a required column.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError:
        raise ResultsError(f"{path} is not UTF-8 text; save it as “CSV UTF-8”") from None
    except FileNotFoundError:
        raise
    except OSError as error:
        raise ResultsError(f"{path} cannot be read: {error.strerror}") from None
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=text.partition("\n")[0].count))
    try:
        columns = {str(name).strip().lower() for name in rows.fieldnames or ()}
        if columns and not columns >= set(required):
            raise ResultsError(f"{path}, line 1: the first line must name the columns: {header}")
        for row in rows:
            cells = {str(name).strip().lower(): str(value or "").strip() for name, value in row.items()}
            if any(cells.values()):
                yield f"{path}, line {rows.line_num}", cells
    except csv.Error as error:
        raise ResultsError(f"{path}, line {rows.line_num}: {error}") from None


def key_of(folder: Path, student: str, students: Mapping[str, Student], place: str) -> str:
    """The key of a student who is named by key, number or mail; empty for one who has gone.

    Raise ResultsError if there is no such student and no result of one in `folder`.
    """
    try:
        return find_key(student, students)
    except UnknownStudentError as error:
        if has_gone(folder, student):
            return ""
        raise ResultsError(f"{place}: {error}") from None
