"""Changes of statements: left out, exchanged, moved into a loop or out of one, without what stands around them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .change import Change, Spot, fresh, shown

SIMPLE = ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Expr, ast.Assert, ast.Raise, ast.Delete
LOOPS = ast.For, ast.While


def left_out(spot: Spot) -> Iterator[Change]:
    """A statement left out."""
    node = spot.node
    if isinstance(node, (*SIMPLE, ast.If, ast.For, ast.While, ast.Break, ast.Continue)):
        yield spot.become((), f"{shown(node)} is left out")


def exchanged(spot: Spot) -> Iterator[Change]:
    """Two statements that follow each other exchanged."""
    following = spot.siblings[(spot.index or 0) + 1 :]
    if isinstance(spot.node, (*SIMPLE, *LOOPS, ast.If)) and following and isinstance(following[0], (*SIMPLE, ast.If)):
        new = [fresh(following[0]), fresh(spot.node)]
        yield spot.become(new, f"{shown(following[0])} comes before {shown(spot.node)}", count=2)


def moved(spot: Spot) -> Iterator[Change]:
    """A statement moved out of a loop or a `with`, or into it."""
    node = spot.node
    if not isinstance(node, (*LOOPS, ast.With)):
        return
    what = "`with`" if isinstance(node, ast.With) else "loop"
    for index, inner in ((0, "before"), (-1, "after")):
        if len(node.body) > 1:
            new = fresh(node)
            assert isinstance(new, (ast.For, ast.While, ast.With))
            out = new.body.pop(index)
            both = [out, new] if inner == "before" else [new, out]
            yield spot.become(both, f"{shown(node.body[index])} comes {inner} the {what}")
    following = spot.siblings[(spot.index or 0) + 1 :]
    if following and isinstance(following[0], (*SIMPLE, ast.Return)):
        new = fresh(node)
        new.body.append(fresh(following[0]))
        yield spot.become(new, f"{shown(following[0])} comes into the {what}", count=2)
    before = spot.siblings[(spot.index or 0) - 1] if spot.index else None
    if isinstance(before, ast.Expr) and isinstance(before.value, ast.Constant):
        return  # the docstring
    if isinstance(before, (ast.Assign, ast.AugAssign, ast.Expr)) and isinstance(node, LOOPS) and spot.up is not None:
        assert spot.index is not None
        new = fresh(node)
        new.body.insert(0, fresh(before))
        first = Spot(before, spot.up, spot.field, spot.index - 1)
        yield first.become(new, f"{shown(before)} comes into the {what}", count=2)


def unwrapped(spot: Spot) -> Iterator[Change]:
    """A `with`, a `try` or a decorator left out, its body kept; of an `if` only one of the branches kept."""
    node = spot.node
    if isinstance(node, ast.With):
        yield spot.become([fresh(one) for one in node.body], f"`with {ast.unparse(node.items[0])}` is left out")
    elif isinstance(node, ast.Try):
        kept = [*node.body, *node.orelse]
        yield spot.become([fresh(one) for one in (*kept, *node.finalbody)], "`try` is left out")
        if node.finalbody:
            yield spot.become([fresh(one) for one in kept], "`finally` is left out")
    elif isinstance(node, ast.expr) and spot.field == "decorator_list":
        yield spot.become((), f"the decorator {shown(node)} is left out")
    elif isinstance(node, LOOPS):
        yield spot.become([fresh(node), fresh(node)], "the loop runs twice")


def returned_early(spot: Spot) -> Iterator[Change]:
    """A `return` in the loop's first round, an `else` that is always taken, and nothing returned."""
    node = spot.node
    if isinstance(node, ast.Return) and node.value is not None:
        yield spot.become(ast.Expr(fresh(node.value)), "nothing is returned")
    if isinstance(node, ast.For):
        new = fresh(node)
        new.body.append(ast.Break())
        yield spot.become(new, "the loop ends after its first round")


def twice(spot: Spot) -> Iterator[Change]:
    """A statement that changes something, twice."""
    node = spot.node
    if isinstance(node, (ast.AugAssign, ast.Expr)):
        yield spot.become([fresh(node), fresh(node)], f"{shown(node)} stands twice")
    elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
        named = {one.id for target in node.targets for one in ast.walk(target) if isinstance(one, ast.Name)}
        used = {one.id for one in ast.walk(node.value) if isinstance(one, ast.Name)}
        if named & used:
            yield spot.become([fresh(node), fresh(node)], f"{shown(node)} stands twice")
