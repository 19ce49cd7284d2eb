"""Finds the definition of an exercise in the text of a submission, without running or parsing it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from itertools import islice

from autograder.model import ExerciseResult, SourceFile, Submission
from autograder.sandbox.inside.lines import line_end
from autograder.submission.blocks import STRINGS_AND_COMMENTS, blocks_of, definition_blocks
from autograder.suggest import likely_intended

MAX_NAMES = 1000  # of functions and classes that may be misspelt
MAX_LINE = 400  # characters of a line that are searched
STUB_BODIES = ["raise NotImplementedError()"], ["raise NotImplementedError"]


def files_defining(exercise: str, section: str, submission: Submission) -> list[SourceFile]:
    """The files to load for an exercise, in order: a later one is needed only if the earlier ones lack a real solution.

    1. Files that seem to define the exercise, those named after the section first. Lines are searched, not parsed, so a
       method of that name is found too.
    2. Other files named after the section. They may have a syntax error, which the student should see.
    """
    name = re.escape(exercise)
    defines = re.compile(
        rf"[ \t]*(?:(?:async[ \t]+)?(?i:def|class))[ \t]+{name}\b"
        rf"|[\w \t,=*()\[\]]*\b{name}\b[\w \t,*()\[\]]*[:=]"
        rf"|(?:from|import)\b.*\b{name}\b"
    )

    def defined_in(file: SourceFile) -> bool:
        lines = (line for cell in file.cells if exercise in cell for line in cell.splitlines() if exercise in line)
        return any(defines.match(line[:MAX_LINE]) for line in lines)

    own = [file for file in submission.files if file.module == section and not file.is_notebook]
    found = [file for file in submission.files if defined_in(file)]
    return [*sorted(found, key=lambda file: file not in own), *(file for file in own if file not in found)]


def duplicate_notes(homes: Mapping[str, list[SourceFile]], results: Mapping[str, ExerciseResult]) -> Iterable[str]:
    """One sentence for each file that defines exercises which count in another one."""
    twice: dict[str, dict[str, str]] = {}  # other file -> exercise -> the file that counts
    for name, files in homes.items():
        graded = results[name].file if name in results and not results[name].not_started else ""
        others = [file.name for file in files if file.name != graded and _is_written(name, file)]
        if graded and others:
            twice.setdefault(others[0], {})[name] = graded
    for other, counting in twice.items():
        name, *more = counting
        if not more:
            yield f"{name} is written in {other} too; the one in {counting[name]} counts."
        else:
            places = ", ".join(dict.fromkeys(counting.values()))
            yield f"{len(counting)} exercises, such as {name}, are written in {other} too; those in {places} count."


def misspelt(exercises: Collection[str], submission: Submission) -> dict[str, tuple[str, SourceFile]]:
    """The written function or class of which an exercise is probably the intended name, with its file, by exercise.

    `exercises` are the names of all exercises; none of them is a misspelt one.
    """
    written: dict[str, SourceFile] = {}
    for file in submission.files:
        for lines in (cell.split("\n") for cell in file.cells):
            blocks = ((name, lines[span.start : span.stop]) for name, span in definition_blocks(lines))
            for name in (name for name, block in blocks if name not in exercises and _has_body("\n".join(block))):
                written.setdefault(name, file)
    intended = {name: likely_intended(name, exercises) for name in islice(written, MAX_NAMES)}
    return {exercise: (name, written[name]) for name, exercise in reversed(intended.items()) if exercise}


def _has_body(block: str) -> bool:
    """Whether a definition does anything: it is no stub, and not only a docstring, `pass` or `...`."""
    code = STRINGS_AND_COMMENTS.sub("", block)
    body = code[line_end(code, 0) :].split() or code.rpartition(":")[2].split()
    return "NotImplementedError" not in code and not set(body) <= {"pass", "..."}


def _is_written(name: str, file: SourceFile) -> bool:
    """Whether the file has an unindented function or class of this name that is not a stub."""
    return any("NotImplementedError" not in block for cell in file.cells for block in blocks_of(cell, name))


def is_stub(name: str, file: SourceFile) -> bool:
    """Whether each function of this name in the file does nothing but `raise NotImplementedError()`."""
    blocks = [STRINGS_AND_COMMENTS.sub("", block) for cell in file.cells for block in blocks_of(cell, name)]
    return bool(blocks) and all(_body(block) in STUB_BODIES for block in blocks)


def _body(code: str) -> list[str]:
    """The lines below the header of a function; all lines of anything else."""
    lines = [line.strip() for line in code.split("\n") if line.strip()]
    header = next((number for number, line in enumerate(lines) if line.endswith(":")), -1)
    return lines[header + 1 :] if lines[0].startswith("def ") else lines


def definition(file: SourceFile | None, name: str) -> str:
    """The text of the last unindented definition of a name; empty if there is none."""
    cells = file.cells if file is not None else ()
    return next((block for cell in reversed(cells) for block in reversed(blocks_of(cell, name))), "")


def without_lines(file: SourceFile, left_out: Iterable[tuple[str, int, int]]) -> SourceFile:
    """The file with these lines empty: (title of the file or cell, first line, last line).

    They cannot be parsed. An open string in them would hide the code below them.
    """
    cells = [cell.split("\n") for cell in file.cells]
    titles = {title_of(file, number): lines for number, lines in enumerate(cells)}
    for title, first, last in left_out:
        lines = titles.get(title, [])
        lines[max(first - 1, 0) : last] = [""] * len(lines[max(first - 1, 0) : last])
    return replace(file, cells=tuple("\n".join(lines) for lines in cells)) if left_out else file


def title_of(file: SourceFile, cell: int) -> str:
    """The name that messages have for a cell, counted from 0."""
    return f"{file.name} cell {cell + 1}" if file.is_notebook else file.name
