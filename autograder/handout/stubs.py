"""Makes stubs and the notebook from the solutions."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from autograder.errors import UserError
from autograder.handout.notebook import BEGIN, DEFINITIONS, END, TASK, Cell, cells_of, parse, title_and_text

__all__ = ["generate", "notebook", "solutions", "stale", "stale_files", "stub_text", "worked_on", "write_stubs"]

ALMOST_A_MARK = re.compile(r"#\s*(BEGIN|END)\s+SOLUTION", re.IGNORECASE)
OPEN = re.compile(rf"{TASK}\s*raise NotImplementedError\b")
DEFINITION = re.compile(r"^(?:async[ \t]+def|def|class)[ \t]+(\w+)", re.MULTILINE)
METADATA: Mapping[str, Any] = {
    "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
    "language_info": {"name": "python"},
}


def stub_text(solution: str, name: str) -> str:
    """The solution with each marked region replaced by a task, or removed where it is not indented.

    `name` is the file that UserError names when a mark has no partner, is nested or shares its line.
    """
    kept: list[str] = []
    opened = 0
    for number, line in enumerate(solution.split("\n"), 1):
        mark = line.strip()
        if ALMOST_A_MARK.search(line) and mark not in (BEGIN, END):
            raise UserError(f"{name}:{number}: a mark is {BEGIN} or {END}, alone on its line")
        if mark == BEGIN and opened:
            raise UserError(f"{name}:{number}: {BEGIN} again, before the region of line {opened} has ended")
        if mark == END and not opened:
            raise UserError(f"{name}:{number}: {END} without {BEGIN} above it")
        if mark == BEGIN:
            opened = number
            indent = line[: line.index("#")]
            kept += [f"{indent}{TASK}", f"{indent}raise NotImplementedError()"] if indent else []
        elif mark == END:
            opened = 0
        elif not opened:
            kept.append(line)
    if opened:
        raise UserError(f"{name}:{opened}: {BEGIN} without {END} below it")
    return "\n".join(kept)


def notebook(assignment: str, title: str, stubs: Mapping[str, str]) -> str:
    """A notebook (nbformat 4.5) of the stubs, section name -> text, in their order."""
    cells = [_cell(cell) for cell in cells_of(assignment, title, stubs)]
    document = {"cells": cells, "metadata": METADATA, "nbformat": 4, "nbformat_minor": 5}
    return json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def generate(course: Path, assignment: str) -> dict[Path, str]:
    """The files below `exercises/` that the solutions of an assignment make, path -> text."""
    title, texts = solutions(course, assignment)
    stubs = {section: stub_text(text, f"solutions/{assignment}/{section}.py") for section, text in texts.items()}
    for section, stub in stubs.items():
        _must_be_open(course, assignment, section, stub)
    folder = course / "exercises" / assignment
    made = {folder / f"{section}.py": stub for section, stub in stubs.items()}
    return made | {folder / f"{assignment}.ipynb": notebook(assignment, title, stubs)}


def solutions(course: Path, assignment: str) -> tuple[str, dict[str, str]]:
    """The title of an assignment, and its solutions as they are written, section name -> text."""
    title, sections = _contents(course, assignment)
    texts = {}
    for section in sections:
        path = course / "solutions" / assignment / f"{section}.py"
        texts[section] = _read(path)
        parse(texts[section], path.relative_to(course).as_posix())
    return title, texts


def stale(course: Path, assignment: str) -> list[Path]:
    """The generated files that are missing or not what the solutions make now."""
    made = generate(course, assignment)
    return [path for path, text in made.items() if not path.is_file() or _read(path) != text]


def worked_on(made: Mapping[Path, str], paths: list[Path]) -> dict[Path, list[str]]:
    """The files among `paths` that hold work which their new text would overwrite, with the definitions it is in.

    That is a top-level function or class with fewer open tasks than its new stub, and a definition or statement of
    somebody's own. A notebook that is no JSON counts.
    """
    found = {}
    for path in paths:
        old = _code_of(path, _read(path)) if path.is_file() else ""
        if old is None:
            found[path] = ["not a notebook that can be read"]
            continue
        new = _code_of(path, made[path]) or ""
        due = _open_tasks(new)
        names = [name for name, count in _open_tasks(old).items() if count < due.get(name, 0)]
        names += [name for name in _own_statements(old, new) if name not in names]
        if names:
            found[path] = names
    return found


def stale_files(course: Path, assignment: str | None = None) -> dict[str, list[Path]]:
    """For each assignment, or for the one that is named, the files that do not match its solutions."""
    return {name: stale(course, name) for name in _assignments(course, assignment)}


def write_stubs(course: Path, outdated: Mapping[str, list[Path]], force: bool = False) -> None:
    """Write these files anew; `UserError` before anything is written, if somebody's work would be lost."""
    made = {name: generate(course, name) for name, paths in outdated.items() if paths}
    lost: dict[Path, list[str]] = {}
    for name, texts in made.items():
        lost |= worked_on(texts, outdated[name])
    if lost and not force:
        files = "".join(f"\n  {path.as_posix()}: {', '.join(names)}" for path, names in lost.items())
        raise UserError(f"nothing is written, since work would be overwritten; use --force to overwrite it:{files}")
    for name, texts in made.items():
        try:
            _write(texts, outdated[name])
        except OSError as error:
            raise UserError(f"{error.filename} cannot be written: {error.strerror}") from None


def _assignments(course: Path, assignment: str | None) -> list[str]:
    solutions = course / "solutions"
    if not solutions.is_dir():
        raise UserError(f"there is no folder solutions in {course.resolve()}; run this in the course folder")
    names = sorted(path.name for path in solutions.iterdir() if path.is_dir() and any(path.glob("*.py")))
    if assignment is not None and assignment not in names:
        raise UserError(f"solutions/{assignment} holds no .py file; there is {', '.join(names) or 'nothing'}")
    return names if assignment is None else [assignment]


def _write(made: Mapping[Path, str], paths: list[Path]) -> None:
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside = path.with_name(f".{path.name}.new")
        beside.write_text(made[path], encoding="utf-8", newline="\n")
        beside.replace(path)


def _code_of(path: Path, text: str) -> str | None:
    """The code of a file or of a notebook's code cells; None for a notebook that cannot be read."""
    if path.suffix != ".ipynb" or not text.strip():
        return text
    try:
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
        return "\n".join("".join(cell["source"]) for cell in cells)
    except (ValueError, TypeError, KeyError):
        return None


def _own_statements(old: str, new: str) -> list[str]:
    """What stands at the left margin of the old code and not in the new: names of definitions, lines of statements.

    Open tasks, imports and texts are made by solutions, also by earlier ones. Nothing of code that cannot be read.
    """
    try:
        before, after = ast.parse(old).body, ast.parse(new).body
    except (SyntaxError, ValueError):
        return []
    known = {node.name if isinstance(node, DEFINITIONS) else ast.unparse(node) for node in after}
    found = []
    for node in before:
        name = node.name if isinstance(node, DEFINITIONS) else ast.unparse(node)
        text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        made = isinstance(node, (ast.Import, ast.ImportFrom)) or text or name.startswith(("check(", "hint("))
        if name not in known and not made and TASK not in (ast.get_source_segment(old, node) or ""):
            found.append(name.partition("\n")[0])
    return found


def _open_tasks(code: str) -> dict[str, int]:
    """How many tasks each top-level definition still holds; found line by line, for half-written code as well.

    A task whose `raise NotImplementedError()` is gone is no longer open; a name defined twice has the smaller number.
    """
    starts = list(DEFINITION.finditer(code))
    ends = [*(start.start() for start in starts), len(code)][1:]
    counts: dict[str, int] = {}
    for start, end in zip(starts, ends, strict=True):
        count = len(OPEN.findall(code, start.start(), end))
        counts[start[1]] = min(count, counts.get(start[1], count))
    return counts


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")  # some editors on Windows begin files with a mark
    except UnicodeDecodeError:
        raise UserError(f"{path.as_posix()}:1: the file is not UTF-8 text") from None


def _contents(course: Path, assignment: str) -> tuple[str, list[str]]:
    """Title and section names, from the reference if there is one; sections it does not list come last."""
    folder = course / "solutions" / assignment
    names = sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))
    path = course / "reference" / assignment / "__init__.py"
    if not path.is_file():
        return assignment, names
    name = path.relative_to(course).as_posix()
    tree = parse(_read(path), name)
    listed = _listed(tree, name)
    for missing in (section for section in listed if section not in names):
        raise UserError(f"{name}:1: its section {missing} has no file solutions/{assignment}/{missing}.py")
    title, _ = title_and_text(tree, assignment)
    return title, listed + [section for section in names if section not in listed]


def _must_be_open(course: Path, assignment: str, section: str, stub: str) -> None:
    """Refuse a stub in which an exercise of the reference stands as it was solved, for want of marks around it."""
    path = course / "reference" / assignment / f"{section}.py"
    if not path.is_file():
        return
    tree = parse(_read(path), path.relative_to(course).as_posix())
    exercises = {
        node.name
        for node in tree.body
        if isinstance(node, DEFINITIONS)
        and any(ast.unparse(word).partition("(")[0].endswith("reference") for word in node.decorator_list)
    }
    for node in ast.parse(stub).body:
        if (
            isinstance(node, DEFINITIONS)
            and node.name in exercises
            and TASK not in (ast.get_source_segment(stub, node) or "")
        ):
            name = f"solutions/{assignment}/{section}.py"
            raise UserError(f"{name}: {node.name} has no {BEGIN} and {END}, so that students would get the solution")


def _listed(tree: ast.Module, name: str) -> list[str]:
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


def _cell(cell: Cell) -> dict[str, Any]:
    kind = "markdown" if cell.role == "text" else "code"
    code: dict[str, Any] = {"execution_count": None, "outputs": []} if kind == "code" else {}
    source = cell.text.splitlines(keepends=True)
    return {"cell_type": kind, "id": cell.name, "metadata": {}, "source": source, **code}
