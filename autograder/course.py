"""Where a course keeps an assignment: finds the folders and reads the reference."""

from __future__ import annotations

import ast
import difflib
import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from autograder.author import Section, read_section

PREFIX = "reference_"
"""Begins the names that the packages of references are imported under."""
HANDOUT = Path(__file__).parent / "handout"
"""The sealed exams that a wheel brings along, for folders without any."""


class CourseError(Exception):
    """The course folder or its reference is not as it must be; one sentence for its author."""


class DataError(CourseError):
    """The data folder that the user named cannot be read; one sentence for the user."""


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
        raise CourseError(f"{assignment!r} is a path, and the name of an assignment is due: `grade list` tells them.")
    for course in map(Course, (start, *start.parents)):
        if course.has_reference(assignment) or course.sealed(assignment).is_file():
            return course
    if (HANDOUT / f"{assignment}.exam").is_file():
        folders = (folder for folder in (start, *start.parents) if Course(folder).exercises(assignment).is_dir())
        return Course(next(folders, start), HANDOUT)
    for folder in (start, *start.parents):
        unlisted = Course(folder).reference(assignment)
        if unlisted.is_dir():
            raise CourseError(
                f"{unlisted} has no __init__.py, the table of contents: its docstring is the title of the assignment, "
                f"and below it stands {_listing(unlisted)}."
            )
    courses = (*map(Course, (start, *start.parents)), Course(start, HANDOUT))
    near = next((course for course in courses if course.assignments), None)
    if near is None:
        raise CourseError(
            f"There is no assignment here: {start} and the folders above it have no reference/ folder and no sealed "
            "exam. Go to the course folder (the one with exercises/) and try again."
        )
    guess = difflib.get_close_matches(assignment, near.assignments, n=1, cutoff=0.4)
    there = f"did you mean {guess[0]}?" if guess else f"there is {', '.join(near.assignments)}."
    where = "in this torchgrade" if near.exams else f"in {near.folder}"
    raise CourseError(f"There is no assignment {assignment!r} {where}; {there}")


def find_courses(start: Path) -> tuple[Course, list[str]]:
    """The nearest folder from `start` upwards that has any assignment, and the names of those."""
    for folder in (start, *start.parents):
        if names := Course(folder).assignments:
            return Course(folder), names
    if names := Course(start, HANDOUT).assignments:
        return Course(start, HANDOUT), names
    raise CourseError(f"There is no course here: {start} and the folders above it have no assignment.")


def read_reference(course: Course, assignment: str) -> tuple[str, list[Section]]:
    """The title of an assignment and its sections in teaching order; imports the reference, and torch with it."""
    package = _import_package(course.reference(assignment), assignment)
    names = getattr(package, "sections", None)
    if not isinstance(names, (tuple, list)) or not names or not all(isinstance(name, str) for name in names):
        raise CourseError(
            f"{package.__file__} has no tuple that names its modules: {_listing(course.reference(assignment))}."
        )
    sections: list[Section] = []
    for name in names:
        try:
            _names_once(course.reference(assignment) / f"{name}.py")
            sections.append(read_section(importlib.import_module(f"{package.__name__}.{name}")))
        except CourseError:
            raise
        except Exception as error:  # the author's code may raise anything
            raise CourseError(f"The section {name!r} of {assignment} cannot be imported: {told(error)}.") from error
    _exercises_once(assignment, sections)
    return (package.__doc__ or assignment).strip().partition("\n")[0].rstrip("."), sections


def _names_once(path: Path) -> None:
    """Refuse two definitions of one name in a module: Python would drop the first with all that belongs to it."""
    try:
        body = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return  # the import tells more
    lines: dict[str, int] = {}
    for node in body:
        if isinstance(node, (ast.FunctionDef, ast.ClassDef)) and node.decorator_list:
            if node.name in lines:
                where = f"{_file(str(path))}, lines {lines[node.name]} and {node.lineno}"
                raise CourseError(f"{where}: {node.name} is defined twice, and the second would replace the first.")
            lines[node.name] = node.lineno


def _exercises_once(assignment: str, sections: Sequence[Section]) -> None:
    """Refuse sections without an exercise, and two exercises of one name: a student's work is found by that name."""
    places: dict[str, str] = {}
    for section in sections:
        if not section.references:
            raise CourseError(
                f"The section {section.name!r} of {assignment} has no exercise: no @reference stands in it."
            )
        for reference in section.references:
            if reference.name in places:
                where = f"{places[reference.name]!r} and {section.name!r}"
                raise CourseError(f"The exercise {reference.name} of {assignment} stands in two sections, {where}.")
            places[reference.name] = section.name


def told(error: BaseException) -> str:
    """File and line of the reference that an error comes from, its kind and its message."""
    message = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    if isinstance(error, SyntaxError) and error.filename:
        return f"{_file(error.filename)}, line {error.lineno}: SyntaxError: {error.msg}"
    frames = [
        f"{_file(frame.f_code.co_filename)}, line {line}: "
        for frame, line in traceback.walk_tb(error.__traceback__)
        if str(frame.f_globals.get("__name__")).startswith(PREFIX)
    ]
    return f"{frames[-1] if frames else ''}{message}".rstrip(".")


def _file(path: str) -> str:
    """`reference/exercise7/pooling.py`, for a file of that package."""
    return "/".join(Path(path).parts[-3:])


def _listing(reference: Path) -> str:
    names = sorted(path.stem for path in reference.glob("*.py") if not path.stem.startswith("_")) or ["pooling"]
    quoted = [f'"{name}"' for name in names]
    return f"`sections = ({', '.join(quoted)}{',' if len(names) == 1 else ''})`"


def _import_package(folder: Path, assignment: str) -> ModuleType:
    name = f"{PREFIX}{assignment}_{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise CourseError(f"{folder} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:  # the author's code may raise anything
        del sys.modules[name]
        raise CourseError(f"The reference of {assignment} cannot be imported: {told(error)}.") from error
    return module
