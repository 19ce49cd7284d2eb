"""Makes the stubs and the notebook of an assignment from its solutions."""

from __future__ import annotations

import ast
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.handout.marks import read_regions
from autograder.handout.notebook_cells import TASK, NotebookCell, make_notebook_cells
from autograder.handout.solutions import read_solutions, read_source, require_marks
from autograder.handout.student_work import find_student_work

METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stub_text(solution: str, name: str) -> str:
    """Replace each region between marks by a task.

    A region whose mark is not indented is removed. If it gives a value to one variable, `name = ...` stays.

    `name` is the file named in the UserError about a mark without partner, inside another region, or beside code.
    """
    lines = solution.split("\n")
    kept: list[str] = []
    done = 0
    for region in read_regions(solution, name):
        kept += lines[done : region.begin - 1]
        kept += [f"{region.indent}{line}" for line in _task(region.indent, lines[region.begin : region.end - 1])]
        done = region.end
    return "\n".join(kept + lines[done:])


def _task(indent: str, region: list[str]) -> list[str]:
    if indent:
        return [TASK, "raise NotImplementedError()"]
    body = ast.parse("\n".join(region)).body
    target = body[0].targets[0] if len(body) == 1 and isinstance(body[0], ast.Assign) else None
    return [TASK, f"{target.id} = ..."] if isinstance(target, ast.Name) and target.id[0] != "_" else []


def notebook_json(assignment: str, title: str, stubs: Mapping[str, str]) -> str:
    """Make a notebook (nbformat 4.5) of the stubs: section name -> text, in teaching order."""
    cells = [_cell(cell) for cell in make_notebook_cells(assignment, title, stubs)]
    document = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def make_stubs(course: Path, assignment: str) -> dict[Path, str]:
    """Make the files below `exercises/` from the solutions of an assignment: path -> text."""
    title, texts = read_solutions(course, assignment)
    stubs = {section: stub_text(text, f"solutions/{assignment}/{section}.py") for section, text in texts.items()}
    for section, stub in stubs.items():
        require_marks(course, assignment, section, stub)
    folder = course / "exercises" / assignment
    files = {folder / f"{section}.py": stub for section, stub in stubs.items()}
    return files | {folder / f"{assignment}.ipynb": notebook_json(assignment, title, stubs)}


def outdated_stubs(course: Path, assignment: str) -> list[Path]:
    """List the files that are missing or do not match the solutions."""
    stubs = make_stubs(course, assignment)
    return [path for path, text in stubs.items() if not path.is_file() or read_source(path) != text]


def outdated_stubs_by_assignment(course: Path, assignment: str | None = None) -> dict[str, list[Path]]:
    """List the outdated files of one assignment, or of each assignment of the course."""
    return {name: outdated_stubs(course, name) for name in _assignments(course, assignment)}


def write_stubs(course: Path, outdated: Mapping[str, list[Path]], force: bool = False) -> None:
    """Write the outdated files; if that would overwrite work, raise `UserError` and write nothing."""
    stubs = {name: make_stubs(course, name) for name, paths in outdated.items() if paths}
    work: dict[Path, list[str]] = {}
    for name, texts in stubs.items():
        work |= find_student_work(texts, outdated[name])
    if work and not force:
        files = "".join(f"\n  {path.as_posix()}: {', '.join(names)}" for path, names in work.items())
        raise UserError(f"nothing was written, because these files hold work; use --force to overwrite them:{files}")
    for name, texts in stubs.items():
        try:
            _write(texts, outdated[name])
        except OSError as error:
            raise UserError(f"{error.filename} cannot be written: {error.strerror}") from None


def _assignments(course: Path, assignment: str | None) -> list[str]:
    solutions = course / "solutions"
    if not solutions.is_dir():
        raise UserError(f"there is no folder solutions in {course.resolve()}; run this in the course folder")
    solved = {path.name for path in solutions.iterdir() if path.is_dir() and any(path.glob("*.py"))}
    names = sorted(solved | {path.parent.name for path in (course / "reference").glob("*/__init__.py")})
    if assignment is not None and assignment not in names:
        raise UserError(f"solutions/{assignment} holds no .py file; there is {', '.join(names) or 'nothing'}")
    return names if assignment is None else [assignment]


def _write(stubs: Mapping[Path, str], paths: list[Path]) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(stubs[path], encoding="utf-8", newline="\n")
        beside.replace(path)


def _cell(cell: NotebookCell) -> dict[str, Any]:
    kind = "markdown" if cell.role == "text" else "code"
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    source = cell.text.splitlines(keepends=True)
    return {"cell_type": kind, "id": cell.name, "metadata": {}, "source": source, **code}
