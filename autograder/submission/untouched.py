"""Finds the exercises of which a submission holds only the stub, without running or parsing it.

They need not be asked. In doubt an exercise is not one of them, and its code decides when it runs.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from autograder.model import SourceFile, Submission
from autograder.submission.blocks import CONTINUES, STRINGS_AND_COMMENTS, definition_blocks

HEADER = re.compile(r"(?:async[ \t]+)?\b(?:def|class)[ \t]+\w+[ \t]*(?:\((?:[^()]|\([^()]*\))*\))?[^:\n]*:")
RAISES = "raise NotImplementedError()", "raise NotImplementedError"
NOTHING = {*RAISES, "super().__init__()"}
REACHES = re.compile(  # names by which code can give another name a value without writing that name
    r"\b(?:\w*globals\w*|\w*locals\w*|vars|exec|eval|compile|[gsd]e[tl]attr|sys|importlib|inspect|builtins|ctypes|gc"
    r"|get_ipython)\b|__(?!init__\b)\w+__|\bimport[ \t]+\*|^[ \t]*[%!]",
    re.M,
)
ASKS = re.compile(r"^check\(\)$", re.M)  # as in the cells of a notebook that is handed out
IMPORTS = re.compile(r"(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+(?:\([\w\s,]*\)|[\w., \t]+)")


def untouched_exercises(exercises: Collection[str], submission: Submission) -> frozenset[str]:
    """The exercises that are defined, and only by stubs that nobody has changed, in all files of the submission."""
    codes = [_code(cell) for file in submission.files for cell in file.cells]
    if any(map(REACHES.search, codes)):
        return frozenset()
    stubs: dict[str, int] = {}
    for name in (name for code in codes for name, _ in _stubs(code)):
        stubs[name] = stubs.get(name, 0) + 1
    names = stubs.keys() & exercises
    words: dict[str, int] = {}
    for word in (word for code in codes for word in re.findall(r"\w+", code) if word in names):
        words[word] = words.get(word, 0) + 1
    return frozenset(name for name in names if words[name] == stubs[name])


def is_untouched(file: SourceFile) -> bool:
    """Whether a file holds nothing but stubs, imports and `check()`, so that loading it would show nothing."""
    for code in map(_code, file.cells):
        lines = code.split("\n")
        for _, span in _stubs(code):
            lines[span.start : span.stop] = [""] * len(span)
        if ASKS.sub("", IMPORTS.sub("", "\n".join(lines))).strip():
            return False
    return True


def _code(cell: str) -> str:
    """The cell without comments, and without what stands in strings; with the same lines."""
    return STRINGS_AND_COMMENTS.sub(lambda found: "\n" * found[0].count("\n"), cell)


def _stubs(code: str) -> Iterator[tuple[str, range]]:
    """The undecorated definitions that do nothing but raise `NotImplementedError`, with their lines."""
    lines = code.split("\n")
    for name, span in definition_blocks(lines):
        above = (line for line in reversed(lines[: span.start]) if line.strip() and line[0] not in CONTINUES)
        body = HEADER.sub("", "\n".join(lines[span.start : span.stop])).split("\n")
        statements = {line.strip() for line in body if line.strip()}
        if not next(above, "").startswith("@") and statements & {*RAISES} and statements <= NOTHING:
            yield name, span
