"""Finds a student by what a person writes: the key, or a number or mail that belongs to one student only.

A number is that of the roster, or that of the student on Moodle or Canvas, as in the names of downloaded files.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.classroom.batch_file import ResultsError
from autograder.classroom.file_names import file_name
from autograder.classroom.gradebook import Student
from autograder.suggest import likely_intended, suggestion

MAX_LISTED = 12  # students that a message names


class UnknownStudentError(ResultsError):
    """No student or several are meant; the message is a sentence without its beginning."""


def find_key(text: str, students: Mapping[str, Student], by_name: bool = False) -> str:
    """The key of the student; raise UnknownStudentError if there is none, or if several are meant."""
    if text in students:
        return text
    wanted = text.casefold()
    found = [
        key
        for key, one in students.items()
        if wanted and (wanted in _identifiers(one) or (by_name and wanted == one.name.casefold()))
    ]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownStudentError(f"several students are called {text!r}; name one by the key: {', '.join(found)}")
    names = [one for student in students.values() for one in (student.key, student.number, student.mail) if one]
    close = likely_intended(text, names)
    meant = f"did you mean {close}?" if close else _known(text, sorted(students))
    raise UnknownStudentError(f"there is no student {text!r}; {meant}")


def _known(text: str, keys: Sequence[str]) -> str:
    """The end of a sentence about an unknown student; a whole class of names would help nobody."""
    if len(keys) > MAX_LISTED and not [key for key in keys if text and text.casefold() in key.casefold()]:
        return f"a student is named by key, number or mail, such as {keys[0]}"
    return suggestion(text, keys)


def has_gone(folder: Path, text: str) -> bool:
    """Whether the student was among the submissions of an earlier run."""
    name = file_name(text)
    if any((folder / place).exists() for place in (f"students/{name}.json", f"gone/{name}-students.json")):
        return True
    return any(text.casefold() in _identifiers(one) for one in _gone(folder))


def _identifiers(student: Student) -> tuple[str, ...]:
    return tuple(text.casefold() for text in (student.number, student.participant, student.mail))


def _gone(folder: Path) -> Iterable[Student]:
    for path in [*(folder / "gone").glob("*-students.json"), *(folder / "students").glob("*.json")]:
        with contextlib.suppress(OSError, ValueError, KeyError, TypeError):
            yield Student(**json.loads(path.read_text(encoding="utf-8"))["student"])
