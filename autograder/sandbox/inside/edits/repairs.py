"""Changes that put back what students leave out: a factor, an argument, a statement, a layer."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from .change import Change, Definition, Spot, fresh, is_read, shown

MOST_NAMES = 6  # names that are tried as a factor or an argument
RETURNED = "int({})", "{}.float()", "{}.long()", "{}.item()", "{}.mean()", "{}.clamp(0, 1)", "({}) ** 0.5", "1 - {}"
STATEMENTS = {
    "model": ("model.eval()", "model.train()"),
    "optimizer": ("optimizer.zero_grad()", "optimizer.step()"),
    "loss": ("loss.backward()",),
}
LAYERS = "nn.ReLU()", "nn.MaxPool2d(2)", "nn.Flatten()"


def factors(spot: Spot) -> Iterator[Change]:
    """A value that counts twice, half, by another name, or is one off."""
    node, around = spot.node, spot.up and spot.up.node
    if not isinstance(node, (ast.Name, ast.Attribute, ast.Subscript, ast.BinOp, ast.Call)) or not is_read(node):
        return
    if not isinstance(around, (ast.BinOp, ast.Call, ast.Return, ast.Assign, ast.AugAssign, ast.Subscript, ast.Tuple)):
        return
    if spot.field == "func" or (isinstance(around, ast.Subscript) and spot.field == "value"):
        return
    text = ast.unparse(node)
    templates = ["2 * ({})", "({}) - 1", "({}) + 1", "({}) // 2"]
    if isinstance(node, ast.Name):
        templates += [f"({{}}) * {name}" for name in spot.names[:MOST_NAMES] if name != node.id]
    if isinstance(node, ast.BinOp):
        templates += [f"({{}}) {sign} {name}" for name in spot.names[:MOST_NAMES] for sign in ("*", "+", "-")]
    for template in templates:
        new = ast.parse(template.format(text), mode="eval").body
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def passed_on(spot: Spot) -> Iterator[Change]:
    """A parameter of the function that is passed on as a keyword argument."""
    node = spot.node
    if not isinstance(node, ast.Call) or spot.function is None or spot.field == "exc":
        return
    used = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)} | {one.arg for one in node.keywords}
    for name in [one for one in spot.names if one not in used][:MOST_NAMES]:
        new = fresh(node)
        assert isinstance(new, ast.Call)
        new.keywords.append(ast.keyword(name, ast.Name(name, ast.Load())))
        yield spot.become(new, f"{shown(node)} gets {name}={name}")


def statements_missing(spot: Spot) -> Iterator[Change]:
    """A statement before another one: a mode, a step of the optimizer, a copy."""
    node, function = spot.node, spot.function
    if not isinstance(node, ast.stmt) or function is None or spot.field != "body":
        return
    texts = [text for name in spot.names for text in STATEMENTS.get(name, ())]
    if spot.up is not None and spot.up.node is function:
        texts += [f"{name} = {name}.clone()" for name in _parameters(function)]
    for text in texts:
        new = ast.parse(text).body[0]
        yield spot.become([new, fresh(node)], f"`{text}` before {shown(node)}")


def _parameters(function: Definition) -> list[str]:
    return [one.arg for one in function.args.args if one.arg not in ("self", "cls")]


def layers_missing(spot: Spot) -> Iterator[Change]:
    """A layer without weights more, in a sequence of layers."""
    node = spot.node
    if not isinstance(node, (ast.Call, ast.List)):
        return
    if isinstance(node, ast.Call) and not ast.unparse(node.func).endswith("Sequential"):
        return
    layers = node.args if isinstance(node, ast.Call) else node.elts
    if len(layers) < 2 or not all(isinstance(one, ast.Call) for one in layers):
        return
    for place in range(1, len(layers) + 1):
        for layer in LAYERS:
            new = fresh(node)
            held = new.args if isinstance(new, ast.Call) else new.elts
            held.insert(place, ast.parse(layer, mode="eval").body)
            yield spot.become(new, f"`{layer}` after {shown(held[place - 1])}")


def returned(spot: Spot) -> Iterator[Change]:
    """What is returned, converted."""
    node = spot.node
    if spot.field == "value" and isinstance(spot.up and spot.up.node, ast.Return) and is_read(node):
        for template in RETURNED:
            new = ast.parse(template.format(f"({ast.unparse(node)})"), mode="eval").body
            yield spot.become(new, f"{shown(node)} becomes {shown(new)}")
