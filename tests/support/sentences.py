"""Splits the docstrings of an assignment's stubs into sentences, and reads the tables that map them to checks."""

from __future__ import annotations

import ast
import re

from tests.support.course import COURSE, ROOT

EXPLAINS = "(explains)"  # the sentence promises nothing that work could contradict
FORBIDS = "(forbidden calls)"  # the calls that the reference forbids; work with one earns nothing
FOLDER = ROOT / "tests/sentences"
END_OF_SENTENCE = re.compile(r"(?<=[.?])\s+")
PARAGRAPH_OR_ITEM = re.compile(r"\n\n|\n(?=- )")

Definition = ast.FunctionDef | ast.ClassDef


def promises(assignment: str) -> dict[str, list[str]]:
    """Exercise -> its signatures, followed by the sentences of its docstring. A quiz has neither."""
    found = {}
    for path in sorted(COURSE.exercises(assignment).glob("*.py")):
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, Definition):
                found[node.name] = [*signatures(node), *sentences(ast.get_docstring(node) or "")]
    return found


def signatures(node: Definition) -> list[str]:
    """`(x: Tensor, size: int=2) -> int` of a function; `forward(x: Tensor)` for each method of a class."""
    if isinstance(node, ast.FunctionDef):
        return [_signature(node)]
    methods = [one for one in node.body if isinstance(one, ast.FunctionDef)]
    return [f"{one.name}{_signature(one)}" for one in methods]


def _signature(node: ast.FunctionDef) -> str:
    arguments = ast.unparse(node.args).removeprefix("self, ")
    return f"({arguments}) -> {ast.unparse(node.returns)}" if node.returns else f"({arguments})"


def sentences(docstring: str) -> list[str]:
    """The sentences of a docstring, each on one line, without the doctests."""
    found: list[str] = []
    for paragraph in PARAGRAPH_OR_ITEM.split(docstring):
        text = " ".join(paragraph.split(">>>")[0].split())
        found += END_OF_SENTENCE.split(text) if text else []
    return found


def read_table(assignment: str) -> dict[str, list[tuple[str, list[str]]]]:
    """Exercise -> its sentences in order, each with the names of its checks, or with EXPLAINS or FORBIDS."""
    table: dict[str, list[tuple[str, list[str]]]] = {}
    rows: list[tuple[str, list[str]]] = []
    for line in (FOLDER / f"{assignment}.txt").read_text(encoding="utf-8").splitlines():
        depth, text = (len(line) - len(line.lstrip())) // 4, line.strip()
        if not text or text.startswith("#"):
            continue
        if depth == 0:
            rows = table[text] = []
        elif depth == 1:
            rows.append((text, []))
        else:
            rows[-1][1].append(text)
    return table
