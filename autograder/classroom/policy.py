"""What a course does with the points of a grade: weights, scale, penalties for late work. It changes no earned point.

The final points follow in this order: the weights of the sections, the scale, the penalty, the rounding.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal
from zoneinfo import ZoneInfo

from autograder.classroom.best_upload import best_of, entry_of_upload
from autograder.classroom.gradebook import Entry, Final, Gradebook, Upload
from autograder.classroom.times import SOURCES, HandedIn, duration, earliest, local
from autograder.model import Exam
from autograder.text import plural, points, student_names

Base = Literal["maximum", "earned"]
MAX_PERIODS = 100_000  # of one penalty


@dataclass(frozen=True)
class Share:
    """So many percent of the maximum, or of what the student earned."""

    percent: float
    of: Base

    def points(self, earned: float, maximum: float) -> float:
        return self.percent / 100 * (maximum if self.of == "maximum" else earned)


@dataclass(frozen=True)
class Penalty:
    """A share of the points for each started day or hour after the deadline."""

    share: Share
    per: Literal["day", "hour"]


@dataclass(frozen=True)
class SectionPoints:
    """A section of the exam: the names of its exercises, and its points."""

    name: str
    extra: bool
    points: float
    exercises: tuple[str, ...]


@dataclass(frozen=True)
class Policy:
    """The policy of one assignment, as `course.toml` says it.

    `deadlines` are those of single students, by key. `grace` is added to every deadline. `last` is the latest time that
    counts: a moment, or a time after the deadline of the student. `weights` are the shares of the sections by name.
    With `best`, the best of several uploads counts, else the newest.
    Deadlines are in UTC; `zone` is where clock times are read and days are counted.
    """

    deadline: datetime | None = None
    deadlines: Mapping[str, datetime] = field(default_factory=dict)
    grace: timedelta = timedelta()
    penalty: Penalty | None = None
    floor: Share | None = None
    last: datetime | timedelta | None = None
    weights: Mapping[str, float] = field(default_factory=dict)
    out_of: float | None = None
    round_to: float | None = None
    zone: ZoneInfo | None = None
    file_times: bool = False
    best: bool = False


def sections_of(exam: Exam) -> tuple[SectionPoints, ...]:
    """The sections of an exam with what they are worth."""
    return tuple(
        SectionPoints(
            section.name,
            section.extra,
            math.fsum(exercise.points for exercise in section.exercises),
            tuple(exercise.name for exercise in section.exercises),
        )
        for section in exam.sections
    )


def with_policy(gradebook: Gradebook, policy: Policy, sections: Sequence[SectionPoints]) -> Gradebook:
    """The gradebook with the final points of everybody who has points. `sections` are those of the exam."""
    maximum = gradebook.points if policy.out_of is None else policy.out_of
    entries = tuple(
        replace(
            entry,
            final=_final(entry, policy, sections, gradebook.points, maximum),
            uploads=_with_final(entry, policy, sections, gradebook.points),
        )
        for entry in gradebook.entries
    )
    return replace(gradebook, entries=entries, out_of=maximum, notes=(*gradebook.notes, *_notes(entries, policy)))


def _with_final(entry: Entry, policy: Policy, sections: Sequence[SectionPoints], total: float) -> tuple[Upload, ...]:
    return tuple(
        replace(one, final=final_points(entry_of_upload(one, entry.student), policy, sections, total))
        for one in entry.uploads
    )


def final_points(entry: Entry, policy: Policy, sections: Sequence[SectionPoints], total: float) -> float:
    """The points of an entry that has points, after the policy; `total` are those of the exam without extra credit."""
    final = _final(entry, policy, sections, total, total if policy.out_of is None else policy.out_of)
    return final.points if final else 0.0


def _final(
    entry: Entry, policy: Policy, sections: Sequence[SectionPoints], total: float, maximum: float
) -> Final | None:
    if entry.earned is None:
        return None
    base = _weighted(entry, policy, sections, total) * (maximum / total if total else 1.0)
    reasons = list(filter(None, [_scaling(policy, maximum, weighted=not _has_whole(entry))]))
    penalty, late, sentence, doubt = _lateness(entry, policy, base, maximum)
    final = _rounded(base - penalty, policy.round_to)
    if sentence:
        reasons.append(sentence)
    if policy.round_to is not None and abs(final - (base - penalty)) > 1e-9:
        reasons.append(f"rounded to {points(policy.round_to)}")
    return Final(final, penalty, late, "; ".join(reasons), doubt, _shown_time(entry.handed_in, policy))


def _shown_time(found: HandedIn | None, policy: Policy) -> str:
    """The time of hand-in in the zone of the course; as it was read where no zone is known."""
    if found is None or found.moment is None:
        return ""
    moment = earliest(found.moment, policy.zone)
    return local(moment, policy.zone) if moment else found.time.replace("T", " ")


def _weighted(entry: Entry, policy: Policy, sections: Sequence[SectionPoints], total: float) -> float:
    """The points out of `total`, in which each section counts by its weight; without weights those earned."""
    earned = entry.earned or 0.0
    if not policy.weights or _has_whole(entry):
        return earned
    counted = entry.exercises
    weight_of_all = math.fsum(policy.weights[one.name] for one in sections if not one.extra and one.points)
    shares = (
        policy.weights[one.name] * math.fsum(counted.get(name, 0.0) for name in one.exercises) / one.points
        for one in sections
        if one.points
    )
    return total * math.fsum(shares) / weight_of_all


def _has_whole(entry: Entry) -> bool:
    """Whether a person gave the points of the whole assignment, which no section has a part in."""
    return any(not override.exercise for override in entry.overrides)


def _scaling(policy: Policy, maximum: float, weighted: bool) -> str:
    ways = ["sections weighted"] if policy.weights and weighted else []
    ways += [f"scaled to {points(maximum)}"] if policy.out_of is not None else []
    return " and ".join(ways)


def _lateness(entry: Entry, policy: Policy, base: float, maximum: float) -> tuple[float, timedelta | None, str, str]:
    """The penalty, how late the work is, the sentence on it, and why a person must look at it."""
    key = entry.student.key
    deadline, found = policy.deadlines.get(key, policy.deadline), entry.handed_in
    if deadline is None or found is None or entry.state == "missing":
        return 0.0, None, "", ""
    if not found.time:
        return 0.0, None, "", _unknown(found)
    if not (found.is_proof or policy.file_times):
        return 0.0, None, "", ""
    assert found.moment is not None
    moment = earliest(found.moment, policy.zone)
    if moment is None:
        return 0.0, None, "", f"the time of hand-in, {found.time}, has no zone: course.toml needs `timezone`"
    end = deadline + policy.grace
    if moment <= end:
        return 0.0, None, "", ""
    late = moment - deadline
    what = f"handed in {duration(late)} late ({SOURCES[found.source]})"
    if own := key in policy.deadlines:
        what = f"handed in {duration(late)} after the student's own deadline ({SOURCES[found.source]})"
    last = _last(policy, deadline, own)
    if last is not None and moment > last:
        return base, late, f"{what}, after {local(last, policy.zone)}, the latest time that counts: no points", ""
    if policy.penalty is None:
        return 0.0, late, f"{what}, without a penalty", ""
    count = _started(end, moment, policy)
    penalty = min(base, count * policy.penalty.share.points(base, maximum))
    sentence = (
        f"{what}, {points(policy.penalty.share.percent)} % of the {_noun(policy.penalty.share.of)} for "
        f"{'each of ' if count > 1 else ''}{plural(count, f'started {policy.penalty.per}')}"
    )
    if policy.floor is not None and base - penalty < (least := min(base, policy.floor.points(base, maximum))):
        penalty = base - least
        sentence += f", but at least {points(policy.floor.percent)} % of the {_noun(policy.floor.of)} stays"
    return max(0.0, penalty), late, f"{sentence}: {points(max(0.0, penalty))} points less", ""


def _noun(base: Base) -> str:
    return "maximum" if base == "maximum" else "points earned"


def _unknown(found: HandedIn) -> str:
    if found.source == "canvas":
        return "no penalty, because Canvas names no time; a column `handed_in` of the roster can give it"
    return f"no penalty, because the time of hand-in in the {SOURCES[found.source]} cannot be read"


def _last(policy: Policy, deadline: datetime, own: bool) -> datetime | None:
    """The latest time that counts; nobody's own deadline is after it."""
    if isinstance(policy.last, timedelta):
        return deadline + policy.grace + policy.last
    if policy.last is not None and own:
        return max(policy.last, deadline + policy.grace)
    return policy.last


def _started(end: datetime, moment: datetime, policy: Policy) -> int:
    """The days or hours that have begun since the end; a day ends at the same clock time, also where clocks change."""
    assert policy.penalty is not None
    if policy.penalty.per == "hour":
        return math.ceil((moment - end) / timedelta(hours=1))
    clock = end.astimezone(policy.zone or timezone.utc)
    count = max(1, (moment - end).days - 1)
    while count < MAX_PERIODS and (clock + timedelta(days=count)).astimezone(timezone.utc) < moment:
        count += 1
    return count


def _rounded(value: float, step: float | None) -> float:
    """The nearest multiple of the step, halves up; a float that is a half but for its last bits is one."""
    value = max(0.0, value)
    if step is None:
        return value
    exact = Decimal(repr(round(value, 9))) / Decimal(repr(step))
    return float(exact.quantize(Decimal(1), ROUND_HALF_UP) * Decimal(repr(step)))


def _notes(entries: Sequence[Entry], policy: Policy) -> list[str]:
    """Sentences on what the policy could not decide for students with a deadline."""
    due = [entry for entry in entries if policy.deadlines.get(entry.student.key, policy.deadline) is not None]
    with_files = [entry for entry in due if entry.final and entry.state != "missing"]
    only_files = [one for one in with_files if one.handed_in and one.handed_in.source in ("archive", "file")]
    unknown = [one for one in with_files if one.handed_in is None]
    notes = _other_best(entries) if policy.best else []
    if only_files and not policy.file_times:
        notes.append(
            f"Of {_names(only_files)} only a file time is known. It is no proof, so there is no "
            "penalty; a column `handed_in` of the roster can give the time, and `file_times = true` counts file times"
        )
    if unknown:
        notes.append(f"Of {_names(unknown)} no time of hand-in is known, so there is no penalty")
    return notes


def _other_best(entries: Sequence[Entry]) -> list[str]:
    """A sentence on the students of whom another upload than the graded one is the best under this policy."""
    others = []
    for entry in entries:
        best = best_of(entry.uploads, lambda one: one.final or 0.0) if entry.uploads else None
        if best is not None and not entry.uploads[best].counts:
            others.append(entry)
    if not others:
        return []
    return [f"Under this policy another upload of {_names(others)} is the best; run the same `grade batch` to use it"]


def _names(entries: Sequence[Entry]) -> str:
    return student_names([entry.student.key for entry in entries])


def check_sections(policy: Policy, sections: Sequence[SectionPoints]) -> str:
    """What is wrong with the weights of the sections, as the end of a sentence; empty if nothing is."""
    if not policy.weights:
        return ""
    missing = [one.name for one in sections if one.name not in policy.weights]
    if missing:
        return f"weights need every section; {', '.join(missing)} is missing (0 leaves a section out)"
    if not math.fsum(policy.weights[one.name] for one in sections if not one.extra and one.points):
        return "the weights of all sections that are no extra credit are 0"
    return ""
