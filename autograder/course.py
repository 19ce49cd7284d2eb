"""Finds the folder of a course, and the paths of its assignments."""

from __future__ import annotations

import hashlib
import shlex
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import NoCourseError
from autograder.suggest import nearest

PACKAGED_EXAMS = Path(__file__).parent / "handout"
"""The folder of the sealed exams in a wheel. They serve folders without exams of their own."""


@dataclass(frozen=True)
class Course:
    """A folder with `reference/`, `solutions/` and `exercises/`. A student's has only `exercises/` and sealed exams."""

    folder: Path
    exams: Path | None = None  # the folder of the sealed exams, if not `folder`

    @property
    def assignments(self) -> list[str]:
        """The names of the assignments with a reference or a sealed exam."""
        names = {path.parent.name for path in (self.folder / "reference").glob("*/__init__.py")}
        return sorted(names | {path.stem for path in (self.exams or self.folder).glob("*.exam")})

    def reference(self, assignment: str) -> Path:
        return self.folder / "reference" / assignment

    def sealed_exam(self, assignment: str) -> Path:
        return (self.exams or self.folder) / f"{assignment}.exam"

    def has_reference(self, assignment: str) -> bool:
        return (self.reference(assignment) / "__init__.py").is_file()

    def exercises(self, assignment: str) -> Path:
        return self.folder / "exercises" / assignment

    def fingerprint(self, assignment: str) -> str:
        """SHA-256 of every file of the reference, in hexadecimal."""
        digest = hashlib.sha256()
        for path in sorted(self.reference(assignment).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def _command_for(start: Path, path: str) -> str:
    """The command that grades a path of a course's exercises, else the one that shows the names of assignments."""
    is_file = bool(Path(path).suffix)
    name = (start / path).resolve().parent.name if is_file else (start / path).resolve().name
    known = any(Course(folder).exercises(name).is_dir() for folder in (start, *start.parents))
    if not known or not (start / path).exists():
        return "`grade list` shows the names."
    return f"Did you mean `grade {name} {shlex.quote(path)}`?" if is_file else f"Did you mean `grade {name}`?"


def find_course(start: Path, assignment: str) -> Course:
    """The nearest folder from `start` upwards with a reference or a sealed exam of this assignment.

    If there is none but the exam is in the wheel, it is the nearest folder with the exercises.
    """
    if Path(assignment).name != assignment:
        raise NoCourseError(
            f"{assignment!r} is a path; give the name of an assignment instead. {_command_for(start, assignment)}"
        )
    folders = (start, *start.parents)
    for course in map(Course, folders):
        if course.has_reference(assignment) or course.sealed_exam(assignment).is_file():
            return course
    if (PACKAGED_EXAMS / f"{assignment}.exam").is_file():
        with_exercises = (folder for folder in folders if Course(folder).exercises(assignment).is_dir())
        return Course(next(with_exercises, start), PACKAGED_EXAMS)
    raise _not_found(folders, assignment)


def _not_found(folders: tuple[Path, ...], assignment: str) -> NoCourseError:
    """The error that says why there is no such assignment, and which one the user may have meant."""
    for folder in folders:
        reference = Course(folder).reference(assignment)
        if reference.is_dir():
            return NoCourseError(
                f"{reference} has no __init__.py, the table of contents. Write one: the title of the assignment as "
                f"its docstring, and then {sections_line(reference)}."
            )
    courses = (*map(Course, folders), Course(folders[0], PACKAGED_EXAMS))
    near = next((course for course in courses if course.assignments), None)
    if near is None:
        return NoCourseError(
            f"There is no assignment here: {folders[0]} and the folders above it have no reference/ folder and no "
            "sealed exam. Go to the course folder (the one with exercises/) and try again."
        )
    guess = nearest(assignment, near.assignments)
    suggestion = f"did you mean {guess}?" if guess else f"there is {', '.join(near.assignments)}."
    where = "in this torchgrade" if near.exams else f"in {near.folder}"
    return NoCourseError(f"There is no assignment {assignment!r} {where}; {suggestion}")


def find_courses(start: Path) -> tuple[Course, list[str]]:
    """The nearest folder from `start` upwards with any assignments, and their names."""
    for folder in (start, *start.parents):
        if names := Course(folder).assignments:
            return Course(folder), names
    if names := Course(start, PACKAGED_EXAMS).assignments:
        return Course(start, PACKAGED_EXAMS), names
    raise NoCourseError(f"There is no course here: {start} and the folders above it have no assignment.")


def sections_line(reference: Path) -> str:
    """The line `sections = (...)` for the `__init__.py` of a reference, with the names of its modules."""
    names = sorted(path.stem for path in reference.glob("*.py") if not path.stem.startswith("_")) or ["pooling"]
    quoted = [f'"{name}"' for name in names]
    return f"`sections = ({', '.join(quoted)}{',' if len(names) == 1 else ''})`"
