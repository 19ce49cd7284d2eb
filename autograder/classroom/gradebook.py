"""The nouns of a batch: students, overrides, entries, and the gradebook that holds them."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Literal, get_args

from autograder.classroom.last_run import LastRun
from autograder.classroom.times import HandedIn
from autograder.grading import may_cost_points
from autograder.model import Grade, SourceFile
from autograder.text import points

State = Literal["graded", "missing", "unreadable", "refused", "failed"]
MAX_NAMED = 3  # files in a sentence
STATES: tuple[State, ...] = get_args(State)


@dataclass(frozen=True)
class Student:
    """One student; `key` is unique in a batch and names the result file.

    `number` is the identifier of the roster. `participant` is the number that a learning platform writes into the
    names of downloaded files. Exports match students by both. The two are never mixed: one student's matriculation
    number may be another student's participant number. `handed_in` is the time of hand-in as the roster says it; only
    students of a roster have it.
    """

    key: str
    name: str = ""
    number: str = ""
    mail: str = ""
    participant: str = ""
    handed_in: str = ""

    @property
    def display_name(self) -> str:
        """The name, or the key of a student without a name."""
        return self.name if self.name.strip() else self.key


@dataclass(frozen=True)
class Override:
    """Points that a person gives instead of the grader; an empty `exercise` means the whole assignment."""

    exercise: str
    points: float
    reason: str


@dataclass(frozen=True)
class Comment:
    """What a person writes to a student; an empty `exercise` means the whole assignment."""

    exercise: str
    text: str


@dataclass(frozen=True)
class Upload:
    """One of several uploads of a student; `counts` is the best one.

    `exercises` are the points of each exercise. `final` are the points after the policy, without overrides.
    """

    files: tuple[SourceFile, ...]
    digest: str
    earned: float
    counts: bool
    exercises: Mapping[str, float] = field(default_factory=dict)
    handed_in: HandedIn | None = None
    final: float | None = None


@dataclass(frozen=True)
class Final:
    """The points after the policy of `course.toml`, and one sentence that says how they follow from those earned.

    `penalty` is in the points of `points`. `late` is how long after the deadline the work was handed in; None if it
    was in time, or if that is unknown. `doubt` says why a person must decide on the lateness. `handed_in` is the time
    of hand-in in the zone of the course.
    """

    points: float
    penalty: float = 0.0
    late: timedelta | None = None
    reason: str = ""
    doubt: str = ""
    handed_in: str = ""


@dataclass(frozen=True)
class Entry:
    """One row of the gradebook.

    `state` is `graded`, or the reason for having no grade: `missing` (on the roster, but nothing submitted),
    `unreadable` (no file can be read), `refused` (two submissions of one student), `failed` (the grader itself failed;
    the next batch tries again). `problem` explains the state in one sentence. `sources` are the graded files. If
    several overrides name the same exercise, or the whole, the last one counts. `came_as` are the names of the files
    and folders that came in; a platform finds the student by them when feedback is uploaded. `final` is what the policy
    of `course.toml` makes of the points; None without a policy or without points. `graded_at` is when the grader ended,
    in UTC, such as `2026-11-30T22:59:00`; earlier versions of torchgrade stored none. `uploads` are all uploads, the
    oldest first, where the best of several counts.
    """

    student: Student
    state: State
    grade: Grade | None = None
    problem: str = ""
    overrides: tuple[Override, ...] = ()
    sources: tuple[SourceFile, ...] = ()
    came_as: tuple[str, ...] = ()
    handed_in: HandedIn | None = None
    final: Final | None = None
    comments: tuple[Comment, ...] = ()
    graded_at: str = ""
    uploads: tuple[Upload, ...] = ()

    @property
    def grader_points(self) -> float:
        """The points from the grader, without overrides; 0 without a grade."""
        return self.grade.earned if self.grade else 0.0

    @property
    def needs_a_look(self) -> tuple[str, ...]:
        """Sentences about what was not read, not run or not chosen; a person decides whether that is fair."""
        notes = (note for note in self.grade.notes if may_cost_points(note)) if self.grade else ()
        more = [self._nothing_written, self.problem, self.final.doubt if self.final else ""]
        return (*notes, *filter(None, more))

    @property
    def _nothing_written(self) -> str:
        """A sentence on files without a written exercise, such as the stubs or those of another assignment."""
        sections = self.grade.sections if self.grade else ()
        results = [result for section in sections for result in section.exercises]
        if not results or not all(one.absent or one.not_started or one.has_another_name for one in results):
            return ""
        if any(result.not_started for result in results):
            return "all exercises are untouched stubs"
        names = ", ".join(file.name for file in self.sources[:MAX_NAMED]) or "the files"
        return f"no exercise of {self.grade.assignment if self.grade else ''} is in {names}"

    @property
    def exercises(self) -> Mapping[str, float]:
        """The points that count for each exercise: an override, else the points from the grader."""
        sections = self.grade.sections if self.grade else ()
        from_grader = {result.name: result.earned for section in sections for result in section.exercises}
        return from_grader | {override.exercise: override.points for override in self.overrides if override.exercise}

    @property
    def earned(self) -> float | None:
        """The points that count, overrides included; None if neither the grader nor a person gave points."""
        whole = [override.points for override in self.overrides if not override.exercise]
        if whole:
            return whole[-1]
        if self.overrides:
            return math.fsum(self.exercises.values())
        return self.grade.earned if self.grade else None

    @property
    def extra(self) -> float | None:
        """The part of `earned` that is extra credit; None without a grade or with an override of the whole."""
        if self.grade is None or any(not override.exercise for override in self.overrides):
            return None
        counted = self.exercises
        extra = (section for section in self.grade.sections if section.extra)
        return math.fsum(counted[result.name] for section in extra for result in section.exercises)


@dataclass(frozen=True)
class Gradebook:
    """All entries of a batch, in the order of the students' keys.

    `exercises` are the names and points of the exam's exercises in teaching order. `points` is the total of the exam
    without extra credit. Without `training` the checks that train were not asked; `full_points` is then the total with
    them. `out_of` is the maximum of the final points; None without a policy.
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
    training: bool = True
    last_run: LastRun = LastRun()
    full_points: float | None = None
    out_of: float | None = None

    @property
    def maximum(self) -> float:
        """The points that `counted` is out of, without extra credit."""
        return self.points if self.out_of is None else self.out_of

    def counted(self, entry: Entry) -> float | None:
        """The points for other systems: after the policy where there is one, else those earned. None without points."""
        if self.out_of is None:
            return entry.earned
        return entry.final.points if entry.final else None

    @property
    def left_out(self) -> str:
        """What the points do not include, as a phrase; empty if everything was asked."""
        if self.training or self.full_points == self.points:
            return ""
        asked = f", {points(self.points)} of {points(self.full_points)} points" if self.full_points else ""
        return f"graded without the checks that train{asked}"

    def percent(self, entry: Entry) -> float | None:
        """The points that count in percent of the exam's; extra credit can lift it above 100. None without points."""
        if entry.earned is None or not self.points:
            return None
        return 100.0 * entry.earned / self.points


def gradebook_of(grade: Grade) -> Gradebook:
    """The gradebook that holds one grade alone."""
    exercises = tuple((one.name, one.points) for section in grade.sections for one in section.exercises)
    entry = Entry(Student(grade.student or "submission"), "graded", grade)
    return Gradebook(
        assignment=grade.assignment,
        title=grade.assignment,
        points=grade.points,
        exercises=exercises,
        entries=(entry,),
        seed=grade.seed,
        digest=grade.digest,
        isolation=grade.isolation.tier,
    )


def capped(gradebook: Gradebook) -> Gradebook:
    """The gradebook in which nobody has more than the maximum, for platforms that know no extra credit."""
    return replace(gradebook, entries=tuple(_at_most(gradebook, entry) for entry in gradebook.entries))


def _at_most(gradebook: Gradebook, entry: Entry) -> Entry:
    most = gradebook.maximum
    if (gradebook.counted(entry) or 0) <= most:
        return entry
    if entry.final:
        return replace(entry, final=replace(entry.final, points=most))
    return replace(entry, overrides=(*entry.overrides, Override("", most, "at most the maximum")))
