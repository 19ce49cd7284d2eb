"""Statistics of a gradebook: points, checks, misconceptions and grading time."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from autograder.classroom.distribution import Bar, PointStatistics, correlation, histogram, points_of
from autograder.classroom.gradebook import STATES, Entry, Gradebook, State
from autograder.model import CheckResult, ExerciseResult, Grade, SectionResult, Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)


@dataclass(frozen=True)
class ExerciseStatistics:
    """The points of an exercise over all grades that hold it, untouched stubs included; see `CheckStatistics`."""

    section: str
    exercise: str
    worth: float
    written: int
    full: int
    points: PointStatistics
    discrimination: float | None


@dataclass(frozen=True)
class CheckStatistics:
    """One check over all grades.

    `total` is the number of grades that hold the check. `difficulty` is the share of them that pass it; following the
    convention of item analysis, an easy check has a high difficulty. `discrimination` is the item-rest correlation, or
    None where that is undefined. `written` is the number of students who wrote the exercise, and `verdicts` counts each
    verdict on these.
    """

    section: str
    exercise: str
    name: str
    title: str
    hidden: bool
    training: bool
    total: int
    passed: int
    difficulty: float
    discrimination: float | None
    verdicts: Mapping[Verdict, int]
    written: int


@dataclass(frozen=True)
class MisconceptionStatistics:
    """A misconception and the keys of the students whose answers are exactly those of it."""

    exercise: str
    name: str
    hint: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class OptionStatistics:
    """What some students answer to a question, and the hint that it earns; the empty text is no short answer."""

    text: str
    count: int
    right: bool
    hint: str


@dataclass(frozen=True)
class QuestionStatistics:
    """A check of a variable, such as a question of a quiz, and what the class answers in the order of the texts."""

    exercise: str
    name: str
    title: str
    total: int
    options: tuple[OptionStatistics, ...]


@dataclass(frozen=True)
class TimeStatistics:
    """Seconds of grading: the total, the median per student, and the keys of the slowest students."""

    total: float
    median: float
    slowest: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Statistics:
    """All statistics of a class; `points` is None if nobody has points, and `time` if nobody has a grade."""

    states: Mapping[State, int]
    points: PointStatistics | None
    histogram: tuple[Bar, ...]
    exercises: tuple[ExerciseStatistics, ...]
    checks: tuple[CheckStatistics, ...]
    misconceptions: tuple[MisconceptionStatistics, ...]
    questions: tuple[QuestionStatistics, ...]
    time: TimeStatistics | None

    @property
    def passed_by_all(self) -> tuple[CheckStatistics, ...]:
        return tuple(check for check in self.checks if check.passed == check.total)

    @property
    def passed_by_none(self) -> tuple[CheckStatistics, ...]:
        """Without the checks of exercises that nobody wrote."""
        return tuple(check for check in self.checks if check.written and not check.passed)

    @property
    def not_written(self) -> tuple[str, ...]:
        """The exercises that nobody wrote."""
        return tuple(dict.fromkeys(check.exercise for check in self.checks if not check.written))


def statistics_of(gradebook: Gradebook) -> Statistics:
    """Compute the statistics of a gradebook; points from overrides count without a grade too."""
    states = Counter(entry.state for entry in gradebook.entries)
    grades = [entry.grade for entry in gradebook.entries if entry.grade]
    return Statistics(
        states={state: states[state] for state in STATES},
        points=points_of([entry.earned for entry in gradebook.entries if entry.earned is not None]),
        histogram=histogram(gradebook),
        exercises=tuple(_exercises(grades)),
        checks=tuple(_checks(grades)),
        misconceptions=_misconceptions(gradebook.entries),
        questions=tuple(_questions(grades)),
        time=_time(gradebook.entries),
    )


def _exercises(grades: Sequence[Grade]) -> Iterator[ExerciseStatistics]:
    """Yield the exercises in order of first appearance."""
    found: dict[str, list[tuple[Grade, SectionResult, ExerciseResult]]] = {}
    for grade in grades:
        for section in grade.sections:
            for exercise in section.exercises:
                found.setdefault(exercise.name, []).append((grade, section, exercise))
    for name, rows in found.items():
        _, section, first = rows[0]
        earned = [exercise.earned for *_, exercise in rows]
        numbers = points_of(earned)
        assert numbers is not None
        yield ExerciseStatistics(
            section=section.name,
            exercise=name,
            worth=first.points,
            written=sum(_is_written(exercise) for *_, exercise in rows),
            full=sum(exercise.earned >= exercise.points for *_, exercise in rows),
            points=numbers,
            discrimination=correlation(earned, [grade.earned - exercise.earned for grade, _, exercise in rows]),
        )


def _is_written(exercise: ExerciseResult) -> bool:
    return not (exercise.absent or exercise.not_started)


def _checks(grades: Sequence[Grade]) -> Iterator[CheckStatistics]:
    """Yield the checks in order of first appearance; grades of other exams may hold other checks."""
    found: dict[tuple[str, str], list[tuple[Grade, SectionResult, ExerciseResult, CheckResult]]] = {}
    for grade in grades:
        for section, exercise, check in _all_checks(grade):
            found.setdefault((exercise.name, check.name), []).append((grade, section, exercise, check))
    for (exercise_name, name), rows in found.items():
        _, section, _, first = rows[0]
        of_written = [check for _, _, exercise, check in rows if _is_written(exercise)]
        counts = Counter(check.verdict for check in of_written)
        passes = [float(check.verdict == "passed") for *_, check in rows]
        rest = [grade.earned - check.earned for grade, *_, check in rows]
        yield CheckStatistics(
            section=section.name,
            exercise=exercise_name,
            name=name,
            title=first.title,
            hidden=first.hidden,
            training=any(check.attempts for *_, check in rows),
            total=len(rows),
            passed=round(sum(passes)),
            difficulty=sum(passes) / len(rows),
            discrimination=correlation(passes, rest),
            verdicts={verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]},
            written=len(of_written),
        )


def _misconceptions(entries: Sequence[Entry]) -> tuple[MisconceptionStatistics, ...]:
    """List the most frequent misconceptions first."""
    hints: dict[tuple[str, str], str] = {}
    students: dict[tuple[str, str], dict[str, None]] = {}
    for entry in entries:
        for _, exercise, check in _all_checks(entry.grade) if entry.grade else ():
            if check.misconception:
                pair = exercise.name, check.misconception
                hints.setdefault(pair, check.hint)
                students.setdefault(pair, {})[entry.student.key] = None
    ranked = sorted(students.items(), key=lambda item: -len(item[1]))
    return tuple(MisconceptionStatistics(*pair, hints[pair], tuple(keys)) for pair, keys in ranked)


def _questions(grades: Sequence[Grade]) -> Iterator[QuestionStatistics]:
    """Yield the checks for which somebody gave a short answer; upper and lower case are the same answer."""
    found: dict[tuple[str, str], list[CheckResult]] = {}
    for grade in grades:
        for _, exercise, check in _all_checks(grade):
            found.setdefault((exercise.name, check.name), []).append(check)
    for (exercise_name, name), checks in found.items():
        if not any(check.given for check in checks):
            continue
        by_text: dict[str, list[CheckResult]] = {}
        for check in checks:
            by_text.setdefault(check.given.casefold(), []).append(check)
        options = (
            OptionStatistics(
                text=same[0].given,
                count=len(same),
                right=any(check.verdict == "passed" for check in same),
                hint=next((check.hint for check in same if check.hint), ""),
            )
            for text, same in sorted(by_text.items(), key=lambda item: (not item[0], item[0]))
        )
        yield QuestionStatistics(exercise_name, name, checks[0].title, len(checks), tuple(options))


def _time(entries: Sequence[Entry], count: int = 5) -> TimeStatistics | None:
    times = [(entry.student.key, entry.grade.seconds) for entry in entries if entry.grade]
    if not times:
        return None
    seconds = [second for _, second in times]
    slowest = sorted(times, key=lambda item: -item[1])[:count]
    return TimeStatistics(math.fsum(seconds), statistics.median(seconds), tuple(slowest))


def _all_checks(grade: Grade) -> Iterator[tuple[SectionResult, ExerciseResult, CheckResult]]:
    for section in grade.sections:
        for exercise in section.exercises:
            for check in exercise.checks:
                yield section, exercise, check
