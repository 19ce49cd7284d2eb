"""Splits a text that Python cannot parse into its top-level statements, so that an error costs one of them.

A line without indentation begins a piece, unless it continues the piece above it. A piece that cannot be parsed is left
out as a whole. No part of it runs, so that leaving lines out cannot make a definition right.
"""

from __future__ import annotations

import ast
import bisect
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import line_end

MAX_BROKEN = 50  # pieces of one text; after the last one, the rest of the text is left out
ANY_NAME = ""  # stands for the name of a definition that has none
ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)  # that the parser raises
CONTINUES = re.compile(r"[ \t)\]}]|(?:else|elif|except|finally)\b")
CUTS = re.compile(r"@|(?:async[ \t]+def|def|class|import|from)\b")  # ends a bracket or string that is never closed
OPENS = re.compile(r"@|(?:async|def|class|if|for|while|with|try|match)\b")  # is followed by indented lines
INDENTED = re.compile(r"[ \t]+(?:async[ \t]+def|def|class|@)")
DEFINES = re.compile(
    r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)"
    r"|^(\w+)[ \t]*(?::[^=\n]*)?=(?!=)"
    r"|^(?!(?:assert|await|del|not|print|raise|return|yield)\b)\w+[ \t]+(\w+)[ \t]*\(",  # a misspelt `def`
    re.M,
)
DEFINES_INDENTED = re.compile(r"^[ \t]+(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)", re.M)
IMPORTS = re.compile(r"^(?:from|import)\b([^\n]*)", re.M)
UNNAMED = re.compile(r"[ \t]*(?:async|def|class|@)")


@dataclass(frozen=True)
class BrokenPiece:
    """Lines that cannot be parsed, from `first` to `last`, and why.

    `defines` are the names that they seem to define. `mentions` has these names, those of imports, and those of
    indented functions; `ANY_NAME` stands for a definition without a name.
    """

    first: int
    last: int
    error: BaseException
    defines: frozenset[str]
    mentions: frozenset[str]


def statements(text: str, title: str) -> list[ast.stmt | BrokenPiece]:
    """The top-level statements of a text with their true line numbers, and the pieces that cannot be parsed."""
    try:
        return list(ast.parse(text, title).body)
    except ERRORS as error:
        pieces = _Pieces(text, title)
        found = [part for start, end in pieces for part in pieces.parsed(start, end)]
        # Python refuses the whole text. If it refuses no piece of it, nothing is known about the place.
        return found if any(isinstance(part, BrokenPiece) for part in found) else [pieces.broken(0, None, error)]


class _Pieces:
    """The pieces of a text, as (first line, line after the last one), counted from 0."""

    def __init__(self, text: str, title: str) -> None:
        self._text, self._title = text, title
        self._lines = text.split("\n")
        self._offsets = [0]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line) + 1)
        self._offsets[-1] = len(text)
        self._starts = list(self._find_starts())
        self._broken = 0

    def __iter__(self) -> Iterator[tuple[int, int]]:
        start = self._starts[0] if self._starts else len(self._lines)
        while start < len(self._lines):
            end = len(self._lines) if self._broken == MAX_BROKEN else self._end(start)
            yield start, end
            start = end

    def parsed(self, start: int, end: int) -> list[ast.stmt | BrokenPiece]:
        """The statements of a piece, or the broken piece."""
        try:
            body = ast.parse(self._between(start, end), self._title).body
        except ERRORS as error:
            self._broken += 1
            return [self.broken(start, end, error)]
        return [ast.increment_lineno(node, start) for node in body]

    def broken(self, start: int, end: int | None, error: BaseException) -> BrokenPiece:
        """The broken piece from `start` to `end` or to the end of the text."""
        end = len(self._lines) if end is None else end
        text = self._between(start, end)
        last = max((number for number in range(start, end) if self._is_code(number)), default=start)
        defines = {next(filter(None, found.groups())) for found in DEFINES.finditer(text)}
        mentions = defines | {name for found in IMPORTS.finditer(text) for name in re.findall(r"\w+", found[1])}
        if not text.startswith("class"):
            mentions |= {found[1] for found in DEFINES_INDENTED.finditer(text)}
        if not mentions and UNNAMED.match(text):
            mentions = {ANY_NAME}
        error = self._numbered_error(start, end) or error
        return BrokenPiece(start + 1, last + 1, error, frozenset(defines), frozenset(mentions))

    def _numbered_error(self, start: int, end: int) -> BaseException | None:
        """The error with the line numbers of the whole text, in its message too; if possible as in the whole text."""
        for stop in len(self._lines), end:
            error = self._error("\n" * start + self._between(start, stop))
            if isinstance(error, SyntaxError) and start < (error.lineno or 0) <= end + 1:
                return error
        return error

    def _error(self, text: str) -> BaseException | None:
        try:
            ast.parse(text, self._title)
        except ERRORS as error:
            return error
        return None

    def _between(self, start: int, end: int) -> str:
        return self._text[self._offsets[start] : self._offsets[end]]

    def _is_code(self, number: int) -> bool:
        line = self._lines[number].lstrip()
        return bool(line) and line[0] != "#"

    def _end(self, start: int) -> int:
        """Where the piece ends that starts here.

        A piece with an open bracket or string goes on after the next start. If it cannot be parsed then, the bracket or
        string was probably never closed, and the piece ends at the next definition or import.
        """
        after = bisect.bisect_right(self._starts, start)
        while after < len(self._starts) and self._lines[self._starts[after - 1]].startswith("@"):
            after += 1  # a decorator belongs to the definition after it
        later = self._starts[after:]
        numbers = {self._offsets[number]: number for number in later}
        position = self._offsets[start]
        while position < len(self._text):
            position = line_end(self._text, position)
            if position in numbers:
                break
        whole = numbers.get(position, len(self._lines))
        if not later or whole == later[0] or self._error(self._between(start, whole)) is None:
            return whole
        if self._is_open_body(start, later[0]):
            return later[0]
        return next((number for number in later if number < whole and CUTS.match(self._lines[number])), whole)

    def _is_open_body(self, start: int, end: int) -> bool:
        """Whether these lines are a body with an open bracket; nobody continues it without indentation."""
        text = self._between(start, end)
        in_string = text.count('"""') % 2 or text.count("'''") % 2
        return bool(OPENS.match(text)) and not in_string

    def _find_starts(self) -> Iterator[int]:
        """The first line of each piece: the first line, and those without indentation that continue no piece."""
        code = [number for number in range(len(self._lines)) if self._is_code(number)]
        conflicts = dict(_conflicts(self._lines))
        start = conflict_end = -1
        for index, number in enumerate(code):
            if number <= conflict_end:
                continue
            goes_on = start >= 0 and self._continues(start, number, code[index + 1 : index + 2])
            if number in conflicts:
                conflict_end = conflicts[number]
                goes_on = start >= 0 and _continues_in_conflict(self._lines, number, conflict_end)
            if not goes_on:
                start = number
                yield number

    def _continues(self, start: int, number: int, following: Sequence[int]) -> bool:
        """Whether the line belongs to the piece that starts at `start`; `following` is the next line of code."""
        line = self._lines[number]
        opens = bool(OPENS.match(self._lines[start]) or CONTINUES.match(self._lines[start]))
        if CONTINUES.match(line):
            indented = line[0] in " \t"
            if indented and not opens and self._is_whole(start):
                return False  # an unexpected indentation below a statement without a body
            return not (indented and INDENTED.match(line) and _width(line) < self._body_width(start))
        # A line in the middle of a body that has lost its indentation belongs to the body, too.
        astray = not OPENS.match(line) and (not line.rstrip().endswith(":") or line.strip() == ":")
        before_body = bool(following) and self._lines[following[0]][0] in " \t"
        return opens and astray and before_body and self._is_whole(number)

    def _is_whole(self, number: int) -> bool:
        """Whether no bracket or string stays open at the end of this line."""
        return line_end(self._text, self._offsets[number]) == self._offsets[number + 1]

    def _body_width(self, start: int) -> int:
        """The indentation of the first line of a body; 0 if its head does not end."""
        first = bisect.bisect_left(self._offsets, line_end(self._text, self._offsets[start]))
        lines = (self._lines[number] for number in range(first, len(self._lines)) if self._is_code(number))
        return _width(next(lines, ""))


def _width(line: str) -> int:
    return len(line) - len(line.lstrip())


def _conflicts(lines: Sequence[str]) -> Iterator[tuple[int, int]]:
    """The first and last line of each conflict that git has marked."""
    start = -1
    for number, line in enumerate(lines):
        if line.startswith("<<<<<<<"):
            start = number
        elif line.startswith(">>>>>>>") and start >= 0:
            yield start, number
            start = -1


def _continues_in_conflict(lines: Sequence[str], start: int, end: int) -> bool:
    """Whether a side of a conflict continues the statement before the conflict."""
    at_start = True
    for line in lines[start + 1 : end]:
        if line.startswith(("|||||||", "=======")):
            at_start = True
        elif line.strip() and line.lstrip()[0] != "#":
            if at_start and CONTINUES.match(line):
                return True
            at_start = False
    return False
