"""Guesses where a logical line of Python ends, also in text that is half written."""

from __future__ import annotations

import re

IN_CODE = re.compile(r"""(?s)\\.|\#[^\n]*|'''|\"{3}|['"\n()\[\]{}]""")
IN_STRING = {
    "'": re.compile(r"(?s)\\.|['\n]"),
    '"': re.compile(r'(?s)\\.|["\n]'),
    "'''": re.compile(r"(?s)\\.|'''"),
    '"""': re.compile(r'(?s)\\.|"{3}'),
}


def line_end(text: str, position: int) -> int:
    """Guess the end of the logical line that starts here, past brackets, strings and backslashes."""
    quote = ""
    depth = 0
    while found := (IN_STRING[quote] if quote else IN_CODE).search(text, position):
        token, position = found[0], found.end()
        if token[0] == "\\":
            continue
        if quote:
            quote = ""
            if token != "\n":
                continue
        if token in IN_STRING:
            quote = token
        elif token in "([{":
            depth += 1
        elif token in ")]}":
            depth -= 1
        elif token == "\n" and depth <= 0:
            return position
    return len(text)
