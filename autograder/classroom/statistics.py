"""What a gradebook says about the class and about the exam: points, checks, misconceptions, time."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from autograder.classroom.gradebook import STATES, Entry, Gradebook, State
from autograder.model import CheckResult, ExerciseResult, Grade, SectionResult, Verdict

VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
WIDTH = 10  # percent of the points that a bar of the histogram covers


@dataclass(frozen=True)
class Bar:
    """How many students have at least `low` and less than `high` percent; 100 belongs to the bar that ends there."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True)
class PointStatistics:
    """The points that count, overrides included, of all who have any. Quartiles are interpolated."""

    count: int
    mean: float
    median: float
    lower_quartile: float
    upper_quartile: float
    least: float
    most: float


@dataclass(frozen=True)
class CheckStatistics:
    """One check over all grades.

    `difficulty` is the share of students who pass it, so that an easy check has a high one. `discrimination` is the
    item-rest correlation, None where it is undefined. `verdicts` says how many students got which.
    """

    section: str
    exercise: str
    name: str
    title: str
    hidden: bool
    training: bool
    asked: int
    passed: int
    difficulty: float
    discrimination: float | None
    verdicts: Mapping[Verdict, int]


@dataclass(frozen=True)
class MisconceptionStatistics:
    """Who gave exactly the answers of a misconception; `students` are the keys."""

    exercise: str
    name: str
    hint: str
    students: tuple[str, ...]


@dataclass(frozen=True)
class TimeStatistics:
    """Seconds of grading: all of it, the middle one, and the slowest students with theirs."""

    total: float
    median: float
    slowest: tuple[tuple[str, float], ...]


@dataclass(frozen=True)
class Statistics:
    """The class at a glance; `points` and `time` are None where there is nothing to count."""

    states: Mapping[State, int]
    points: PointStatistics | None
    histogram: tuple[Bar, ...]
    checks: tuple[CheckStatistics, ...]
    misconceptions: tuple[MisconceptionStatistics, ...]
    time: TimeStatistics | None

    @property
    def passed_by_all(self) -> tuple[CheckStatistics, ...]:
        return tuple(check for check in self.checks if check.passed == check.asked)

    @property
    def passed_by_none(self) -> tuple[CheckStatistics, ...]:
        return tuple(check for check in self.checks if not check.passed)


def statistics_of(gradebook: Gradebook) -> Statistics:
    """The statistics of a gradebook: points over all who have any, checks over all who have a grade."""
    states = Counter(entry.state for entry in gradebook.entries)
    grades = [entry.grade for entry in gradebook.entries if entry.grade]
    return Statistics(
        states={state: states[state] for state in STATES},
        points=_points([entry.earned for entry in gradebook.entries if entry.earned is not None]),
        histogram=_histogram(gradebook),
        checks=tuple(_checks(grades)),
        misconceptions=_misconceptions(gradebook.entries),
        time=_time(gradebook.entries),
    )


def _points(earned: Sequence[float]) -> PointStatistics | None:
    if not earned:
        return None
    lower, median, upper = _quartiles(earned)
    mean = math.fsum(earned) / len(earned)
    return PointStatistics(len(earned), mean, median, lower, upper, min(earned), max(earned))


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Method 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996: numpy's and R's default."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, median, upper


def _histogram(gradebook: Gradebook) -> tuple[Bar, ...]:
    """Bars of ten percent each, and one for who has more than all points, if somebody has."""
    percents = [percent for percent in map(gradebook.percent, gradebook.entries) if percent is not None]
    last = 100 // WIDTH - 1
    above = sum(_above(percent) for percent in percents)
    counts = Counter(max(0, min(last, int(percent // WIDTH))) for percent in percents if not _above(percent))
    bars = [Bar(place * WIDTH, (place + 1) * WIDTH, counts[place]) for place in range(last + 1)]
    return (*bars, Bar(100, None, above)) if above else tuple(bars)


def _above(percent: float) -> bool:
    return round(percent, 6) > 100


def _checks(grades: Sequence[Grade]) -> Iterator[CheckStatistics]:
    """In the order in which they are first met; grades of other exams may hold other checks."""
    found: dict[tuple[str, str], list[tuple[Grade, SectionResult, CheckResult]]] = {}
    for grade in grades:
        for section, exercise, check in _each(grade):
            found.setdefault((exercise.name, check.name), []).append((grade, section, check))
    for (exercise_name, name), rows in found.items():
        _, section, first = rows[0]
        counts = Counter(check.verdict for _, _, check in rows)
        passes = [float(check.verdict == "passed") for _, _, check in rows]
        rest = [grade.earned - check.earned for grade, _, check in rows]
        yield CheckStatistics(
            section=section.name,
            exercise=exercise_name,
            name=name,
            title=first.title,
            hidden=first.hidden,
            training=any(check.attempts for _, _, check in rows),
            asked=len(rows),
            passed=round(sum(passes)),
            difficulty=sum(passes) / len(rows),
            discrimination=correlation(passes, rest),
            verdicts={verdict: counts[verdict] for verdict in VERDICTS if counts[verdict]},
        )


def correlation(passes: Sequence[float], rest: Sequence[float]) -> float | None:
    """Pearson's correlation of passing a check (0 or 1) with the points of all others; None where one never varies.

    This is the item-rest correlation, also called the corrected item-total or point-biserial correlation. The check's
    own points are left out, because with them every check would seem to discriminate. Above 0.4 is good, below 0.2
    poor, negative a sign that the check is wrong; with fewer than some 30 students it means little.

    Source: Henrysson, "Correction of item-total correlations in item analysis", Psychometrika 28, 1963; the limits
    are those of Ebel and Frisbie, "Essentials of Educational Measurement", 1991.
    """
    count = len(passes)
    if count < 2:
        return None
    mean_pass, mean_rest = math.fsum(passes) / count, math.fsum(rest) / count
    passing = [value - mean_pass for value in passes]
    resting = [value - mean_rest for value in rest]
    spread = math.sqrt(math.fsum(value * value for value in passing) * math.fsum(value * value for value in resting))
    if spread < 1e-9:  # sums of points differ in their last bits
        return None
    return math.fsum(a * b for a, b in zip(passing, resting, strict=True)) / spread


def _misconceptions(entries: Sequence[Entry]) -> tuple[MisconceptionStatistics, ...]:
    """The most frequent first, of equals that which is met first."""
    hints: dict[tuple[str, str], str] = {}
    students: dict[tuple[str, str], dict[str, None]] = {}
    for entry in entries:
        for _, exercise, check in _each(entry.grade) if entry.grade else ():
            if check.misconception:
                named = exercise.name, check.misconception
                hints.setdefault(named, check.hint)
                students.setdefault(named, {})[entry.student.key] = None
    ranked = sorted(students.items(), key=lambda item: -len(item[1]))
    return tuple(MisconceptionStatistics(*named, hints[named], tuple(keys)) for named, keys in ranked)


def _time(entries: Sequence[Entry], shown: int = 5) -> TimeStatistics | None:
    spent = [(entry.student.key, entry.grade.seconds) for entry in entries if entry.grade]
    if not spent:
        return None
    seconds = [second for _, second in spent]
    slowest = sorted(spent, key=lambda item: -item[1])[:shown]
    return TimeStatistics(math.fsum(seconds), statistics.median(seconds), tuple(slowest))


def _each(grade: Grade) -> Iterator[tuple[SectionResult, ExerciseResult, CheckResult]]:
    for section in grade.sections:
        for exercise in section.exercises:
            for check in exercise.checks:
                yield section, exercise, check
