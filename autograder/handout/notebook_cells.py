"""Turns solutions or stubs into notebook cells: a text for each section, a cell for each definition, checks below."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from autograder.errors import UserError

BEGIN = "### BEGIN SOLUTION"  # these marks are nbgrader's
END = "### END SOLUTION"
TASK = "# YOUR CODE HERE"
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
ADVICE = f"""\
Replace each `{TASK}` and the `raise NotImplementedError()` below it with code of your own.

The cell below each exercise checks your code in this notebook. Run it as often as you like: it shows what is right,
what is wrong, and why. For a hint, run `hint("…")` with the name of the exercise in a cell of your own. For the next
hint, run it again."""
IMPORT = (
    "# If this line fails, install torchgrade for the Python of this notebook.\nfrom autograder.cell import check, hint"
)


@dataclass(frozen=True)
class NotebookCell:
    """One cell; `name` is unique in its notebook and does not depend on the other cells.

    A cell with the role `task` holds the definition or variable that students write, and one with the role `check`
    grades it.
    """

    role: Literal["text", "code", "task", "check"]
    name: str
    text: str
    exercise: str = ""


def make_notebook_cells(assignment: str, title: str, texts: Mapping[str, str]) -> list[NotebookCell]:
    """Make the cells of all sections; `texts` maps each section to its stub or solution, in teaching order."""
    cells = [
        NotebookCell("text", f"0-{assignment}", f"# {title}\n\n{ADVICE}"),
        NotebookCell("code", f"0-{assignment}-checks", IMPORT),
    ]
    for section, text in texts.items():
        cells += _section_cells(section, text, texts.keys(), f"exercises/{assignment}/{section}.py")
    return cells


def title_and_text(tree: ast.Module, default: str) -> tuple[str, str]:
    """Split a module's docstring into its first line, without the full stop, and the rest."""
    title, _, text = (ast.get_docstring(tree) or default).partition("\n")
    return title.rstrip("."), text.strip()


def parse(text: str, name: str) -> ast.Module:
    """Parse a file, or raise `UserError`; an END mark counts as a statement of the definition around it."""
    marked = re.sub(rf"^([ \t]+){re.escape(END)}[ \t]*$", rf'\1"{END}"', text, flags=re.MULTILINE)
    try:
        return ast.parse(marked)
    except SyntaxError as error:
        raise UserError(f"{name}:{error.lineno}: {error.msg}") from None


def _section_cells(section: str, source: str, siblings: Collection[str], path: str) -> list[NotebookCell]:
    """Make a text cell, a cell for each definition and for each variable to write, and one for other statements."""
    tree = parse(source, path)
    _check_imports(tree, siblings, path)
    title, text = title_and_text(tree, section)
    cells = [NotebookCell("text", section, f"## {title}\n\n{text}".rstrip())]
    checks = 0
    statements = ""
    for node, piece in _pieces(tree, source):
        is_task = TASK in piece or BEGIN in piece
        name = node.name if isinstance(node, DEFINITIONS) else assigned_name(node) if is_task else ""
        if name:
            cells += _code(f"{section}-{len(cells) - checks}", statements)
            statements = ""
            cells.append(NotebookCell("task" if is_task else "code", f"{section}-{name}", piece.strip("\n"), name))
            if is_task:
                cells.append(NotebookCell("check", f"{section}-{name}-check", f'check("{name}")', name))
                checks += 1
        elif not _imports_section(node, siblings):
            statements += piece
    cells += _code(f"{section}-{len(cells) - checks}", statements)
    return cells


def assigned_name(node: ast.stmt) -> str:
    """The variable of `name = ...`, or an empty string."""
    targets = node.targets if isinstance(node, ast.Assign) else []
    return targets[0].id if len(targets) == 1 and isinstance(targets[0], ast.Name) else ""


def _pieces(tree: ast.Module, text: str) -> Iterator[tuple[ast.stmt, str]]:
    """Yield each top-level statement except the docstring, with the comments above it; the last one ends the file.

    An END mark belongs to the statement above it.
    """
    lines = text.split("\n")
    body = tree.body
    done = 0
    if ast.get_docstring(tree) is not None:
        done, body = body[0].end_lineno or 0, body[1:]
    for node in body:
        end = len(lines) if node is body[-1] else node.end_lineno or done
        end += lines[end : end + 1] == [END]
        yield node, "".join(f"{line}\n" for line in lines[done:end])
        done = end


def _code(name: str, text: str) -> list[NotebookCell]:
    return [NotebookCell("code", name, text.strip("\n"))] if text.strip() else []


def _check_imports(tree: ast.Module, siblings: Collection[str], name: str) -> None:
    """Refuse imports from other sections that the notebook cannot drop: it defines the names of all sections itself."""
    for node in ast.walk(tree):
        if not _imports_section(node, siblings):
            continue
        plain = isinstance(node, ast.ImportFrom) and not any(alias.asname for alias in node.names)
        if not plain or node not in tree.body:
            line = getattr(node, "lineno", 1)
            raise UserError(f"{name}:{line}: import from another section as `from section import name`, at the top")


def _imports_section(node: ast.AST, siblings: Collection[str]) -> bool:
    if isinstance(node, ast.ImportFrom):
        return (node.module or "").split(".")[0] in siblings
    return isinstance(node, ast.Import) and any(alias.name.split(".")[0] in siblings for alias in node.names)
