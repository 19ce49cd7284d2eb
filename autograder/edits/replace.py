"""Replaces words in a program: finds their one place by syntax, and refuses what is not there or not clear."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.edits.words import (
    Parameter,
    as_expression,
    as_keyword,
    as_keywords,
    as_parameter,
    as_statements,
    parameters,
    same,
    same_parameter,
)
from autograder.errors import UserError

LONGEST_SHOWN = 60  # characters of words in a message


class EditError(UserError, ValueError):
    """The words of an edit cannot be replaced: they are not Python, not there, or there more than once."""


@dataclass(frozen=True)
class Place:
    """Where words stand: nodes that follow each other in a field of `parent`, or one parameter."""

    nodes: tuple[ast.AST, ...]
    parent: ast.AST
    field: str
    parameter: Parameter | None = None

    @property
    def line(self) -> int:
        return int(getattr(self.nodes[0], "lineno", 0))

    @property
    def covered(self) -> set[int]:
        """The identities of the nodes in it; those without a line are shared by a whole program."""
        return {id(one) for node in self.nodes for one in ast.walk(node) if hasattr(one, "lineno")}


def replace_in_source(source: str, changes: Mapping[str, str], *, everywhere: bool = False) -> str:
    """The program with each key of `changes` replaced by its value; layout and comments are lost.

    The package's docstring says how words are found. An empty value removes a statement, a keyword argument, a
    positional argument, an item of a list or tuple, or a decorator. A body that gets empty is `pass`.

    >>> replace_in_source("y = conv(x, padding=1)", {"padding = 1": ""})
    'y = conv(x)'

    Raises `EditError` if words are not Python, not there, or there more than once; the last is fine with `everywhere`.
    """
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError) as error:
        raise EditError(f"the program is not Python: {error}") from None
    replace_in_tree(tree, changes, everywhere=everywhere)
    return ast.unparse(tree)


def replace_in_tree(tree: ast.Module, changes: Mapping[str, str], *, everywhere: bool = False) -> None:
    """The same in a tree, which changes; new code gets the line of the code that it replaces."""
    chosen = {words: _places(tree, words, everywhere) for words in changes}
    taken: dict[int, str] = {}
    for words, places in chosen.items():
        for place in places:
            for node in place.covered:
                if taken.setdefault(node, words) != words:
                    raise EditError(f"{_quoted(taken[node])} and {_quoted(words)} overlap; replace them in one change")
    parents = {id(child): place for place in _nodes(tree) for child in place.nodes}
    for words, places in chosen.items():
        for place in places:
            _replace(place, words, changes[words], parents)
    try:
        ast.parse(ast.unparse(tree))
    except (SyntaxError, ValueError) as error:
        listed = " and ".join(map(_quoted, changes))
        raise EditError(f"the program is not Python any more with {listed} replaced: {error}") from None


def _places(tree: ast.Module, words: str, everywhere: bool) -> list[Place]:
    """The places of the words, at least one; without `everywhere` the only one."""
    expression, statements = as_expression(words), as_statements(words)
    keyword, parameter = as_keyword(words), as_parameter(words)
    if not (expression or statements or keyword or parameter):
        raise EditError(f"{_quoted(words)} is not a piece of Python that can be replaced")
    found: list[Place] = []
    for place in _nodes(tree):
        if expression is not None:
            found += [place] if isinstance(place.nodes[0], ast.expr) and same(expression, place.nodes[0]) else []
        elif statements and isinstance(place.nodes[0], ast.stmt):
            found += _sequences(place, statements)
        if keyword is not None and same(keyword, place.nodes[0]):
            found.append(place)
        if parameter is not None and isinstance(place.nodes[0], ast.arguments):
            for one in parameters(place.nodes[0]):
                if same_parameter(parameter, one) and one.value is not None:
                    found.append(Place((one.name, one.value), place.nodes[0], "", one))
    if not found:
        raise EditError(f"{_quoted(words)} is not there")
    if len(found) > 1 and not everywhere:
        lines = [str(line) for line in sorted(place.line for place in found)]
        listed = f"{', '.join(lines[:-1])} and {lines[-1]}"
        raise EditError(
            f"{_quoted(words)} is there {len(found)} times, in lines {listed}; add more of the code around it"
        )
    return _apart(found)


def _nodes(tree: ast.AST) -> Iterator[Place]:
    """Each node below `tree` as a place of its own, in the order of the program; shared nodes are left out."""
    for field, value in ast.iter_fields(tree):
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST) and not isinstance(child, (ast.expr_context, ast.operator)):
                yield Place((child,), tree, field)
                yield from _nodes(child)


def _sequences(place: Place, statements: list[ast.stmt]) -> list[Place]:
    """The statements that start at this place, if they are there."""
    body = getattr(place.parent, place.field)
    start = _index(body, place.nodes[0])
    part = body[start : start + len(statements)]
    return [Place(tuple(part), place.parent, place.field)] if same(statements, part) else []


def _apart(found: list[Place]) -> list[Place]:
    """The places without those that overlap an earlier one."""
    taken: set[int] = set()
    kept = []
    for place in found:
        if not taken & place.covered:
            kept.append(place)
            taken |= place.covered
    return kept


def _replace(place: Place, words: str, value: str, parents: Mapping[int, Place]) -> None:
    """Replace the code in one place by `value`, read as what it replaces."""
    first = place.nodes[0]
    if place.parameter is not None:
        parameter = as_parameter(value)
        if parameter is None:
            raise EditError(
                f"{_quoted(words)} is a parameter with a default, and its replacement {_quoted(value)} is not"
            )
        _locate([parameter.name, parameter.value], first)
        place.parameter.become(parameter)
    elif isinstance(first, ast.keyword):
        keywords = as_keywords(value) if value.strip() else []
        if keywords is None:
            raise _other_kind(words, "a keyword argument", value)
        _put(place, keywords)
    elif isinstance(first, ast.expr):
        expression = as_expression(value)
        if expression is None and isinstance(place.parent, ast.Expr):
            _replace(parents[id(place.parent)], words, value, parents)
        elif expression is None and not value.strip() and place.field in ("args", "elts", "decorator_list"):
            _put(place, [])
        else:
            _put(place, _read(expression, words, value, "an expression"))
    else:
        statements = as_statements(value)
        if statements is None:
            raise EditError(f"{_quoted(value)}, the replacement for {_quoted(words)}, is not Python")
        if not statements and place.field == "body" and len(getattr(place.parent, place.field)) == len(place.nodes):
            statements = [] if isinstance(place.parent, ast.Module) else [ast.Pass()]
        _put(place, statements)


def _read(node: ast.AST | None, words: str, value: str, kind: str) -> list[ast.AST]:
    if node is None:
        raise _other_kind(words, kind, value)
    return [node]


def _other_kind(words: str, kind: str, value: str) -> EditError:
    return EditError(f"{_quoted(words)} is {kind}, and its replacement {_quoted(value)} is not")


def _put(place: Place, new: Sequence[ast.AST]) -> None:
    """Put nodes where the old ones are now."""
    old = place.nodes[0]
    _locate(new, old)
    for node in new:
        if isinstance(old, ast.expr):
            _assign_like(node, getattr(old, "ctx", None))
    holder = getattr(place.parent, place.field)
    if isinstance(holder, list):
        start = _index(holder, old)
        holder[start : start + len(place.nodes)] = new
    else:
        setattr(place.parent, place.field, new[0])


def _index(nodes: list[ast.AST], wanted: ast.AST) -> int:
    return next(index for index, node in enumerate(nodes) if node is wanted)


def _locate(new: Sequence[ast.AST | None], old: ast.AST) -> None:
    for node in new:
        for one in ast.walk(node) if node is not None else ():
            if "lineno" in one._attributes:
                ast.copy_location(one, old)


def _assign_like(node: ast.AST, context: ast.expr_context | None) -> None:
    """Give an expression the context of the one that it replaces: read, assigned to, or deleted."""
    if context is not None and hasattr(node, "ctx"):
        node.ctx = copy.copy(context)
        for part in getattr(node, "elts", [node.value] if isinstance(node, ast.Starred) else []):
            _assign_like(part, context)


def _quoted(words: str) -> str:
    """The words in one line, cut short."""
    line = " ".join(words.split())
    if not line:
        return "an empty text"
    return f"`{line}`" if len(line) <= LONGEST_SHOWN else f"`{line[: LONGEST_SHOWN - 1]}…`"
