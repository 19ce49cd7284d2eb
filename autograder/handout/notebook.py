"""Solutions or stubs -> the cells of a notebook: a text for each section, a cell for each definition, checks below."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from autograder.errors import UserError

BEGIN = "### BEGIN SOLUTION"
END = "### END SOLUTION"
TASK = "# YOUR CODE HERE"
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ADVICE = f"""\
Replace each `{TASK}` and the `raise NotImplementedError()` below it with code of your own.

The cell below each exercise checks it as it stands in this notebook: run it as often as you like. It tells what is
right, what exactly is wrong, and why. A cell of your own with `hint("…")` and the name of the exercise gives a hint,
and once more the next one."""
IMPORT = "# If this fails, torchgrade is missing where this notebook runs.\nfrom autograder.cell import check, hint"


@dataclass(frozen=True)
class Cell:
    """One cell of a notebook; `name` is unique in it and stays the same when other cells come and go.

    A `task` is the definition of an exercise that students write, and a `check` the line that grades it.
    """

    role: Literal["text", "code", "task", "check"]
    name: str
    text: str
    exercise: str = ""


def cells_of(assignment: str, title: str, texts: Mapping[str, str]) -> list[Cell]:
    """The cells of all sections, section name -> stub or solution, in their order."""
    cells = [
        Cell("text", f"0-{assignment}", f"# {title}\n\n{ADVICE}"),
        Cell("code", f"0-{assignment}-checks", IMPORT),
    ]
    for section, text in texts.items():
        cells += _section_cells(section, text, texts.keys(), f"exercises/{assignment}/{section}.py")
    return cells


def title_and_text(tree: ast.Module, default: str) -> tuple[str, str]:
    """The first line of a module's docstring, and what comes after it."""
    title, _, text = (ast.get_docstring(tree) or default).partition("\n")
    return title.rstrip("."), text.strip()


def parse(text: str, name: str) -> ast.Module:
    """The tree of a file, or `UserError`. A mark that ends a region belongs to the definition around it."""
    marked = re.sub(rf"^([ \t]+){re.escape(END)}[ \t]*$", rf'\1"{END}"', text, flags=re.MULTILINE)
    try:
        return ast.parse(marked)
    except SyntaxError as error:
        raise UserError(f"{name}:{error.lineno}: {error.msg}") from None


def _section_cells(section: str, source: str, siblings: Collection[str], name: str) -> list[Cell]:
    """A text cell, one cell for each function or class, and one for the statements between two of these."""
    tree = parse(source, name)
    _check_imports(tree, siblings, name)
    title, text = title_and_text(tree, section)
    cells = [Cell("text", section, f"## {title}\n\n{text}".rstrip())]
    checks = 0
    statements = ""
    for node, piece in _pieces(tree, source):
        if isinstance(node, DEFINITIONS):
            cells += _code(f"{section}-{len(cells) - checks}", statements)
            statements = ""
            is_task = TASK in piece or BEGIN in piece
            cells.append(Cell("task" if is_task else "code", f"{section}-{node.name}", piece.strip("\n"), node.name))
            if is_task:
                cells.append(Cell("check", f"{section}-{node.name}-check", f'check("{node.name}")', node.name))
                checks += 1
        elif not _leans_on(node, siblings):
            statements += piece
    cells += _code(f"{section}-{len(cells) - checks}", statements)
    return cells


def _pieces(tree: ast.Module, text: str) -> Iterator[tuple[ast.stmt, str]]:
    """Each top-level statement but the docstring, with the comments above it, and below it if it is the last."""
    lines = text.split("\n")
    body = tree.body
    done = 0
    if ast.get_docstring(tree) is not None:
        done, body = body[0].end_lineno or 0, body[1:]
    for node in body:
        end = len(lines) if node is body[-1] else node.end_lineno or done
        yield node, "".join(f"{line}\n" for line in lines[done:end])
        done = end


def _code(name: str, text: str) -> list[Cell]:
    return [Cell("code", name, text.strip("\n"))] if text.strip() else []


def _check_imports(tree: ast.Module, siblings: Collection[str], name: str) -> None:
    """In the notebook the names of other sections are there already, so their imports must be mere names."""
    for node in ast.walk(tree):
        if not _leans_on(node, siblings):
            continue
        plain = isinstance(node, ast.ImportFrom) and not any(alias.asname for alias in node.names)
        if not plain or node not in tree.body:
            line = getattr(node, "lineno", 1)
            raise UserError(f"{name}:{line}: import from another section as `from section import name`, at the top")


def _leans_on(node: ast.AST, siblings: Collection[str]) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in siblings
    return isinstance(node, ast.Import) and any(alias.name.split(".")[0] in siblings for alias in node.names)
