"""Parses Python in one thread at a time."""

from __future__ import annotations

import ast
import threading

_LOCK = threading.Lock()


def parse(text: str, title: str = "<unknown>") -> ast.Module:
    """`ast.parse`; two threads at once could make Python 3.11.7 and earlier raise `SystemError` (CPython gh-106905)."""
    with _LOCK:
        return ast.parse(text, title)
