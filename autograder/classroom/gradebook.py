"""The nouns of a batch: students, what became of each submission, and the gradebook they make."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, get_args

from autograder.model import Grade, SourceFile

State = Literal["graded", "missing", "unreadable", "refused", "failed"]
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Student:
    """One who hands in. `key` names the result file and is unique in a batch; the rest is what is known beside it.

    `number` is the identifier of the roster. `participant` is the number that a learning platform puts into the names
    of the files that it hands out. Exports are matched by these two, which are never taken for one another: the
    matriculation number of one student may be the participant number of another.
    """

    key: str
    name: str = ""
    number: str = ""
    mail: str = ""
    participant: str = ""

    @property
    def called(self) -> str:
        """The name, or the key of who has none."""
        return self.name if self.name.strip() else self.key


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
    graded again). `problem` is a sentence on it. `sources` are the files as they were graded. Of several overrides of
    one exercise, or of the whole, the last counts.
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
    def exercises(self) -> Mapping[str, float]:
        """The points that count for each exercise: the grader's, and over them those that a person gave for it."""
        sections = self.grade.sections if self.grade else ()
        given = {result.name: result.earned for section in sections for result in section.exercises}
        return given | {override.exercise: override.points for override in self.overrides if override.exercise}

    @property
    def earned(self) -> float | None:
        """The points that count, overrides included; None where neither grader nor person has given any."""
        whole = [override.points for override in self.overrides if not override.exercise]
        if whole:
            return whole[-1]
        if self.overrides:
            return math.fsum(self.exercises.values())
        return self.grade.earned if self.grade else None

    @property
    def extra(self) -> float | None:
        """The part of `earned` that is extra credit; None where that is not known: points for the whole, or none."""
        if self.grade is None or any(not override.exercise for override in self.overrides):
            return None
        counted = self.exercises
        extra = (section for section in self.grade.sections if section.extra)
        return math.fsum(counted[result.name] for section in extra for result in section.exercises)


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
    notes: tuple[str, ...] = ()

    def percent(self, entry: Entry) -> float | None:
        """The points that count as a share of those of the exam; above 100 with extra credit, None without points."""
        if entry.earned is None or not self.points:
            return None
        return 100.0 * entry.earned / self.points
