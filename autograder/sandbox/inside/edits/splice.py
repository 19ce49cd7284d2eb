"""Writes a changed tree as text that keeps the layout of the program around the place that changed."""

from __future__ import annotations

import ast
import textwrap

from .change import Change


def splice(source: str, tree: ast.AST, change: Change) -> str | None:
    """The program of `tree`, in which `change` is applied; `source` is the program before. None if it is not Python."""
    try:
        wanted = ast.dump(ast.parse(ast.unparse(tree)))
    except (SyntaxError, ValueError, TypeError):
        return None
    for text in _candidates(source, change):
        try:
            if ast.dump(ast.parse(text)) == wanted:
                return text
        except (SyntaxError, ValueError):
            continue
    return ast.unparse(tree)


def _candidates(source: str, change: Change) -> list[str]:
    """The text with the place replaced, in the ways that may fit; the parser decides."""
    node, last = change.spot.node, change.last
    if not isinstance(node, (ast.expr, ast.stmt)) or not isinstance(last, (ast.expr, ast.stmt)):
        return []
    lines = source.splitlines(keepends=True)
    start = _offset(lines, node.lineno, node.col_offset)
    end = _offset(lines, last.end_lineno or 0, last.end_col_offset or 0)
    before, after = source[:start], source[end:]
    if isinstance(node, ast.stmt):
        decorators = getattr(node, "decorator_list", [])
        if decorators:
            return []
        indent = " " * node.col_offset
        if not change.new:
            return [source[: start - node.col_offset] + after.removeprefix("\n"), f"{before}pass{after}"]
        written = "".join(textwrap.indent(_as_written(lines, one), indent) for one in change.new)
        made = "".join(textwrap.indent(f"{ast.unparse(one)}\n", indent) for one in change.new)
        return [before + new.removeprefix(indent).removesuffix("\n") + after for new in (written, made)]
    if not change.new:
        return []
    new = ast.unparse(change.new[0])
    return [f"{before}{one}{after}" for one in (new, f"({new})", new[1:-1])]  # an index is a tuple without parentheses


def _as_written(lines: list[str], node: ast.AST) -> str:
    """The lines in which a copied statement stood, without their indentation; wrong if the copy was changed."""
    if not isinstance(node, ast.stmt) or not hasattr(node, "lineno"):
        return ""
    return textwrap.dedent("".join(lines[node.lineno - 1 : node.end_lineno]))


def _offset(lines: list[str], line: int, column: int) -> int:
    """The index in the text of a position that `ast` gives, whose columns count bytes."""
    return sum(map(len, lines[: line - 1])) + len(lines[line - 1].encode()[:column].decode())
