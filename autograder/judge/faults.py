"""What goes wrong while the answers of one submission are judged: the answer counts as wrong, and a note says why."""

from __future__ import annotations

import traceback
from dataclasses import dataclass, field
from pathlib import Path

from autograder.errors import CourseError
from autograder.sandbox import SandboxError
from autograder.text import one_line

CANNOT_COMPARE = (
    "torchgrade failed to compare this answer, so it counts as wrong; if your code is right, show this to your "
    "instructor"
)
LONGEST = 300  # characters of an error's message


class ComparisonError(CourseError):
    """A comparator or measure of the course failed on an answer."""


MACHINE = SandboxError, MemoryError, OSError  # errors that say nothing about an answer


@dataclass
class Faults:
    """The errors that answers of one submission have caused, as notes for the instructor."""

    notes: list[str] = field(default_factory=list)

    def note(self, what: str, error: Exception) -> None:
        """Keep a note: `what` failed on an answer. Errors of the machine and of the course are raised again."""
        if isinstance(error, MACHINE) or (isinstance(error, CourseError) and not isinstance(error, ComparisonError)):
            raise error
        kind = "" if isinstance(error, ComparisonError) else f"{type(error).__name__}: "
        place = traceback.extract_tb(error.__traceback__)[-1]
        self.notes.append(
            f"For the instructor: {what} failed on an answer, which counts as wrong: "
            f"{kind}{one_line(str(error)[:LONGEST])} ({Path(place.filename).name}, line {place.lineno})"
        )
