"""Finds the marks around the solutions in a file, and refuses marks that would make a wrong stub."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.errors import UserError
from autograder.handout.notebook_cells import BEGIN, DEFINITIONS, END, parse

ALMOST_A_MARK = re.compile(r"#\s*(BEGIN|END)\s+SOLUTION", re.IGNORECASE)
MARK = re.compile(rf"^([ \t]*)({re.escape(BEGIN)}|{re.escape(END)})[ \t]*$", re.MULTILINE)


@dataclass(frozen=True)
class Region:
    """The line numbers of two marks, and the white space before the first."""

    begin: int
    end: int
    indent: str


@dataclass(frozen=True)
class Block:
    """A list of statements, and the innermost function or class around it.

    `below` is the statement that follows a `with` block: nothing in the block can skip it but an error.
    """

    definition: ast.AST | None
    statements: Sequence[ast.stmt]
    below: ast.stmt | None


def read_regions(solution: str, name: str) -> list[Region]:
    """Find the regions between marks; `name` is the file named in the `UserError` about marks that are no pair."""
    regions: list[Region] = []
    opened, indent = 0, ""  # line number of the BEGIN mark of the current region
    for number, line in enumerate(solution.split("\n"), 1):
        mark = line.strip()
        if ALMOST_A_MARK.search(line) and mark not in (BEGIN, END):
            raise UserError(f"{name}:{number}: a mark is {BEGIN} or {END}, alone on its line")
        if mark == BEGIN and opened:
            raise UserError(f"{name}:{number}: {BEGIN} again, before the region of line {opened} has ended")
        if mark == END and not opened:
            raise UserError(f"{name}:{number}: {END} without {BEGIN} above it")
        if mark == BEGIN:
            opened, indent = number, line[: line.index("#")]
        elif mark == END:
            regions.append(Region(opened, number, indent))
            opened = 0
    if opened:
        raise UserError(f"{name}:{opened}: {BEGIN} without {END} below it")
    return regions


def without_marks(solution: str) -> str:
    """The solution without the lines of the marks."""
    return "".join(line for line in solution.splitlines(keepends=True) if line.strip() not in (BEGIN, END))


def refuse_misplaced_marks(solution: str, name: str) -> None:
    """Raise `UserError` for marks in a class body, with code below them, or around parts of statements.

    A stub raises NotImplementedError where the region was. In a class body, that would keep the class from being
    defined. Code below it would never run, and would show students a part of the solution.
    """
    regions = read_regions(solution, name)
    places = {
        statement.lineno: (block, index)
        for block in _blocks(_parse_marks_as_statements(solution, name))
        for index, statement in enumerate(block.statements)
        if _is_mark(statement)
    }
    for region in regions:
        first, last = places.get(region.begin), places.get(region.end)
        if first is None or last is None or first[0] is not last[0]:
            raise UserError(f"{name}:{region.begin}: {BEGIN} and {END} must stand around whole statements of one block")
        _refuse_in_class_or_above_code(*last, region, name)


def _refuse_in_class_or_above_code(block: Block, index: int, region: Region, name: str) -> None:
    if isinstance(block.definition, ast.ClassDef):
        raise UserError(
            f"{name}:{region.begin}: {BEGIN} stands in the class {block.definition.name}, outside of its methods; "
            "put marks into each method, around its body"
        )
    code = block.statements[index + 1] if index + 1 < len(block.statements) else block.below
    if block.definition is not None and code is not None:
        raise UserError(
            f"{name}:{code.lineno}: this code stands below {END} of line {region.end} and would never run in the stub; "
            f"move it above {END}"
        )


def _parse_marks_as_statements(solution: str, name: str) -> ast.Module:
    """Parse a file in which each mark is a statement: a text that holds the mark."""
    parse(solution, name)
    try:
        return ast.parse(MARK.sub(r'\1"\2"', solution))
    except SyntaxError as error:
        raise UserError(
            f"{name}:{error.lineno}: {BEGIN} and {END} must stand around whole statements of one block"
        ) from None


def _is_mark(statement: ast.stmt) -> bool:
    value = statement.value if isinstance(statement, ast.Expr) else None
    return isinstance(value, ast.Constant) and value.value in (BEGIN, END)


def _blocks(node: ast.AST, definition: ast.AST | None = None, below: ast.stmt | None = None) -> Iterator[Block]:
    """Yield all blocks inside a node; those of its own are followed by the statement `below`."""
    definition = node if isinstance(node, DEFINITIONS) else definition
    for _, field in ast.iter_fields(node):
        items = field if isinstance(field, list) else []
        statements = [item for item in items if isinstance(item, ast.stmt)]
        yield Block(definition, statements, below)
        for number, statement in enumerate(statements):
            following = statements[number + 1] if statement is not statements[-1] else below
            is_with = isinstance(statement, (ast.With, ast.AsyncWith))
            yield from _blocks(statement, definition, following if is_with else None)
        for item in items:
            if isinstance(item, (ast.ExceptHandler, ast.match_case)):
                yield from _blocks(item, definition)
