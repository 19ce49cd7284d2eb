"""The author's list of mutants that are right although the edit changes the code: `right_edits.txt` of a reference.

    exercise: the reason why this is right
    -the line of the solution
    +the line in its place

An entry ends with an empty line. The lines with - and + are those that `grade lint --mutants` prints.
"""

from __future__ import annotations

from pathlib import Path

from autograder.errors import CourseError

NAME = "right_edits.txt"


def read_listed(folder: Path) -> dict[tuple[str, str], str]:
    """The reason for each pair of an exercise and a diff; empty if the reference has no list."""
    path = folder / NAME
    if not path.exists():
        return {}
    found: dict[tuple[str, str], str] = {}
    for block in path.read_text(encoding="utf-8").split("\n\n"):
        lines = [line for line in block.splitlines() if line.strip() and not line.startswith("#")]
        if not lines:
            continue
        exercise, _, reason = lines[0].partition(":")
        if not reason.strip() or len(lines) < 2 or any(line[0] not in "+-" for line in lines[1:]):
            raise CourseError(
                f"{NAME}, at {lines[0]!r}: write `exercise: the reason`, then the lines of the diff with - and +."
            )
        found[exercise.strip(), "\n".join(lines[1:])] = reason.strip()
    return found
