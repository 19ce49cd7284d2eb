"""Digests of the code of each exercise, which show whether a student has changed it since it passed.

The code of an exercise is what binds its name in any file, what binds the names in this code, and so on: helpers,
constants, imports, other exercises. The digest of a whole file would be simpler. But in a notebook, one changed cell
would then make all exercises look changed. Comments, blank lines and the place of the code do not count.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.model import SourceFile, Submission
from autograder.submission.blocks import CONTINUES, DEFINITION, STRINGS_AND_COMMENTS

IMPORT = re.compile(r"^[ \t]*(?:from\b.*\b)?import\b(.*(?:\n[ \t)].*)*)", re.M)
STARRED = re.compile(r"^[ \t]*from[ \t]+\.?(\w+)[ \t]+import[ \t]*\*", re.M)
ASSIGNED = re.compile(r"^([^=\n]*?)(?:[-+*/%@&|^]|//|\*\*|<<|>>)?=(?!=)", re.M)
HEAD = re.compile(r"(?s)\bdef\b[^(]*\((.*?)\)[^()]*:")
BINDS = re.compile(r"\bfor[ \t]+([\w, \t]+)\bin\b|(\w+)[ \t]*=(?!=)")
WORD = re.compile(r"[^\W\d]\w*")


def code_digests(submission: Submission, exercises: Collection[str]) -> dict[str, str]:
    """SHA-256 of the code of each exercise that the files define, in hexadecimal."""
    files = [_File(file.module, _bound(file), STARRED.findall("\n".join(file.cells))) for file in submission.files]
    codes = {name: _code(name, files) for name in exercises}
    return {name: _digest(code) for name, code in codes.items() if code}


@dataclass(frozen=True)
class _File:
    """The statements of a file by the names that they bind, and the modules of which it imports everything."""

    module: str
    bound: Mapping[str, Collection[str]]
    starred: Collection[str]


def _bound(file: SourceFile) -> dict[str, set[str]]:
    bound: dict[str, set[str]] = {}
    for statement in (statement for cell in file.cells for statement in _statements(cell)):
        for name in _names_bound(statement):
            bound.setdefault(name, set()).add(statement)
    return bound


def _code(exercise: str, files: Sequence[_File]) -> set[str]:
    """The statements that bind the exercise, and those that they use; an import leads to another file."""
    left = [(file, exercise) for file in files]
    searched: set[tuple[int, str]] = set()
    found: set[str] = set()
    while left:
        file, name = left.pop()
        if (id(file), name) in searched:
            continue
        searched.add((id(file), name))
        left += [(other, name) for other in files if other.module in file.starred]
        for statement in file.bound.get(name, ()):
            found.add(statement)
            left += [(file, used) for used in _names_used(statement)]
            if IMPORT.search(statement):
                left += _imported(statement, files)
    return found


def _imported(statement: str, files: Sequence[_File]) -> Iterator[tuple[_File, str]]:
    """What an import takes from the student's files: the names in it, or all of a module that it names alone."""
    words = set(WORD.findall(statement))
    for file in files:
        if file.module in words:
            yield from ((file, name) for name in (words & file.bound.keys() or file.bound))


def _digest(code: set[str]) -> str:
    return hashlib.sha256(json.dumps(sorted(code)).encode()).hexdigest()


def _statements(cell: str) -> Iterator[str]:
    """The unindented statements, decorators included, without comments and blank lines."""
    lines: list[str] = []
    for line in map(str.rstrip, STRINGS_AND_COMMENTS.sub(_in_one_line, cell).split("\n")):
        if line and lines and line[0] not in CONTINUES and not lines[-1].startswith("@"):
            yield "\n".join(lines)
            lines = []
        lines += [line] if line else []
    if lines:
        yield "\n".join(lines)


def _in_one_line(found: re.Match[str]) -> str:
    return "" if found[0].startswith("#") else found[0].replace("\n", "\\n")


def _names_bound(statement: str) -> set[str]:
    definition = next((found for line in statement.split("\n") if (found := DEFINITION.match(line))), None)
    if definition:
        return {definition[1]}
    texts = [found[1] for pattern in (IMPORT, ASSIGNED) for found in pattern.finditer(statement)]
    return {word for text in texts for word in WORD.findall(text)}


def _names_used(statement: str) -> set[str]:
    """The words in a statement; without its own variables and parameters, if it is a function or a class.

    An experiment in a notebook that binds `x` has nothing to do with a function that has a variable `x`.
    """
    words = set(WORD.findall(statement))
    if not any(map(DEFINITION.match, statement.split("\n"))):
        return words
    own = {word for found in HEAD.finditer(statement) for word in WORD.findall(re.sub(r"=[^,]*", "", found[1]))}
    own |= {word for found in BINDS.finditer(statement) for word in WORD.findall(found[1] or found[2])}
    return words - own
