"""The names that Moodle and Canvas give to downloaded files: whose they are, and how the student called them."""

from __future__ import annotations

import re
from pathlib import Path, PurePath

from autograder.classroom.gradebook import Student
from autograder.submission import kind_of, printable, without_suffix

# Moodle: `Ada Lovelace_4711_assignsubmission_file_`, as a folder or in front of the name of each file.
MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)", re.DOTALL)
# Canvas: `lovelaceada_LATE_1234_56789_output_size-2.py`: sortable name, user, attachment, file name, version. Where
# grading is anonymous: `anon_aB3xY_56789_output_size.py`. A text or link that was entered has no attachment.
CANVAS_USER = r"(?:(?P<name>[^_]+)(?P<late>_LATE)?_(?P<id>\d+)|anon(?P<anon_late>_LATE)?_(?P<anon>[A-Za-z0-9]{5}))"
CANVAS = re.compile(rf"{CANVAS_USER}_(?P<attachment>\d+)_(?P<rest>.+)", re.DOTALL)
CANVAS_ENTERED = re.compile(rf"{CANVAS_USER}_(?P<rest>(?:text|link)\.html)", re.DOTALL)
CANVAS_VERSION = re.compile(r"-\d+(?=\.[A-Za-z]+$)")


def is_from_canvas(names: list[str]) -> bool:
    """Whether most of these files come from Canvas."""
    return sum(_canvas(name) is not None for name in names) * 2 > len(names)


def owner(path: Path, from_canvas: bool) -> tuple[Student, str]:
    """Find the owner of a file or folder, and the original name of the file."""
    name = path.name
    if moodle := MOODLE.fullmatch(name):
        return _student(moodle["name"], moodle["id"]), moodle["rest"]
    if from_canvas and (canvas := _canvas(name)):
        student = _anonymous(canvas["anon"]) if canvas["anon"] else _student(canvas["name"], canvas["id"])
        return student, CANVAS_VERSION.sub("", canvas["rest"])
    return Student(printable(name if path.is_dir() else _stem(name))), name


def has_platform_name(name: str) -> bool:
    """Whether a platform gave this name to a download, so that it belongs to a student whatever it holds."""
    return bool(MOODLE.fullmatch(name) or _canvas(name))


def attachment(name: str) -> int:
    """The number of a file on Canvas, which grows with time; 0 for other files."""
    canvas = CANVAS.fullmatch(name)
    return int(canvas["attachment"]) if canvas else 0


def is_late(name: str) -> bool:
    """Whether Canvas marks this file as handed in after the deadline."""
    canvas = _canvas(name)
    return canvas is not None and bool(canvas["late"] or canvas["anon_late"])


def entered_online(name: str) -> str:
    """A text or link that a student entered on Moodle or Canvas instead of uploading files; empty for other files."""
    moodle = MOODLE.fullmatch(name)
    if moodle and moodle["kind"] == "onlinetext":
        return "a text that was entered on Moodle"
    found = CANVAS_ENTERED.fullmatch(name)
    return f"a {PurePath(found['rest']).stem} that was entered on Canvas" if found else ""


def _stem(name: str) -> str:
    """The name without its ending, or both of `ada.py.txt`."""
    return without_suffix(PurePath(name).stem if kind_of(name) else name)


def _canvas(name: str) -> re.Match[str] | None:
    return CANVAS.fullmatch(name) or CANVAS_ENTERED.fullmatch(name)


def _student(name: str, number: str) -> Student:
    return Student(f"{printable(name)}_{number}", name=printable(name), participant=number)


def _anonymous(identifier: str) -> Student:
    return Student(f"anon_{identifier}", participant=identifier)
