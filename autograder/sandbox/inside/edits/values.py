"""Changes of the smallest parts: numbers, truth values, names, attributes, and the items of a tuple."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .change import Change, Spot, fresh, is_read, is_self, shown

MOST_NAMES = 8  # other names that are tried for one
DTYPES = {"float32": ("float64", "float16"), "float64": ("float32",), "int64": ("int32", "float32"), "long": ("int32",)}
WORDS = {"zeros": "reflect", "same": "valid", "valid": "same", "mean": "sum", "sum": "mean", "constant": "reflect"}


def numbers(spot: Spot) -> Iterator[Change]:
    """A number one off, zero, negative, or ten times as large."""
    node = spot.node
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        return
    value = node.value
    if isinstance(value, int):
        others: list[float] = [value + 1, value - 1, *([value * 2] if value > 1 else [])]
    else:
        others = [value * 10, value / 10, 0.0, 1.0 - value, value + 1.0]
    for other in dict.fromkeys(others):
        if other != value:
            yield spot.become(_number(other), f"{value!r} becomes {other!r}")


def _number(value: float) -> ast.expr:
    return ast.Constant(value) if value >= 0 else ast.UnaryOp(ast.USub(), ast.Constant(-value))


def constants(spot: Spot) -> Iterator[Change]:
    """A truth value turned round, None for a value, or another word for a mode."""
    node = spot.node
    if not isinstance(node, ast.Constant):
        return
    if isinstance(node.value, bool):
        yield spot.become(ast.Constant(not node.value), f"{node.value} becomes {not node.value}")
    elif isinstance(node.value, str) and node.value in WORDS:
        other = WORDS[node.value]
        yield spot.become(ast.Constant(other), f"{node.value!r} becomes {other!r}")


def names(spot: Spot) -> Iterator[Change]:
    """Another parameter or variable of the same function."""
    node = spot.node
    if not isinstance(node, ast.Name) or not is_read(node) or node.id not in spot.names:
        return
    for other in [name for name in spot.names if name != node.id][:MOST_NAMES]:
        yield spot.become(ast.Name(other, ast.Load()), f"`{node.id}` becomes `{other}`")


def attributes(spot: Spot) -> Iterator[Change]:
    """Another attribute of `self`, or another dtype."""
    node = spot.node
    if not isinstance(node, ast.Attribute) or not is_read(node):
        return
    if is_self(node.value) and node.attr in spot.attributes:
        others: tuple[str, ...] = tuple(name for name in spot.attributes if name != node.attr)[:MOST_NAMES]
    else:
        others = DTYPES.get(node.attr, ())
    for other in others:
        new = ast.Attribute(fresh(node.value), other, ast.Load())
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def items(spot: Spot) -> Iterator[Change]:
    """Two neighbours in a tuple or list exchanged, or one left out."""
    node = spot.node
    if not isinstance(node, (ast.Tuple, ast.List)) or len(node.elts) < 2:
        return
    for index in range(len(node.elts) - 1):
        new = fresh(node)
        assert isinstance(new, (ast.Tuple, ast.List))
        new.elts[index : index + 2] = reversed(new.elts[index : index + 2])
        if ast.dump(new) != ast.dump(node):
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    for index in range(len(node.elts)) if is_read(node) else ():
        new = fresh(node)
        assert isinstance(new, (ast.Tuple, ast.List))
        del new.elts[index]
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def kinds(spot: Spot) -> Iterator[Change]:
    """A list for a tuple, and a tuple for a list."""
    node = spot.node
    if isinstance(node, ast.Tuple) and is_read(node) and spot.field != "slice":
        yield spot.become(ast.List([fresh(one) for one in node.elts], ast.Load()), "a list for a tuple")
    elif isinstance(node, ast.List) and is_read(node):
        yield spot.become(ast.Tuple([fresh(one) for one in node.elts], ast.Load()), "a tuple for a list")


def slices(spot: Spot) -> Iterator[Change]:
    """A part of a slice left out, or an index left out of several."""
    node = spot.node
    if isinstance(node, ast.Slice):
        for part in ("lower", "upper", "step"):
            if getattr(node, part) is not None:
                new = fresh(node)
                setattr(new, part, None)
                yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
    elif isinstance(node, ast.Subscript) and is_read(node) and not isinstance(node.slice, ast.Constant):
        yield spot.become(fresh(node.value), f"{shown(node)} becomes {shown(node.value)}")
