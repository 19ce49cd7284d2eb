"""Edits of a student's definition, for the search for a mistake: made here, and tried here one after another."""

from __future__ import annotations
import __future__

import contextlib
import json
import time
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from .edits import REPAIRS, Edit, edits_of
from .frames import EditFrame
from .syntax import parse

MOST = 4000  # edits of one definition
SECONDS = 3.0  # of the processor, to make them
LARGEST = 20_000  # characters of a definition whose edits are made
MISSING = object()


def edits_as_data(source: bytes) -> np.ndarray:
    """The edits of a definition, likely kinds first, as JSON in bytes; as many as are made in `SECONDS`."""
    text = source.decode("utf-8", "replace")
    found: dict[tuple[int, int, str], EditFrame] = {}
    end = time.process_time() + SECONDS
    with contextlib.suppress(SyntaxError, ValueError, RecursionError, MemoryError):  # what was found counts
        for kind in dict.fromkeys((*LIKELY, *REPAIRS)) if len(text) <= LARGEST else ():
            for edit in edits_of(text, {kind: REPAIRS[kind]}):
                frame = _frame(edit, text)
                found.setdefault((frame["start"], frame["stop"], frame["text"]), frame)
                if len(found) >= MOST or time.process_time() > end:
                    return _data(found.values())
    return _data(found.values())


def _data(frames: Iterable[EditFrame]) -> np.ndarray:
    return np.frombuffer(json.dumps([*frames]).encode(), np.uint8)


LIKELY = (
    *("number", "name", "operator", "factor missing", "constant", "argument missing", "sibling", "keyword"),
    *("result thrown away", "product", "another number", "parameters exchanged"),
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
