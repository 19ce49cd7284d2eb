"""Turns the definitions of a submission into fingerprints, which stay the same under other names, comments and spaces.

The method is winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting",
SIGMOD 2003) over the tokens of Pygments, which also reads code that Python does not. Names that the student chose
become one token; what follows a dot (`.unfold`) and Python's own names stay, because those cannot be renamed. Texts,
comments, type hints after `->` and commas before a closing bracket do not count, so that a formatter changes nothing.
The hash is CRC-32: with the same files the fingerprints are the same in each run.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.model import SourceFile
from autograder.submission import definition_blocks

GRAM = 10  # tokens; shorter matches are ignored
WINDOW = 4  # each match of GRAM + WINDOW - 1 tokens is found
MAX_TEXT = 60_000  # characters of a definition that are compared
HELPERS = "helper functions"  # all definitions that are no exercise


@dataclass(frozen=True)
class Fingerprint:
    """The code of one exercise: its text, its fingerprints with the line where each starts and ends, from 0."""

    text: str
    lines: Mapping[int, tuple[int, int]]

    def marked(self, values: Sequence[int]) -> frozenset[int]:
        """The lines that these fingerprints cover."""
        spans = (self.lines[value] for value in values if value in self.lines)
        return frozenset(line for first, last in spans for line in range(first, last + 1))


def fingerprints_of(files: Sequence[SourceFile], exercises: Sequence[str]) -> dict[str, Fingerprint]:
    """The fingerprint of each exercise that is written in the files, and of all other definitions together."""
    texts: dict[str, list[str]] = {}
    known = frozenset(exercises)
    for file in files:
        for cell in file.cells:
            lines = cell.split("\n")
            for name, span in definition_blocks(lines):
                texts.setdefault(name if name in known else HELPERS, []).append(
                    "\n".join(lines[span.start : span.stop])
                )
    joined = {name: "\n\n".join(blocks)[:MAX_TEXT] for name, blocks in texts.items()}
    return {name: Fingerprint(text, dict(_winnowed(list(_tokens(text))))) for name, text in joined.items()}


def _winnowed(tokens: Sequence[tuple[str, int]]) -> Iterator[tuple[int, tuple[int, int]]]:
    """The smallest hash of each window of `WINDOW` grams, with the lines of its gram; the last of equal ones."""
    hashes = [
        zlib.crc32("\0".join(text for text, _ in tokens[place : place + GRAM]).encode("utf-8", "replace"))
        for place in range(len(tokens) - GRAM + 1)
    ]
    chosen = -1
    for start in range(max(0, len(hashes) - WINDOW + 1)) if len(hashes) >= WINDOW else range(bool(hashes)):
        window = range(start, min(start + WINDOW, len(hashes)))
        place = min(window, key=lambda one: (hashes[one], -one))
        if place != chosen:
            chosen = place
            yield hashes[place], (tokens[place][1], tokens[place + GRAM - 1][1])


def _tokens(code: str) -> Iterator[tuple[str, int]]:
    """The tokens that count, with their lines."""
    kept: list[tuple[str, int]] = []
    skipping = False  # inside of the hint of a return value
    for text, line in _raw_tokens(code):
        if skipping:
            skipping = text != ":"
        elif text == ">" and kept and kept[-1][0] == "-":  # Pygments gives `->` in two tokens
            kept.pop()
            skipping = True
        if not skipping:
            if text in ")]}" and kept and kept[-1][0] == ",":
                kept.pop()
            kept.append((text, line))
    return iter(kept)


def _raw_tokens(code: str) -> Iterator[tuple[str, int]]:
    from pygments.lexers import PythonLexer
    from pygments.token import Comment, Literal, Name, Punctuation, Text, Whitespace

    line, before, in_text = 0, ("", ""), False
    for kind, text in PythonLexer(stripnl=False, ensurenl=False).get_tokens(code):
        here, line = line, line + text.count("\n")
        if kind in Text or kind in Whitespace or kind in Comment or kind in Literal.String.Doc or not text.strip():
            continue
        if kind in Literal.String:  # also all parts of an f-string
            if not in_text:
                yield "S", here
            in_text = True
            continue
        in_text = False
        own = before[0] != "." or before[1] in ("self", "cls")  # not somebody else's attribute
        chosen = kind in Name and kind not in Name.Builtin and own
        token = "V" if chosen or text in ("self", "cls") else text
        if kind in Punctuation and len(text) > 1:  # such as `):`
            yield from ((sign, here) for sign in text)
        else:
            yield token, here
        before = (text, before[0])
