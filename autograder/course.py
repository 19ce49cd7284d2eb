"""Where a course keeps an assignment: finds the folders and reads the reference."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import NoCourseError
from autograder.suggest import nearest

HANDOUT = Path(__file__).parent / "handout"
"""The sealed exams that a wheel brings along, for folders without any."""


@dataclass(frozen=True)
class Course:
    """A folder with `reference/`, `solutions/` and `exercises/`; for students with `exercises/` and sealed exams.

    `exams` is where the sealed exams are, if not in the folder itself.
    """

    folder: Path
    exams: Path | None = None

    @property
    def assignments(self) -> list[str]:
        """The names of the assignments that have a reference or a sealed exam here."""
        names = {path.parent.name for path in (self.folder / "reference").glob("*/__init__.py")}
        return sorted(names | {path.stem for path in (self.exams or self.folder).glob("*.exam")})

    def reference(self, assignment: str) -> Path:
        return self.folder / "reference" / assignment

    def sealed(self, assignment: str) -> Path:
        """The exam that is handed out where there is no reference."""
        return (self.exams or self.folder) / f"{assignment}.exam"

    def has_reference(self, assignment: str) -> bool:
        return (self.reference(assignment) / "__init__.py").is_file()

    def exercises(self, assignment: str) -> Path:
        return self.folder / "exercises" / assignment

    def fingerprint(self, assignment: str) -> str:
        """A digest of every file of the reference."""
        digest = hashlib.sha256()
        for path in sorted(self.reference(assignment).rglob("*")):
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(self.folder).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
        return digest.hexdigest()


def find_course(start: Path, assignment: str) -> Course:
    """The nearest folder from `start` upwards that has a reference or a sealed exam of this assignment.

    Where there is none, the exam may have come with the package: then it is the nearest folder with the exercises.
    """
    if Path(assignment).name != assignment:
        raise NoCourseError(f"{assignment!r} is a path, and the name of an assignment is due: `grade list` tells them.")
    for course in map(Course, (start, *start.parents)):
        if course.has_reference(assignment) or course.sealed(assignment).is_file():
            return course
    if (HANDOUT / f"{assignment}.exam").is_file():
        folders = (folder for folder in (start, *start.parents) if Course(folder).exercises(assignment).is_dir())
        return Course(next(folders, start), HANDOUT)
    for folder in (start, *start.parents):
        unlisted = Course(folder).reference(assignment)
        if unlisted.is_dir():
            raise NoCourseError(
                f"{unlisted} has no __init__.py, the table of contents: its docstring is the title of the assignment, "
                f"and below it stands {listing(unlisted)}."
            )
    courses = (*map(Course, (start, *start.parents)), Course(start, HANDOUT))
    near = next((course for course in courses if course.assignments), None)
    if near is None:
        raise NoCourseError(
            f"There is no assignment here: {start} and the folders above it have no reference/ folder and no sealed "
            "exam. Go to the course folder (the one with exercises/) and try again."
        )
    guess = nearest(assignment, near.assignments)
    there = f"did you mean {guess}?" if guess else f"there is {', '.join(near.assignments)}."
    where = "in this torchgrade" if near.exams else f"in {near.folder}"
    raise NoCourseError(f"There is no assignment {assignment!r} {where}; {there}")


def find_courses(start: Path) -> tuple[Course, list[str]]:
    """The nearest folder from `start` upwards that has any assignment, and the names of those."""
    for folder in (start, *start.parents):
        if names := Course(folder).assignments:
            return Course(folder), names
    if names := Course(start, HANDOUT).assignments:
        return Course(start, HANDOUT), names
    raise NoCourseError(f"There is no course here: {start} and the folders above it have no assignment.")


def listing(reference: Path) -> str:
    """The line of a table of contents that names the modules in a reference."""
    names = sorted(path.stem for path in reference.glob("*.py") if not path.stem.startswith("_")) or ["pooling"]
    quoted = [f'"{name}"' for name in names]
    return f"`sections = ({', '.join(quoted)}{',' if len(names) == 1 else ''})`"
