"""Changes of calls: another function, other arguments, a call left out or put around a value."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .change import Change, Spot, fresh, is_read, shown
from .siblings import INNER_WRAPPERS, KEYWORDS, SIBLINGS, WRAPPERS


def siblings(spot: Spot) -> Iterator[Change]:
    """A function, method or class that is taken for another: `avg_pool2d` for `max_pool2d`."""
    node = spot.node
    if isinstance(node, ast.Attribute) and is_read(node):
        for other in SIBLINGS.get(node.attr, ()):
            new = ast.Attribute(fresh(node.value), other, ast.Load())
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    elif isinstance(node, ast.Name) and is_read(node) and node.id not in spot.names:
        for other in SIBLINGS.get(node.id, ()):
            yield spot.become(ast.Name(other, ast.Load()), f"`{node.id}` becomes `{other}`")


def argument_order(spot: Spot) -> Iterator[Change]:
    """Two neighbouring arguments exchanged."""
    node = spot.node
    if not isinstance(node, ast.Call):
        return
    for index in range(len(node.args) - 1):
        new = fresh(node)
        assert isinstance(new, ast.Call)
        new.args[index : index + 2] = reversed(new.args[index : index + 2])
        if ast.dump(new) != ast.dump(node):
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    for one, other in zip(node.keywords, node.keywords[1:], strict=False):
        new = fresh(node)
        assert isinstance(new, ast.Call)
        place = node.keywords.index(one)
        new.keywords[place].value, new.keywords[place + 1].value = fresh(other.value), fresh(one.value)
        if ast.dump(new) != ast.dump(node):
            yield spot.become(new, f"the values of {one.arg} and {other.arg} are exchanged")


def arguments_left_out(spot: Spot) -> Iterator[Change]:
    """An argument left out; not of an error, whose arguments are its message."""
    node = spot.node
    if not isinstance(node, ast.Call) or spot.field == "exc":
        return
    for field in ("args", "keywords"):
        for index, left_out in enumerate(getattr(node, field)):
            new = fresh(node)
            del getattr(new, field)[index]
            yield spot.become(new, f"{shown(left_out)} is left out of {shown(node)}")


def keywords(spot: Spot) -> Iterator[Change]:
    """A keyword argument that changes what a call does: `Conv2d(…, bias=False)`."""
    node = spot.node
    if not isinstance(node, ast.Call):
        return
    for name, value in KEYWORDS.get(called(node), ()):
        new = fresh(node)
        assert isinstance(new, ast.Call)
        new.keywords = [one for one in new.keywords if one.arg != name]
        new.keywords.append(ast.keyword(name, ast.parse(value, mode="eval").body))
        if ast.dump(new) != ast.dump(node):
            yield spot.become(new, f"{shown(node)} gets {name}={value}")


def called(node: ast.Call) -> str:
    """The last part of the name that is called; empty for anything else."""
    function = node.func
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def unwrapped(spot: Spot) -> Iterator[Change]:
    """A call left out, so that its argument, or the object whose method it is, stays as it is."""
    node = spot.node
    if not isinstance(node, ast.Call) or spot.field == "exc" or isinstance(spot.up and spot.up.node, ast.Expr):
        return
    kept = [node.args[0]] if node.args and not isinstance(node.args[0], ast.Starred) else []
    if isinstance(node.func, ast.Attribute) and not _is_module(node.func.value, spot):
        kept.append(node.func.value)
    for one in kept:
        yield spot.become(fresh(one), f"{shown(node)} becomes {shown(one)}")


def _is_module(node: ast.expr, spot: Spot) -> bool:
    """Whether a name is that of a module, as far as one can see: `torch` in `torch.cat`."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return isinstance(node, ast.Name) and node.id not in (*spot.names, "self")


def wrapped(spot: Spot) -> Iterator[Change]:
    """A call put around what is returned or assigned."""
    node = spot.node
    if spot.field != "value" or not is_read(node):
        return
    around = spot.up and spot.up.node
    templates = WRAPPERS if isinstance(around, ast.Return) else INNER_WRAPPERS if isinstance(around, ast.Assign) else ()
    for template in templates:
        new = ast.parse(template.format(f"({ast.unparse(node)})"), mode="eval").body
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
