"""Reads the solutions of an assignment, with its title and the order of its sections from the reference."""

from __future__ import annotations

import ast
from pathlib import Path

from autograder.errors import UserError
from autograder.handout.marks import refuse_misplaced_marks, without_marks
from autograder.handout.notebook_cells import BEGIN, DEFINITIONS, END, TASK, parse, title_and_text
from autograder.model import SourceFile
from autograder.submission import definition


def read_solutions(course: Path, assignment: str) -> tuple[str, dict[str, str]]:
    """Read the title of an assignment and its solutions: section name -> text, in teaching order."""
    title, sections = _title_and_sections(course, assignment)
    texts = {}
    for section in sections:
        path = course / "solutions" / assignment / f"{section}.py"
        texts[section] = read_source(path)
        refuse_misplaced_marks(texts[section], path.relative_to(course).as_posix())
    return title, texts


def model_solution(course: Path, assignment: str, section: str, name: str) -> str | None:
    """Read the definition of an exercise in the course's solutions, without marks; None if the course has no such file.

    It is empty if the file does not define the name at its left margin.
    """
    path = course / "solutions" / assignment / f"{section}.py"
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
    return definition(SourceFile(path.name, (without_marks(text),)), name)


def read_source(path: Path) -> str:
    """Read a UTF-8 file, or raise `UserError`."""
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors on Windows start a file with a byte order mark
    except UnicodeDecodeError:
        raise UserError(f"{path.as_posix()}:1: the file is not UTF-8 text") from None


def require_marks(course: Path, assignment: str, section: str, stub: str) -> None:
    """Raise `UserError` if a stub still holds the solution of an exercise, because the solution lacks marks."""
    path = course / "reference" / assignment / f"{section}.py"
    if not path.is_file():
        return
    exercises = _exercises_of_reference(parse(read_source(path), path.relative_to(course).as_posix()))
    for node in ast.parse(stub).body:
        if not isinstance(node, DEFINITIONS) or node.name not in exercises:
            continue
        if TASK not in (ast.get_source_segment(stub, node) or ""):
            name = f"solutions/{assignment}/{section}.py"
            raise UserError(f"{name}: {node.name} has no {BEGIN} and {END}, so students would get the solution")


def _exercises_of_reference(tree: ast.Module) -> set[str]:
    return {
        node.name
        for node in tree.body
        if isinstance(node, DEFINITIONS)
        and any(ast.unparse(word).partition("(")[0].endswith("reference") for word in node.decorator_list)
    }


def _title_and_sections(course: Path, assignment: str) -> tuple[str, list[str]]:
    """Read title and section names from the reference, if there is one; sections that it does not list come last."""
    folder = course / "solutions" / assignment
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    path = course / "reference" / assignment / "__init__.py"
    if not path.is_file():
        return assignment, names
    name = path.relative_to(course).as_posix()
    tree = parse(read_source(path), name)
    sections = _listed_sections(tree, name)
    for section in sections:
        if section not in names:
            raise UserError(f"{name}:1: its section {section} has no file solutions/{assignment}/{section}.py")
    title, _ = title_and_text(tree, assignment)
    return title, sections + [section for section in names if section not in sections]


def _listed_sections(tree: ast.Module, name: str) -> list[str]:
    """Evaluate the literal `sections = (...)` of a reference, without running the file."""
    for node in tree.body:
        if isinstance(node, ast.Assign) and [ast.unparse(target) for target in node.targets] == ["sections"]:
            try:
                value = ast.literal_eval(node.value)
            except (ValueError, TypeError):
                value = None
            if not isinstance(value, (tuple, list)) or not all(isinstance(item, str) for item in value):
                raise UserError(f"{name}:{node.lineno}: sections is not a literal tuple of names")
            return list(value)
    return []
