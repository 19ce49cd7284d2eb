"""Where a definition stands in a file, the file with another one in its place, and a line of a submission."""

from __future__ import annotations

import difflib
from dataclasses import dataclass, replace

from autograder.model import Repair, SourceFile, Submission
from autograder.submission import definition_blocks, title_of

LONGEST_DIFF, LONGEST_LINE = 4000, 200  # characters


@dataclass(frozen=True)
class Place:
    """A definition in a file: the lines `start` to `stop` of the cell `number`."""

    file: SourceFile
    number: int
    start: int
    stop: int

    @property
    def source(self) -> str:
        return "\n".join(self.file.cells[self.number].split("\n")[self.start : self.stop]) + "\n"

    def with_source(self, source: str) -> SourceFile:
        """The file with another definition in its place."""
        lines = self.file.cells[self.number].split("\n")
        lines[self.start : self.stop] = source.removesuffix("\n").split("\n")
        cells = [*self.file.cells]
        cells[self.number] = "\n".join(lines)
        return replace(self.file, cells=tuple(cells))

    def diff(self, source: str) -> str:
        """What changes in the cell with another definition, as a diff without names of files."""
        before, after = (file.cells[self.number].split("\n") for file in (self.file, self.with_source(source)))
        return "\n".join([*difflib.unified_diff(before, after, lineterm="", n=2)][2:])[:LONGEST_DIFF]


def line_at(submission: Submission, title: str, line: int, kind: str, layer: str = "") -> Repair | None:
    """A line of the submission as a `Repair` without edits; None if there is no such line.

    The text comes from the submission, since the place may come from a child.
    """
    for file in submission.files:
        for number, cell in enumerate(file.cells):
            lines = cell.split("\n")
            if title == title_of(file, number) and 1 <= line <= len(lines):
                return Repair(title, line, lines[line - 1][:LONGEST_LINE], 0, 0, kind, edits=0, layer=layer)
    return None


def place_of(file: SourceFile, name: str) -> Place | None:
    """The last definition of a name in a file, with its decorators."""
    found = None
    for number, cell in enumerate(file.cells):
        lines = cell.split("\n")
        for one, span in definition_blocks(lines):
            if one == name:
                start = span.start
                while start and lines[start - 1].startswith("@"):
                    start -= 1
                found = Place(file, number, start, span.stop)
    return found
