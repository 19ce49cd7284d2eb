"""The nouns of a batch: students, what became of each submission, and the gradebook they make."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from autograder.model import Grade, SourceFile

State = Literal["graded", "missing", "unreadable", "refused", "failed"]


@dataclass(frozen=True)
class Student:
    """One who hands in. `key` names the result file and is unique in a batch; the rest is what is known beside it.

    `number` is the identifier of the roster or the learning platform, which exports are matched by.
    """

    key: str
    name: str = ""
    number: str = ""
    mail: str = ""


@dataclass(frozen=True)
class Override:
    """Points that a person gives instead of the grader: for one exercise, or for the whole if it names none."""

    exercise: str
    points: float
    reason: str


@dataclass(frozen=True)
class Entry:
    """One row of the gradebook.

    `state` is `graded`, or why there is no grade: `missing` (on the roster, nothing handed in), `unreadable` (nothing
    in it can be read), `refused` (ambiguous: two submissions of one student), `failed` (the grader itself failed; to be
    graded again). `problem` is a sentence on it. `sources` are the files as they were graded.
    """

    student: Student
    state: State
    grade: Grade | None = None
    problem: str = ""
    overrides: tuple[Override, ...] = ()
    sources: tuple[SourceFile, ...] = ()

    @property
    def graded(self) -> float:
        """The points that the grader gave; 0 without a grade."""
        return self.grade.earned if self.grade else 0.0

    @property
    def earned(self) -> float | None:
        """The points that count, overrides included; None where neither grader nor person has given any."""
        whole = [override.points for override in self.overrides if not override.exercise]
        if whole:
            return whole[-1]
        if self.grade is None:
            return sum(override.points for override in self.overrides) if self.overrides else None
        changed = {override.exercise: override.points for override in self.overrides}
        results = (result for section in self.grade.sections for result in section.exercises)
        return sum(changed.get(result.name, result.earned) for result in results)


@dataclass(frozen=True)
class Gradebook:
    """All grades of a batch, in the order of the students' keys.

    `exercises` are the names and points of the exam in teaching order; `points` are those of the exam without extra
    credit.
    """

    assignment: str
    title: str
    points: float
    exercises: tuple[tuple[str, float], ...]
    entries: tuple[Entry, ...]
    seed: int = 0
    digest: str = ""
    isolation: str = ""
    notes: tuple[str, ...] = field(default_factory=tuple)
