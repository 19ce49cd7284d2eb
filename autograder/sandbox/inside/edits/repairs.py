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
FLOATS = 1e-5, 1e-3, 0.1, 0.5, 1.0, 2.0


def other_numbers(spot: Spot) -> Iterator[Change]:
    """A number that students take for another: two more or less, a half, a usual default."""
    node = spot.node
    if not isinstance(node, ast.Constant) or isinstance(node.value, bool) or not isinstance(node.value, (int, float)):
        return
    value = node.value
    others = (value + 2, value - 2, value // 2) if isinstance(value, int) else FLOATS
    for other in dict.fromkeys(others):
        if other != value and other >= 0:
            yield spot.become(ast.Constant(other), f"{value!r} becomes {other!r}")


def parameters_exchanged(spot: Spot) -> Iterator[Change]:
    """Two neighbouring parameters of a function exchanged, with their defaults."""
    node = spot.node
    if not isinstance(node, ast.FunctionDef):
        return
    count, defaults = len(node.args.args), len(node.args.defaults)
    for index in range(count - 1):
        first = index - (count - defaults)
        if (first >= 0) != (first + 1 >= 0) or node.args.args[index].arg == "self":
            continue
        new = fresh(node)
        new.args.args[index : index + 2] = reversed(new.args.args[index : index + 2])
        if first >= 0:
            new.args.defaults[first : first + 2] = reversed(new.args.defaults[first : first + 2])
        yield spot.become(new, f"{node.args.args[index].arg} and {node.args.args[index + 1].arg} are exchanged")


def kept_results(spot: Spot) -> Iterator[Change]:
    """A result that is thrown away is kept under the name of the first argument, or of the object."""
    node = spot.node
    if not isinstance(node, ast.Expr) or not isinstance(node.value, ast.Call):
        return
    call = node.value
    holder = call.args[0] if call.args else call.func.value if isinstance(call.func, ast.Attribute) else None
    if isinstance(holder, ast.Name):
        new = ast.Assign([ast.Name(holder.id, ast.Store())], fresh(call), lineno=node.lineno)
        yield spot.become(new, f"{shown(node)} becomes {shown(new)}")


def products(spot: Spot) -> Iterator[Change]:
    """A product where a sum was taken."""
    node = spot.node
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "sum":
        new = ast.parse(f"__import__('math').prod({', '.join(map(ast.unparse, node.args))})", mode="eval").body
        yield spot.become(new, f"{shown(node)} becomes a product")


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
