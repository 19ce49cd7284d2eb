"""What a rule of the catalogue works with: a spot in a program, the names around it, and a change of the spot."""

from __future__ import annotations

import ast
import contextlib
import copy
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

Definition = ast.FunctionDef | ast.AsyncFunctionDef
N = TypeVar("N", bound=ast.AST)
LONGEST = 50  # characters of code in a sentence


@dataclass(frozen=True)
class Spot:
    """A node and where it hangs: in `field` of the node of `up`, at `index` if that is a list."""

    node: ast.AST
    up: Spot | None
    field: str = ""
    index: int | None = None

    def become(self, new: ast.AST | Sequence[ast.AST], sentence: str, count: int = 1) -> Change:
        """The node, and the `count` - 1 that follow it in a list, replaced by others; none removes them."""
        last = self.siblings[(self.index or 0) + count - 1]
        nodes = (new,) if isinstance(new, ast.AST) else tuple(new)
        return Change(self, last, nodes, count, sentence)

    @property
    def ancestors(self) -> Iterator[ast.AST]:
        """The nodes around it, the nearest first."""
        spot = self.up
        while spot is not None:
            yield spot.node
            spot = spot.up

    @property
    def siblings(self) -> list[ast.AST]:
        """The list that holds the node; the node alone where it stands in no list."""
        holder = getattr(self.up.node, self.field) if self.up is not None else self.node
        return list(holder) if isinstance(holder, list) else [holder]

    @cached_property
    def function(self) -> Definition | None:
        """The innermost function around the node."""
        found = (node for node in self.ancestors if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)))
        return next(found, None)

    @cached_property
    def class_(self) -> ast.ClassDef | None:
        """The innermost class around the node."""
        return next((node for node in self.ancestors if isinstance(node, ast.ClassDef)), None)

    @cached_property
    def names(self) -> list[str]:
        """The parameters and variables of the functions around the node, in the order of the program."""
        found: dict[str, None] = {}
        for node in self.ancestors:
            if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
                found.update(dict.fromkeys(_variables(node)))
        return list(found)

    @cached_property
    def attributes(self) -> list[str]:
        """The attributes that the class around the node assigns to `self`."""
        return list(dict.fromkeys(_assigned_attributes(self.class_))) if self.class_ is not None else []


def _variables(function: Definition) -> Iterator[str]:
    signature = function.args
    for one in (*signature.posonlyargs, *signature.args, *signature.kwonlyargs):
        if one.arg not in ("self", "cls"):
            yield one.arg
    for node in ast.walk(function):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def _assigned_attributes(definition: ast.ClassDef) -> Iterator[str]:
    for node in ast.walk(definition):
        if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Store) and is_self(node.value):
            yield node.attr


def is_self(node: ast.AST) -> bool:
    """Whether a node is the name `self`."""
    return isinstance(node, ast.Name) and node.id == "self"


@dataclass(frozen=True)
class Change:
    """`count` nodes, from the spot to `last`, replaced by `new`, and what that is in words."""

    spot: Spot
    last: ast.AST
    new: tuple[ast.AST, ...]
    count: int
    sentence: str

    @contextlib.contextmanager
    def applied(self) -> Iterator[None]:
        """The tree with the change, for the time of the block."""
        spot = self.spot
        assert spot.up is not None
        parent = spot.up.node
        old = getattr(parent, spot.field)
        if isinstance(old, list):
            assert spot.index is not None
            changed = [*old[: spot.index], *self.new, *old[spot.index + self.count :]]
            if not changed and spot.field == "body":
                changed = [ast.Pass()]
            setattr(parent, spot.field, changed)
        else:
            setattr(parent, spot.field, self.new[0] if self.new else None)
        try:
            yield
        finally:
            setattr(parent, spot.field, old)


def spots(tree: ast.AST) -> Iterator[Spot]:
    """Each node of a program once, in its order, without docstrings, annotations and what has no place of its own."""
    yield from _below(Spot(tree, None))


def _below(up: Spot) -> Iterator[Spot]:
    for name, value in ast.iter_fields(up.node):
        if name in ("annotation", "returns", "type_comment", "ctx"):
            continue
        for index, child in enumerate(value) if isinstance(value, list) else [(None, value)]:
            if not isinstance(child, ast.AST) or isinstance(child, (ast.expr_context, ast.operator, ast.cmpop)):
                continue
            if isinstance(child, ast.Expr) and isinstance(child.value, ast.Constant):
                continue  # a docstring, or `...`
            if isinstance(child, ast.JoinedStr) or (_is_raised(up) and name != "func"):
                continue  # the text of a message
            spot = Spot(child, up, name, index)
            yield spot
            yield from _below(spot)


def _is_raised(call: Spot) -> bool:
    """Whether a call makes the error of a `raise`."""
    return call.field == "exc" and call.up is not None and isinstance(call.up.node, ast.Raise)


def is_read(node: ast.AST) -> bool:
    """Whether an expression is read, neither assigned to nor deleted."""
    return isinstance(node, ast.expr) and isinstance(getattr(node, "ctx", ast.Load()), ast.Load)


def fresh(node: N) -> N:
    """A copy that may be changed."""
    return copy.deepcopy(node)


def shown(node: ast.AST) -> str:
    """The code of a node in one short line, in backticks."""
    line = " ".join(ast.unparse(node).split())
    return f"`{line if len(line) <= LONGEST else line[: LONGEST - 1] + '…'}`"
