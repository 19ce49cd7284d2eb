"""Finds the definition of an exercise in the text of a submission, without running or parsing it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from autograder.model import ExerciseResult, SourceFile, Submission

MAX_LINE = 400  # characters of a line that are searched


def files_defining(exercise: str, section: str, submission: Submission) -> list[SourceFile]:
    """The files to load for an exercise, in order: a later one is needed only if the earlier ones lack a real solution.

    1. Files that seem to define the exercise, those named after the section first. Lines are searched, not parsed, so a
       method of that name is found too.
    2. Other files named after the section. They may have a syntax error, which the student should see.
    """
    name = re.escape(exercise)
    defines = re.compile(
        rf"[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+{name}\b"
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
    """One sentence for each exercise that another file defines too, to say which file counts."""
    for name, files in homes.items():
        graded = results[name].file if name in results and not results[name].not_started else ""
        others = [file.name for file in files if file.name != graded and _is_written(name, file)]
        if graded and others:
            yield f"{name} is written in {others[0]} too; the one in {graded} counts."


def _is_written(name: str, file: SourceFile) -> bool:
    """Whether the file has an unindented function or class of this name that is not a stub."""
    begins = re.compile(rf"^(?:async[ \t]+def|def|class)[ \t]+{re.escape(name)}\b", re.MULTILINE)
    for cell in file.cells:
        for found in begins.finditer(cell):
            end = re.compile(r"^(?:async|def|class|@)", re.MULTILINE).search(cell, found.end())
            if "NotImplementedError" not in cell[found.start() : end.start() if end else len(cell)]:
                return True
    return False


def definition(file: SourceFile | None, name: str) -> str:
    """The text of the last unindented definition of a name, up to the next unindented line; empty if there is none."""
    found: Sequence[str] = ()
    for cell in file.cells if file is not None else ():
        if name not in cell:
            continue
        lines = cell.splitlines()
        starts = [number for number, line in enumerate(lines) if re.match(rf"(?:def|class) {re.escape(name)}\b", line)]
        if starts:
            end = next((n for n in range(starts[-1] + 1, len(lines)) if re.match(r"[^\s#)]", lines[n])), len(lines))
            found = lines[starts[-1] : end]
            while not found[-1].strip() or found[-1].startswith("#"):
                found = found[:-1]
    return "\n".join(found)
