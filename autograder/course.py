"""Where a course keeps an assignment: finds the folders and reads the reference."""

from __future__ import annotations

import difflib
import hashlib
import importlib
import importlib.util
import sys
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from autograder.author import Section, read_section


class CourseError(Exception):
    """The course folder or its reference is not as it must be; one sentence for its author."""


class DataError(CourseError):
    """The data folder that the user named cannot be read; one sentence for the user."""


@dataclass(frozen=True)
class Course:
    """A folder with `reference/`, `solutions/` and `exercises/`."""

    folder: Path

    @property
    def assignments(self) -> list[str]:
        """The names of the assignments that have a reference here."""
        return sorted(path.parent.name for path in (self.folder / "reference").glob("*/__init__.py"))

    def reference(self, assignment: str) -> Path:
        return self.folder / "reference" / assignment

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
    """The nearest folder from `start` upwards that has a reference of this assignment."""
    for folder in (start, *start.parents):
        if (folder / "reference" / assignment / "__init__.py").is_file():
            return Course(folder)
    near = next((Course(folder) for folder in (start, *start.parents) if Course(folder).assignments), None)
    if near is None:
        raise CourseError(
            f"There is no assignment here: {start} and the folders above it have no reference/ folder. "
            "Go to the course folder (the one with exercises/ and reference/) and try again."
        )
    guess = difflib.get_close_matches(assignment, near.assignments, n=1, cutoff=0.4)
    there = f"did you mean {guess[0]}?" if guess else f"there is {', '.join(near.assignments)}."
    raise CourseError(f"There is no assignment {assignment!r} in {near.folder}; {there}")


def read_reference(course: Course, assignment: str) -> tuple[str, list[Section]]:
    """The title of an assignment and its sections in teaching order; imports the reference, and torch with it."""
    package = _import_package(course.reference(assignment), assignment)
    names = getattr(package, "sections", None)
    if not isinstance(names, tuple) or not names:
        raise CourseError(f"{package.__file__} has no tuple `sections` that names its modules.")
    sections = []
    for name in names:
        try:
            sections.append(read_section(importlib.import_module(f"{package.__name__}.{name}")))
        except ModuleNotFoundError as error:
            raise CourseError(f"The section {name!r} of {assignment} cannot be imported: {error}.") from error
    return (package.__doc__ or assignment).strip().partition("\n")[0].rstrip("."), sections


def _import_package(folder: Path, assignment: str) -> ModuleType:
    name = f"reference_{assignment}_{hashlib.sha256(str(folder).encode()).hexdigest()[:8]}"
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(
        name, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None or spec.loader is None:
        raise CourseError(f"{folder} cannot be imported.")
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
