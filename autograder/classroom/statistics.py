"""Statistics of a gradebook: points, checks, misconceptions and grading time."""

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
BAR_WIDTH = 10  # percent of the points


@dataclass(frozen=True)
class Bar:
    """The number of students with `low` <= percent < `high`; 100 percent belongs to the bar that ends at 100."""

    low: int
    high: int | None
    count: int


@dataclass(frozen=True)
class PointStatistics:
    """Statistics of the points that count, overrides included. Quartiles are interpolated."""

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

    `total` is the number of grades that hold the check. `difficulty` is the share of them that pass it; following the
    convention of item analysis, an easy check has a high difficulty. `discrimination` is the item-rest correlation, or
    None where that is undefined. `verdicts` counts the students with each verdict. `written` is the number of students
    who wrote the exercise.
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
        points=_points([entry.earned for entry in gradebook.entries if entry.earned is not None]),
        histogram=_histogram(gradebook),
        checks=tuple(_checks(grades)),
        misconceptions=_misconceptions(gradebook.entries),
        questions=tuple(_questions(grades)),
        time=_time(gradebook.entries),
    )


def _points(earned: Sequence[float]) -> PointStatistics | None:
    if not earned:
        return None
    lower, median, upper = _quartiles(earned)
    mean = math.fsum(earned) / len(earned)
    return PointStatistics(len(earned), mean, median, lower, upper, min(earned), max(earned))


def _quartiles(values: Sequence[float]) -> tuple[float, float, float]:
    """Method 7 of Hyndman and Fan, "Sample Quantiles in Statistical Packages", 1996; numpy and R use it too."""
    if len(values) == 1:
        return values[0], values[0], values[0]
    lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
    return lower, median, upper


def _histogram(gradebook: Gradebook) -> tuple[Bar, ...]:
    """Count students in bars of 10 percent each; a last bar counts those above 100 percent, if there are any."""
    percents = [percent for percent in map(gradebook.percent, gradebook.entries) if percent is not None]
    last = 100 // BAR_WIDTH - 1
    above = sum(_above_100(percent) for percent in percents)
    counts = Counter(max(0, min(last, int(percent // BAR_WIDTH))) for percent in percents if not _above_100(percent))
    bars = [Bar(place * BAR_WIDTH, (place + 1) * BAR_WIDTH, counts[place]) for place in range(last + 1)]
    return (*bars, Bar(100, None, above)) if above else tuple(bars)


def _above_100(percent: float) -> bool:
    return round(percent, 6) > 100


def _checks(grades: Sequence[Grade]) -> Iterator[CheckStatistics]:
    """Yield the checks in order of first appearance; grades of other exams may hold other checks."""
    found: dict[tuple[str, str], list[tuple[Grade, SectionResult, ExerciseResult, CheckResult]]] = {}
    for grade in grades:
        for section, exercise, check in _all_checks(grade):
            found.setdefault((exercise.name, check.name), []).append((grade, section, exercise, check))
    for (exercise_name, name), rows in found.items():
        _, section, _, first = rows[0]
        counts = Counter(check.verdict for *_, check in rows)
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
            written=sum(bool(exercise.file) and not exercise.not_started for _, _, exercise, _ in rows),
        )


def correlation(passes: Sequence[float], rest: Sequence[float]) -> float | None:
    """Correlate passing a check (0 or 1) with the points of all other checks; None if one of the two is constant.

    This is the item-rest correlation, also called corrected item-total correlation, computed as Pearson's. It
    leaves out the check's own points, because with them every check would seem to discriminate. Above 0.4 is good,
    below 0.2 is poor, and a negative value suggests that the check is wrong. With fewer than 30 students it means
    little.

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
    if spread < 1e-9:  # not 0, because sums of points differ in their last bits
        return None
    return math.fsum(a * b for a, b in zip(passing, resting, strict=True)) / spread


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
