"""Reads words as Python: as an expression, as statements, as a keyword argument, as a parameter."""

from __future__ import annotations

import ast
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Nodes = Sequence[ast.AST]


@dataclass(frozen=True)
class Parameter:
    """A parameter with a default, as a place in a signature: `names[index]` has the default `defaults[default]`."""

    names: list[ast.arg]
    index: int
    defaults: list[ast.expr] | list[ast.expr | None]
    default: int

    @property
    def name(self) -> ast.arg:
        return self.names[self.index]

    @property
    def value(self) -> ast.expr | None:
        return self.defaults[self.default]

    def become(self, other: Parameter) -> None:
        """Take the name and the default of another parameter; the annotation too, if it has one."""
        if other.name.annotation is None:
            other.name.annotation = self.name.annotation
        self.names[self.index] = other.name
        assert other.value is not None  # of a parameter that `as_parameter` has read
        self.defaults[self.default] = other.value


def as_expression(words: str) -> ast.expr | None:
    """The words as an expression, or None."""
    try:
        return ast.parse(f"(\n{words}\n)", mode="eval").body if words.strip() else None
    except (SyntaxError, ValueError):
        return None


def as_statements(words: str) -> list[ast.stmt] | None:
    """The words as statements, or None; no words are no statements."""
    try:
        return ast.parse(textwrap.dedent(words)).body
    except (SyntaxError, ValueError):
        return None


def as_keyword(words: str) -> ast.keyword | None:
    """The words as one keyword argument, or None."""
    call = as_expression(f"_(\n{words}\n)")
    alone = isinstance(call, ast.Call) and not call.args and len(call.keywords) == 1
    return call.keywords[0] if alone and isinstance(call, ast.Call) else None


def as_keywords(words: str) -> list[ast.keyword] | None:
    """The words as one or more keyword arguments, or None."""
    call = as_expression(f"_(\n{words}\n)")
    return call.keywords if isinstance(call, ast.Call) and call.keywords and not call.args else None


def as_parameter(words: str) -> Parameter | None:
    """The words as one parameter with a default, or None."""
    statements = as_statements(f"def _(\n{words}\n): ...")
    if statements is None or not isinstance(statements[0], ast.FunctionDef):
        return None
    signature = statements[0].args
    alone = len(signature.args) == 1 and not (signature.vararg or signature.kwonlyargs or signature.kwarg)
    found = list(parameters(signature))
    return found[0] if alone and len(found) == 1 else None


def parameters(signature: ast.arguments) -> Iterator[Parameter]:
    """The parameters of a signature that have a default."""
    positional = len(signature.posonlyargs) + len(signature.args)
    for default in range(len(signature.defaults)):
        index = positional - len(signature.defaults) + default
        before = len(signature.posonlyargs)
        names = signature.posonlyargs if index < before else signature.args
        yield Parameter(names, index - (before if index >= before else 0), signature.defaults, default)
    for index, value in enumerate(signature.kw_defaults):
        if value is not None:
            yield Parameter(signature.kwonlyargs, index, signature.kw_defaults, index)


def same(one: object, other: object) -> bool:
    """Whether two pieces of syntax are the same, whether or not they are assigned to."""
    if isinstance(one, ast.expr_context):
        return isinstance(other, ast.expr_context)
    if type(one) is not type(other):
        return False
    if isinstance(one, ast.AST) and isinstance(other, ast.AST):
        fields = [field for field in one._fields if field not in ("kind", "type_comment")]  # u"a" is "a"
        return all(same(getattr(one, field, None), getattr(other, field, None)) for field in fields)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return repr(one) == repr(other)  # 1 == 1.0 and 0.0 == -0.0, but they are not the same program


def same_parameter(words: Parameter, found: Parameter) -> bool:
    """Whether a parameter has the name and the default of these words, and their annotation if they have one."""
    known = words.name.annotation is None or same(words.name.annotation, found.name.annotation)
    return known and words.name.arg == found.name.arg and same(words.value, found.value)
