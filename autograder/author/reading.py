"""Reads the reference of an assignment: imports its modules, and refuses what contradicts itself."""

from __future__ import annotations

import ast
import hashlib
import importlib
import importlib.util
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from autograder.author.faults import Faults
from autograder.author.own import OwnModules, read_own_modules
from autograder.author.section import Section, read_section
from autograder.course import Course, sections_line
from autograder.errors import CourseError, UserError

PREFIX = "reference_"
"""Begins the names that the packages of references are imported under."""


@dataclass(frozen=True)
class ReadReference:
    """The reference of an assignment: its title, its sections in teaching order, and the course's own modules."""

    title: str
    sections: tuple[Section, ...]
    own: OwnModules


def read_reference(course: Course, assignment: str) -> ReadReference:
    """Import the reference of an assignment, and torch with it; one `CourseError` names all faults that it finds."""
    package = _import_package(course.reference(assignment), assignment)
    names = getattr(package, "sections", None)
    if not isinstance(names, (tuple, list)) or not names or not all(isinstance(name, str) for name in names):
        raise CourseError(
            f"{package.__file__} has no tuple that names its modules: {sections_line(course.reference(assignment))}."
        )
    sections: list[Section] = []
    faults = Faults()
    own = OwnModules()
    with faults.collect():
        own = read_own_modules(package.__name__, course.reference(assignment))
    for name in names:
        with faults.collect():
            try:
                _names_once(course.reference(assignment), name)
                sections.append(read_section(importlib.import_module(f"{package.__name__}.{name}")))
            except UserError:
                raise
            except Exception as error:  # the author's code may raise anything
                why = place_and_message(error)
                raise CourseError(f"The section {name!r} of {assignment} cannot be imported: {why}.") from error
    with faults.collect():
        _exercises_once(assignment, sections)
    faults.raise_all()
    title = (package.__doc__ or assignment).strip().partition("\n")[0].rstrip(".")
    return ReadReference(title, tuple(sections), own)


def _names_once(folder: Path, section: str) -> None:
    """Refuse two definitions of one name in a module: Python would drop the first with all that belongs to it."""
    for path in (folder / f"{section}.py", *sorted((folder / section).glob("*.py"))):
        _defined_once(path)


def _defined_once(path: Path) -> None:
    try:
        body = ast.parse(path.read_bytes()).body
    except (OSError, SyntaxError, ValueError):
        return  # the import reports it
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


def place_and_message(error: BaseException) -> str:
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
        raise CourseError(f"The reference of {assignment} cannot be imported: {place_and_message(error)}.") from error
    return module
