"""Splits a text that Python cannot parse into its top-level statements, so that an error costs one of them.

A line without indentation begins a piece, unless it continues the piece above it. A piece that cannot be parsed is left
out as a whole. No part of it runs, so that leaving lines out cannot make a definition right.
"""

from __future__ import annotations

import ast
import bisect
import itertools
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .lines import line_end
from .syntax import parse

MAX_BROKEN = 50  # pieces of one text; after the last one, the rest of the text is left out
MAX_ASTRAY = 4  # statements in the middle of a definition that may have lost their indentation
ANY_NAME = ""  # stands for the name of a definition that has none
ERRORS = (SyntaxError, ValueError, RecursionError, MemoryError)  # that the parser raises
CONTINUES = re.compile(r"[ \t)\]}]|(?:else|elif|except|finally)\b")
CUTS = re.compile(r"@|(?:async[ \t]+def|def|class|import|from)\b")  # ends a bracket or string that is never closed
OPENS = re.compile(r"@|(?:async|def|class|if|for|while|with|try|match)\b")  # is followed by indented lines
DEFINITIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
DEFINITION = re.compile(r"@|(?:async[ \t]+def|def|class)\b")
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
        return list(parse(text, title).body)
    except ERRORS as error:
        pieces = _Pieces(text, title)
        parts: list[ast.stmt | BrokenPiece] = []
        for start, end in pieces:
            found = pieces.parsed(start, end)
            if isinstance(found[0], BrokenPiece):
                parts = pieces.joined(parts, found[0])
            else:
                parts += found
        # Python refuses the whole text. If it refuses no piece of it, nothing is known about the place.
        return parts if any(isinstance(part, BrokenPiece) for part in parts) else [pieces.broken(0, None, error)]


class _Pieces:
    """The pieces of a text, as (first line, line after the last one), counted from 0."""

    def __init__(self, text: str, title: str) -> None:
        self._text, self._title = text, title
        self._lines = text.split("\n")
        self._offsets = [0]
        for line in self._lines:
            self._offsets.append(self._offsets[-1] + len(line) + 1)
        self._offsets[-1] = len(text)
        self._head_ends: dict[int, int] = {}
        self._starts = list(self._find_starts())
        self._start_at = {self._offsets[number]: number for number in self._starts}
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
            body = parse(self._between(start, end), self._title).body
        except ERRORS as error:
            self._broken += 1
            return [self.broken(start, end, error)]
        return [ast.increment_lineno(node, start) for node in body]

    def joined(self, parts: list[ast.stmt | BrokenPiece], broken: BrokenPiece) -> list[ast.stmt | BrokenPiece]:
        """The parts with a broken piece below them; a definition that may go on in its lines is broken with it."""
        lines = [self._lines[number] for number in range(broken.first - 1, broken.last) if self._is_code(number)]
        widths = [_width(line) for line in lines if _width(line)]
        if isinstance(broken.error, IndentationError) and not DEFINITION.match(lines[0]) and widths:
            for index in self._cut_definitions(parts, min(widths)):
                start = _first_line(parts[index]) - 1
                return [*parts[:index], self.broken(start, broken.last, broken.error)]
        return [*parts, broken]

    def _cut_definitions(self, parts: Sequence[ast.stmt | BrokenPiece], width: int) -> Iterator[int]:
        """The class or function shortly above to which lines of this indentation may belong, the outer one first."""
        inner = -1
        for index in range(len(parts) - 1, max(len(parts) - 1 - MAX_ASTRAY, -1), -1):
            part = parts[index]
            if isinstance(part, BrokenPiece) and any(map(DEFINITION.match, self._lines[part.first - 1 : part.last])):
                break
            if isinstance(part, ast.ClassDef) and (inner < 0 or part.body[0].col_offset <= width):
                yield index
            if isinstance(part, DEFINITIONS):
                if inner >= 0 or isinstance(part, ast.ClassDef):
                    break
                inner = index
                if part.body[0].col_offset <= width:
                    break
        if inner >= 0 and not _ends(parts[inner]):
            yield inner

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
            parse(text, self._title)
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
        following = self._starts[after] if after < len(self._starts) else len(self._lines)
        position, whole = self._offsets[start], -1
        while position < len(self._text) and whole < following:
            position = line_end(self._text, position)
            whole = self._start_at.get(position, -1)
        whole = len(self._lines) if whole < following else whole
        if whole == following or self._error(self._between(start, whole)) is None:
            return whole
        if self._is_open_body(start, following):
            return following
        later = itertools.takewhile(lambda number: number < whole, itertools.islice(self._starts, after, None))
        return next((number for number in later if CUTS.match(self._lines[number])), whole)

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
        for number in code:
            if number <= conflict_end:
                continue
            goes_on = start >= 0 and self._continues(start, number)
            if number in conflicts:
                conflict_end = conflicts[number]
                goes_on = start >= 0 and _continues_in_conflict(self._lines, number, conflict_end)
            if not goes_on:
                start = number
                yield number

    def _continues(self, start: int, number: int) -> bool:
        """Whether the line belongs to the piece that starts at `start`."""
        line, head = self._lines[number], self._lines[start]
        if not CONTINUES.match(line) or not line[0].isspace():
            return bool(CONTINUES.match(line))
        if not OPENS.match(head) and not head[0].isspace() and self._head_end(start) == self._offsets[start + 1]:
            return False  # an unexpected indentation below a statement without a body
        return not (INDENTED.match(line) and _width(line) < self._body_width(start))

    def _head_end(self, start: int) -> int:
        """The end of the first logical line of a piece; computed once, since an open bracket may go on for long."""
        if start not in self._head_ends:
            self._head_ends[start] = line_end(self._text, self._offsets[start])
        return self._head_ends[start]

    def _body_width(self, start: int) -> int:
        """The indentation of the first line of a body; 0 if its head does not end."""
        first = bisect.bisect_left(self._offsets, self._head_end(start))
        lines = (self._lines[number] for number in range(first, len(self._lines)) if self._is_code(number))
        return _width(next(lines, ""))


def _ends(part: object) -> bool:
    """Whether a function ends with `return` or `raise`: lines that follow in its body would never run."""
    body = part.body if isinstance(part, (ast.FunctionDef, ast.AsyncFunctionDef)) else []
    return isinstance(body[-1], (ast.Return, ast.Raise)) if body else False


def _first_line(part: ast.stmt | BrokenPiece) -> int:
    if isinstance(part, BrokenPiece):
        return part.first
    return min(one.lineno for one in (part, *getattr(part, "decorator_list", ())))


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
