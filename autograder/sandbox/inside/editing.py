"""Edits of a student's definition, for the search for a mistake: made here, and tried here one after another."""

from __future__ import annotations
import __future__

import json
from collections.abc import Iterator
from typing import Any

import numpy as np

from .edits import REPAIRS, Edit, edits_of
from .frames import EditFrame
from .syntax import parse

MOST = 4000  # edits of one definition
LARGEST = 20_000  # characters of a definition whose edits are made
MISSING = object()


def edits_as_data(source: bytes) -> np.ndarray:
    """The edits of a definition, likely ones first, as JSON in bytes; none of a text that is too large or no Python."""
    text = source.decode("utf-8", "replace")
    found: list[EditFrame] = []
    if len(text) <= LARGEST:
        try:
            for edit in edits_of(text, REPAIRS):
                found.append(_frame(edit, text))
                if len(found) >= MOST:
                    break
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            pass  # what was found counts
    kinds = list(LIKELY)
    found.sort(key=lambda frame: kinds.index(frame["kind"]) if frame["kind"] in kinds else len(kinds))
    return np.frombuffer(json.dumps(found).encode(), np.uint8)


LIKELY = (
    *("number", "name", "operator", "factor missing", "constant", "argument missing", "sibling", "keyword"),
    *("argument left out", "arguments exchanged", "term left out", "operands exchanged", "rounding", "call left out"),
    *("comparison", "attribute", "slice", "items", "result", "statement missing", "layer missing", "condition"),
    *("statement left out", "statements exchanged", "statement moved", "return", "call added", "term added"),
)
"""The kinds of changes in the order in which they are tried; the others come last."""


def _frame(edit: Edit, text: str) -> EditFrame:
    """An edit as the part of the text that it replaces."""
    new, start, end = edit.source, 0, 0
    shortest = min(len(text), len(new))
    while start < shortest and text[start] == new[start]:
        start += 1
    while end < shortest - start and text[-1 - end] == new[-1 - end]:
        end += 1
    return {
        "kind": edit.kind,
        "sentence": edit.sentence,
        "line": edit.line,
        "columns": list(edit.columns),
        "start": start,
        "stop": len(text) - end,
        "text": new[start : len(new) - end],
    }


class Edited:
    """A student's namespace with one definition in the place of the student's own."""

    def __init__(self) -> None:
        self._before: dict[str, Any] = {}
        self._namespace: dict[str, Any] = {}

    def put(self, namespace: dict[str, Any], source: bytes) -> bool:
        """Run a definition in the namespace, after the one before is taken back; an empty one only takes back."""
        for name, value in self._before.items():
            if value is MISSING:
                self._namespace.pop(name, None)
            else:
                self._namespace[name] = value
        text = source.decode("utf-8", "replace")
        self._before = {name: namespace.get(name, MISSING) for name in _defined(text)}
        self._namespace = namespace
        flags = __future__.annotations.compiler_flag if "annotations" in namespace else 0
        exec(compile(text, "<edited>", "exec", flags, dont_inherit=True), namespace)  # in the sandbox
        return True


def _defined(text: str) -> Iterator[str]:
    for node in parse(text).body:
        if hasattr(node, "name"):
            yield str(node.name)
