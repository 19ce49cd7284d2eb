"""A folder of strangers' work, as students or a learning platform name it -> who handed in what.

Nothing is dropped: what is ambiguous, empty or unreadable is listed with a sentence, and so are those of the roster who
handed in nothing. Nothing of a student's is run or parsed here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from autograder.classroom.gradebook import State, Student
from autograder.classroom.roster import match
from autograder.errors import UserError
from autograder.model import SourceFile, Submission
from autograder.submission import SubmissionError, read_submission, shown

MAX_STUDENTS = 20_000
SUFFIXES = {".py", ".ipynb", ".zip"}
IGNORED = {"__pycache__", "__MACOSX", "Thumbs.db", "desktop.ini"}
# Moodle: `Ada Lovelace_4711_assignsubmission_file_`, as a folder or in front of the name of each file.
MOODLE = re.compile(r"(?P<name>.+)_(?P<id>\d+)_assignsubmission_(?P<kind>file|onlinetext)_?(?P<rest>.*)", re.DOTALL)
# Canvas: `lovelaceada_LATE_1234_56789_output_size-2.py`: sortable name, user, attachment, file name with its version.
CANVAS = re.compile(r"(?P<name>[^_]+)(?:_LATE)?_(?P<id>\d+)_(?:\d+)_(?P<rest>.+)", re.DOTALL)
CANVAS_VERSION = re.compile(r"-\d+(?=\.[A-Za-z]+$)")


@dataclass(frozen=True)
class Handin:
    """What one student handed in: files by the names that they had at home; or why there is nothing to grade."""

    student: Student
    paths: tuple[tuple[str, Path], ...] = ()
    state: State = "graded"
    problem: str = ""


def find_handins(folder: Path, roster: Sequence[Student] = (), assignment: str = "") -> list[Handin]:
    """Everybody who handed something in, and those of the roster who did not, by key; UserError if it is no folder.

    `assignment` is looked for within each folder, as in nbgrader's `submitted/STUDENT/ASSIGNMENT/`.
    """
    try:
        paths = sorted(islice((path for path in folder.iterdir() if not _ignored(path.name)), MAX_STUDENTS + 1))
    except OSError as error:
        raise UserError(f"{shown(str(folder))} cannot be read: {error.strerror}") from None
    if not paths:
        raise UserError(f"{shown(str(folder))} is empty: there is nothing to grade")
    if len(paths) > MAX_STUDENTS:
        raise UserError(f"{shown(str(folder))} holds more than {MAX_STUDENTS:,} files and folders")
    from_canvas = sum(bool(CANVAS.fullmatch(path.name)) for path in paths) * 2 > len(paths)
    found: dict[Student, list[tuple[str, Path]]] = {}
    for path in paths:
        student, name = _owner(path, from_canvas)
        found.setdefault(student, []).append((name, _within(path, assignment)))
    handed = [_handed(student, parts) for student, parts in found.items()]
    return sorted(_with_roster(handed, roster), key=lambda one: one.student.key)


def read_handin(handed: Handin) -> Submission:
    """The source files that a student handed in, as one submission; SubmissionError if there are none."""
    parts: list[SourceFile] = []
    problems: list[str] = []
    for name, path in handed.paths:
        try:
            part = read_submission(path, handed.student.key)
        except SubmissionError as error:
            problems.append(str(error))
            continue
        files = part.files
        if path.suffix in (".py", ".ipynb") and len(files) == 1:
            files = (replace(files[0], name=shown(name)),)
        parts += files
        problems += part.problems
    if not parts:
        raise SubmissionError(problems[0] if problems else "nothing was handed in")
    ordered = sorted(parts, key=lambda file: (file.is_notebook, file.name))
    return Submission(handed.student.key, tuple(ordered), tuple(problems))


def _ignored(name: str) -> bool:
    return name.startswith(".") or name in IGNORED


def _owner(path: Path, from_canvas: bool) -> tuple[Student, str]:
    """Whose a file or folder is, and the name that it had at home."""
    name = path.name
    if moodle := MOODLE.fullmatch(name):
        who, number = shown(moodle["name"]), moodle["id"]
        return Student(f"{who}_{number}", name=who, participant=number), moodle["rest"]
    if from_canvas and (canvas := CANVAS.fullmatch(name)):
        who, number = shown(canvas["name"]), canvas["id"]
        return Student(f"{who}_{number}", name=who, participant=number), CANVAS_VERSION.sub("", canvas["rest"])
    is_file = path.suffix in SUFFIXES and not path.is_dir()
    return Student(shown(path.stem if is_file else name)), name


def _within(path: Path, assignment: str) -> Path:
    """The folder of the assignment within a student's, where there is one."""
    inner = path / assignment
    return inner if assignment and not inner.is_symlink() and inner.is_dir() else path


def _handed(student: Student, parts: list[tuple[str, Path]]) -> Handin:
    """What is to be read of what one student handed in; a learning platform hands out several files of one."""
    usable = [(name, path) for name, path in parts if path.suffix in SUFFIXES or path.is_dir() or path.is_symlink()]
    files = [(name, path) for name, path in usable if "_assignsubmission_onlinetext" not in path.name] or usable
    if not files:
        names = ", ".join(shown(path.name) for _, path in parts[:3])
        problem = f"{names}: neither a folder, a .py file, a notebook (.ipynb) nor a .zip"
        return Handin(student, state="unreadable", problem=problem)
    if len(files) > 1 and not student.participant:
        names = " and ".join(shown(path.name) for _, path in files)
        return Handin(student, state="refused", problem=f"handed in more than once, as {names}: keep one of them")
    return Handin(student, tuple(files))


def _with_roster(handed: list[Handin], roster: Sequence[Student]) -> list[Handin]:
    """The same with what the roster knows, and those who are only on the roster."""
    if not roster:
        return handed
    known = match([one.student for one in handed], roster)
    taken: dict[Student, list[Handin]] = {}
    result = []
    for one in handed:
        person = known.get(one.student)
        if person is None:
            problem = one.problem or "is not on the roster"
            result.append(replace(one, problem=problem))
            continue
        taken.setdefault(person, []).append(one)
    for person, several in taken.items():
        names = " and ".join(one.student.key for one in several)
        for one in several:
            merged = replace(
                one.student,
                name=person.name or one.student.name,
                number=person.number,
                mail=person.mail,
                participant=person.participant or one.student.participant,
            )
            if len(several) > 1:
                problem = f"one student of the roster handed in more than once, as {names}: keep one of them"
                result.append(Handin(merged, state="refused", problem=problem))
            else:
                result.append(replace(one, student=merged))
    missing = (person for person in roster if person not in taken)
    keys = {one.student.key for one in result}
    for person in missing:
        key = person.key if person.key not in keys else f"{person.key} (roster)"
        result.append(Handin(replace(person, key=key), state="missing", problem="handed in nothing"))
    return result
