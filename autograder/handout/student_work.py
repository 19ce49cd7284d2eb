"""Finds work in files that new stubs would overwrite."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from pathlib import Path

from autograder.handout.notebook_cells import DEFINITIONS, TASK
from autograder.handout.solutions import read_source
from autograder.submission import definition_blocks

OPEN_TASK = re.compile(rf"{TASK}\s*raise NotImplementedError\b")


def find_student_work(stubs: Mapping[Path, str], paths: list[Path]) -> dict[Path, list[str]]:
    """Find the files among `paths` with work that their new stubs would overwrite, and the names of that work.

    Work is a top-level definition with fewer open tasks than its new stub, or a definition or statement that
    the stub does not have. A notebook that cannot be read counts as work.
    """
    work = {}
    for path in paths:
        old = _code_of(path, read_source(path)) if path.is_file() else ""
        if old is None:
            work[path] = ["not a readable notebook"]
            continue
        new = _code_of(path, stubs[path]) or ""
        open_tasks = count_open_tasks(new)
        names = [name for name, count in count_open_tasks(old).items() if count < open_tasks.get(name, 0)]
        names += [name for name in _additions(old, new) if name not in names]
        if names:
            work[path] = names
    return work


def count_open_tasks(code: str) -> dict[str, int]:
    """Count the open tasks of each top-level definition, line by line, so that the code need not parse.

    A task is open while its `raise NotImplementedError()` stands. A name with two definitions gets the smaller number.
    """
    lines = code.split("\n")
    counts: dict[str, int] = {}
    for name, span in definition_blocks(lines):
        count = len(OPEN_TASK.findall("\n".join(lines[span.start : span.stop])))
        counts[name] = min(count, counts.get(name, count))
    return counts


def _code_of(path: Path, text: str) -> str | None:
    """Give the code of a file or of a notebook's code cells; None for a notebook that cannot be read."""
    if path.suffix != ".ipynb" or not text.strip():
        return text
    try:
        cells = [cell for cell in json.loads(text)["cells"] if cell["cell_type"] == "code"]
        return "\n".join("".join(cell["source"]) for cell in cells)
    except (ValueError, TypeError, KeyError):
        return None


def _additions(old: str, new: str) -> list[str]:
    """List the top-level definitions and statements that only the old code has.

    Open tasks, imports, texts, and calls of `check`, `hint` and `submit` do not count, because stubs of an earlier
    version may hold them. Code that does not parse has no additions.
    """
    try:
        old_nodes, new_nodes = ast.parse(old).body, ast.parse(new).body
    except (SyntaxError, ValueError):
        return []
    known = {_name_of(node) for node in new_nodes}
    additions = []
    for node in old_nodes:
        name = _name_of(node)
        is_open = TASK in (ast.get_source_segment(old, node) or "")
        if name not in known and not is_open and not _may_come_from_stub(node, name):
            additions.append(name.partition("\n")[0])
    return additions


def _name_of(node: ast.stmt) -> str:
    return node.name if isinstance(node, DEFINITIONS) else ast.unparse(node)


def _may_come_from_stub(node: ast.stmt, text: str) -> bool:
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return isinstance(node, (ast.Import, ast.ImportFrom)) or is_text or text.startswith(("check(", "hint(", "submit("))
