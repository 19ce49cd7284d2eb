"""Where in a submission an exercise is written: looked for in the text, which nobody runs or parses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from autograder.model import ExerciseResult, SourceFile, Submission

LONGEST_LINE = 400  # characters of a line that a definition is looked for in


def find_files(exercise: str, section: str, submission: Submission) -> list[SourceFile]:
    """The files that define an exercise, the section's own first; then the section's own where none of it is seen.

    A definition is looked for in the text, line by line; nothing is parsed, so a method of that name is found too.
    The next file is asked only where the exercise is not started in the one before (stubs beside a notebook), or
    turns out not to be there. The section's own may be broken before the definition, which is then told.
    """
    name = re.escape(exercise)
    defines = re.compile(
        rf"[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+{name}\b"
        rf"|[\w \t,=*()\[\]]*\b{name}\b[\w \t,*()\[\]]*[:=]"
        rf"|(?:from|import)\b.*\b{name}\b"
    )

    def defined_in(file: SourceFile) -> bool:
        lines = (line for cell in file.cells if exercise in cell for line in cell.splitlines() if exercise in line)
        return any(defines.match(line[:LONGEST_LINE]) for line in lines)

    own = [file for file in submission.files if file.module == section and not file.is_notebook]
    found = [file for file in submission.files if defined_in(file)]
    return [*sorted(found, key=lambda file: file not in own), *(file for file in own if file not in found)]


def duplicate_notes(homes: Mapping[str, list[SourceFile]], results: Mapping[str, ExerciseResult]) -> Iterable[str]:
    """A sentence for each exercise that is written in another file as well, which does not count."""
    for name, files in homes.items():
        counts = results[name].file if name in results and not results[name].not_started else ""
        others = [file.name for file in files if file.name != counts and _is_written(name, file)]
        if counts and others:
            yield f"{name} is written in {others[0]} too; the one in {counts} counts."


def _is_written(name: str, file: SourceFile) -> bool:
    """Whether a function or class at the margin has a body that is not a stub's."""
    begins = re.compile(rf"^(?:async[ \t]+def|def|class)[ \t]+{re.escape(name)}\b", re.MULTILINE)
    for cell in file.cells:
        for found in begins.finditer(cell):
            end = re.compile(r"^(?:async|def|class|@)", re.MULTILINE).search(cell, found.end())
            if "NotImplementedError" not in cell[found.start() : end.start() if end else len(cell)]:
                return True
    return False


def definition(file: SourceFile | None, name: str) -> str:
    """The text of the last definition of a name at the left margin, up to the next line that begins there; or ""."""
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
