"""Splits Python text into its top-level definitions, line by line, so that half-written code can be split too."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

DEFINITION = re.compile(r"(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)")
STRINGS_AND_COMMENTS = re.compile(
    r'"""(?:[^\\"]|\\.|"(?!""))*(?:"""|\Z)'
    r"|'''(?:[^\\']|\\.|'(?!''))*(?:'''|\Z)"
    r'|"(?:[^\\"\n]|\\.)*"?'
    r"|'(?:[^\\'\n]|\\.)*'?"
    r"|#[^\n]*",
    re.S,
)
CONTINUES = (" ", "\t", ")", "]", "}")  # begin a line that belongs to the definition above it


def definition_blocks(lines: Sequence[str]) -> Iterator[tuple[str, range]]:
    """The name of each unindented function and class, and its lines from `def` or `class` to the last of its body.

    Decorators, and comments and blank lines after the body, are not part of a block.
    """
    name, start, end = "", 0, 0
    for number, line in enumerate(lines):
        if not line.strip() or line[0] == "#":
            continue
        if line[0] in CONTINUES:
            end = number + 1
            continue
        if name:
            yield name, range(start, end)
        found = DEFINITION.match(line)
        name, start, end = found[1] if found else "", number, number + 1
    if name:
        yield name, range(start, end)


def blocks_of(text: str, name: str) -> list[str]:
    """The text of each unindented definition of a name."""
    lines = text.split("\n")
    return ["\n".join(lines[span.start : span.stop]) for one, span in definition_blocks(lines) if one == name]
