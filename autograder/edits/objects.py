"""Makes a mistake out of a right function or class: its source, edited, becomes a new object of another name."""

from __future__ import annotations

import ast
import builtins
import dis
import functools
import inspect
import sys
import textwrap
from collections.abc import Iterator, Mapping
from types import CodeType, FunctionType
from typing import Any

from autograder.edits.replace import EditError, replace_in_tree

AROUND = "around"  # the name of the function around a definition that uses its own name
Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def edited(right: object, changes: Mapping[str, str], *, name: str, everywhere: bool = False) -> object:
    """A new function or class: `right` with `changes` in its source, called `name`, without decorators and docstring.

    It finds the helpers of the module of `right`, also those that the module defines later. Where the source names
    itself, the new object is meant. Its lines are those of the file of `right`. Raises `EditError` if `right` has no
    source, or for the reasons of `replace_in_source`; a class has only the code in its own body, not that of its bases.
    """
    old = getattr(right, "__name__", repr(right))
    try:
        source, start = _source_of(right)
        tree = ast.parse(source)
    except (OSError, TypeError, SyntaxError):
        raise EditError(f"{old} has no source that can be read; it must be a function or class of a file") from None
    definition = tree.body[0]
    if not isinstance(definition, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
        raise EditError(f"{old} must be a function by `def`, or a class")
    ast.increment_lineno(tree, start - 1)
    definition.decorator_list = []
    if ast.get_docstring(definition, clean=False) is not None:
        definition.body[:1] = [] if definition.body[1:] else [ast.copy_location(ast.Pass(), definition.body[0])]
    try:
        replace_in_tree(tree, changes, everywhere=everywhere)
    except EditError as error:
        raise EditError(f"{name}, an edit of {old}: {error}") from None
    if tree.body != [definition]:
        raise EditError(f"{name}, an edit of {old}: the edit must leave one function or class")
    return _compiled(right, definition, name)


@functools.lru_cache(maxsize=1)  # many edits of one definition follow each other
def _source_of(right: object) -> tuple[str, int]:
    """The source of a definition, without indentation, and its first line's number."""
    lines, start = inspect.getsourcelines(right)  # type: ignore[arg-type]  # the caller expects TypeError
    return textwrap.dedent("".join(lines)), start


def undefined_names(made: object) -> list[str]:
    """The global names that a function, or the methods of a class, read and that do not exist."""
    functions = [one for one in (made, *vars(made).values()) if isinstance(one, FunctionType)]
    found = []
    for function in functions:
        known = {**function.__globals__, **vars(builtins)}
        found += [name for name in _global_names(function.__code__) if name not in known]
    return sorted(set(found))


def _global_names(code: CodeType) -> Iterator[str]:
    yield from (one.argval for one in dis.get_instructions(code) if one.opname == "LOAD_GLOBAL")
    for part in code.co_consts:
        if isinstance(part, CodeType):
            yield from _global_names(part)


def _compiled(right: object, definition: Definition, name: str) -> object:
    """The object that the definition makes, in the names of the module of `right`, which it does not change."""
    names = getattr(right, "__globals__", None) or vars(sys.modules[right.__module__])
    old, definition.name = definition.name, name
    itself = [node for node in ast.walk(definition) if isinstance(node, ast.Name) and node.id == old]
    for node in itself:
        node.id = name
    tree = ast.Module([definition], [])
    if itself:  # it finds itself as a variable of a function around it, since it is no global of the module
        around = ast.parse(f"def {AROUND}():\n    return {name}").body[0]
        assert isinstance(around, ast.FunctionDef)
        around.body.insert(0, definition)
        tree = ast.Module([around], [])
    flags = annotations.compiler_flag if names.get("annotations") is annotations else 0  # as in that module
    file = inspect.getsourcefile(right) or "<edit>"  # type: ignore[arg-type]  # its source was read before
    made: dict[str, Any] = {}
    exec(compile(tree, file, "exec", flags, dont_inherit=True), names, made)
    if not itself:
        return made[name]
    result: object = made[AROUND]()
    for one in (result, *vars(result).values()):
        if isinstance(one, (type, FunctionType)):
            one.__qualname__ = one.__qualname__.removeprefix(f"{AROUND}.<locals>.")
    return result
