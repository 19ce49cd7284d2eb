"""Changes of arithmetic and of conditions: operators, operands, terms, comparisons."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .change import Change, Spot, fresh, is_read, shown

OTHER_OPERATORS: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Div, ast.Add, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv,),
    ast.Pow: (ast.Mult,),
    ast.MatMult: (ast.Mult,),
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
}
OTHER_COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq, ast.Gt, ast.Lt),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
ORDERED = ast.Sub, ast.Div, ast.FloorDiv, ast.Mod, ast.Pow, ast.MatMult


def operators(spot: Spot) -> Iterator[Change]:
    """Another operator."""
    node = spot.node
    if isinstance(node, (ast.BinOp, ast.AugAssign)):
        for other in OTHER_OPERATORS.get(type(node.op), ()):
            new = fresh(node)
            new.op = other()
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
        if isinstance(node, ast.AugAssign):
            plain = ast.Assign([fresh(node.target)], fresh(node.value), lineno=node.lineno)
            yield spot.become(plain, f"{shown(node)} becomes {shown(plain)}")


def rounding(spot: Spot) -> Iterator[Change]:
    """A division that rounds up where it rounded down."""
    node = spot.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.FloorDiv):
        new = ast.parse(f"-(-({ast.unparse(node.left)}) // ({ast.unparse(node.right)}))", mode="eval").body
        yield spot.become(new, f"{shown(node)} rounds up")


def operands(spot: Spot) -> Iterator[Change]:
    """The two sides of an operator exchanged."""
    node = spot.node
    if isinstance(node, ast.BinOp) and isinstance(node.op, ORDERED):
        new = ast.BinOp(fresh(node.right), node.op, fresh(node.left))
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def terms(spot: Spot) -> Iterator[Change]:
    """A term or factor left out, or the sign."""
    node = spot.node
    if isinstance(node, ast.BinOp):
        for kept in (node.left, node.right):
            yield spot.become(fresh(kept), f"{shown(node)} becomes {shown(kept)}")
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, (ast.USub, ast.Not)):
        yield spot.become(fresh(node.operand), f"{shown(node)} becomes {shown(node.operand)}")
    elif isinstance(node, ast.BoolOp):
        for index, left_out in enumerate(node.values):
            rest = [fresh(one) for place, one in enumerate(node.values) if place != index]
            new = rest[0] if len(rest) == 1 else ast.BoolOp(node.op, rest)
            yield spot.become(new, f"{shown(left_out)} is left out")


def added_terms(spot: Spot) -> Iterator[Change]:
    """One more or one less, where a value is computed or returned, and a term a second time."""
    node = spot.node
    kept = isinstance(spot.up and spot.up.node, (ast.Return, ast.Assign)) and spot.field == "value"
    if kept and isinstance(node, (ast.BinOp, ast.Call, ast.Name)) and is_read(node):
        for operator in (ast.Add(), ast.Sub()):
            new = ast.BinOp(fresh(node), operator, ast.Constant(1))
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    if isinstance(node, ast.BinOp) and isinstance(node.op, (ast.Add, ast.Sub)):
        new = ast.BinOp(fresh(node), node.op, fresh(node.right))
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def comparisons(spot: Spot) -> Iterator[Change]:
    """Another comparison, or the other of `and` and `or`."""
    node = spot.node
    if isinstance(node, ast.Compare):
        for index, operator in enumerate(node.ops):
            for other in OTHER_COMPARISONS.get(type(operator), ()):
                new = fresh(node)
                new.ops[index] = other()
                yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    elif isinstance(node, ast.BoolOp):
        swapped = ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), [*map(fresh, node.values)])
        yield spot.become(swapped, f"{shown(node)} becomes {shown(swapped)}")


def conditions(spot: Spot) -> Iterator[Change]:
    """A condition turned round, always true, or never true."""
    node = spot.node
    tested = isinstance(spot.up and spot.up.node, (ast.If, ast.IfExp, ast.While, ast.Assert))
    if not tested or spot.field != "test" or not isinstance(node, ast.expr):
        return
    yield spot.become(ast.UnaryOp(ast.Not(), fresh(node)), f"the condition {shown(node)} is turned round")
    if not isinstance(spot.up and spot.up.node, ast.While):
        yield spot.become(ast.Constant(True), f"the condition {shown(node)} is always true")
        yield spot.become(ast.Constant(False), f"the condition {shown(node)} is never true")
