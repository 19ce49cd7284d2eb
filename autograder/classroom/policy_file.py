"""`course.toml`: the policy of each assignment, checked as a whole before it is used.

The last one that was used stands in the folder of results, so that every export gives the same final points.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, TypeVar, cast
from zoneinfo import ZoneInfo, available_timezones

from autograder.classroom.policy import Base, Penalty, Policy, Share
from autograder.classroom.times import latest, read_time
from autograder.errors import Faults, UserError
from autograder.suggest import likely_intended, suggestion

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

NAME = "course.toml"
MAX_BYTES = 1 << 20
KEYS = ("deadline", "deadlines", "grace", "penalty", "floor", "latest", "weights", "out_of", "round_to", "uploads")
GENERAL = ("timezone", "file_times")
UNITS = {"min": 1, "minute": 1, "minutes": 1, "h": 60, "hour": 60, "hours": 60, "day": 1440, "days": 1440}  # in minutes
DURATION = re.compile(r"(\d+(?:\.\d+)?) *([a-z]+)")
SHARE = re.compile(r"(\d+(?:\.\d+)?) *% of (?:the )?(maximum|earned)")
PENALTY = re.compile(SHARE.pattern + r" per (day|hour)")
UNQUOTED_MAIL = re.compile(r"^\s*([^\s\"'#=]+@[^\s\"'=]+)\s*=", re.MULTILINE)
HEADER = re.compile(r"\s*\[([^\[\]]+)\]")
KEY = re.compile(r"""\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+)(?:\s*\.\s*("[^"]*"|'[^']*'|[A-Za-z0-9_-]+))?\s*=""")

T = TypeVar("T")


@dataclass(frozen=True)
class CourseFile:
    """A `course.toml` that was read and checked; `policies` are those of each assignment.

    `people` are the students with a deadline of their own, as the file names them, with the line.
    """

    path: Path
    text: str
    policies: Mapping[str, Policy]
    people: Mapping[str, Mapping[str, int | None]]

    def place(self, *names: str) -> str:
        """`course.toml, line 3`, or without the line where it is not found."""
        line = line_of(self.text, names)
        return f"{self.path}, line {line}" if line else str(self.path)


def read_course_file(path: Path, assignments: Collection[str] = ()) -> CourseFile:
    """Read and check a `course.toml`; raise UserError with the lines of all that is wrong.

    With `assignments`, the names of all that the course has, a table with another name is an error.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
        if len(data) > MAX_BYTES:
            raise UserError(f"{path} is larger than {MAX_BYTES >> 20} MiB; it is no course.toml.")
        text = data.decode("utf-8-sig")
        fields = tomllib.loads(text)
    except OSError as error:
        raise UserError(f"{path} cannot be read: {error.strerror}.") from None
    except UnicodeDecodeError:
        raise UserError(f"{path} is not UTF-8 text.") from None
    except tomllib.TOMLDecodeError as error:
        raise UserError(f"{path} is not TOML: {error}.{_mail_hint(text)}") from None
    except RecursionError:
        raise UserError(f"{path} is not TOML: it is nested too deeply.") from None
    return _Reader(path, text, fields).read(assignments)


def line_of(text: str, names: tuple[str, ...]) -> int | None:
    """The line, from 1, of `names[-1] =` in the table of the other names, or of the table's heading."""
    table: tuple[str, ...] = ()
    heading = None
    for number, line in enumerate(text.splitlines(), 1):
        if header := HEADER.match(line):
            table = tuple(part.strip().strip("\"'") for part in header[1].split("."))
            if table == names or (table == names[:-1] and heading is None):
                heading = number
        elif key := KEY.match(line):
            parts = tuple(part.strip("\"'") for part in key.groups() if part)
            if (*table, *parts) == names:
                return number
    return heading or (line_of(text, names[:-1]) if len(names) > 1 else None)


def _mail_hint(text: str) -> str:
    """What to do about a mail without quotes, which is the usual reason why a file is not TOML."""
    found = UNQUOTED_MAIL.search(text)
    return f' A mail needs quotes: "{found[1]}".' if found else ""


class _Reader:
    """Reads the fields of one file, and collects what is wrong with the line; a wrong field counts as absent."""

    def __init__(self, path: Path, text: str, fields: Mapping[str, Any]) -> None:
        self.path, self.text, self.fields = path, text, fields
        self.zone: ZoneInfo | None = None
        self.file_times = False
        self.faults: list[tuple[int, str]] = []  # with the line, 0 where it is unknown

    def read(self, assignments: Collection[str]) -> CourseFile:
        tables = {name: value for name, value in self.fields.items() if isinstance(value, dict)}
        for name in self.fields:
            if name not in tables and name not in GENERAL:
                if name in KEYS:
                    self.fail([name], f"{name} belongs below the heading of an assignment, such as [exercise3]")
                else:
                    self.fail([name], f"there is no {name!r}; {suggestion(name, [*GENERAL, *KEYS])}")
            if name in tables and assignments and name not in assignments:
                self.fail([name], f"there is no assignment {name!r}; {suggestion(name, assignments)}")
        self.zone = self.take([], "timezone", self._zone)
        if self.faults and self.zone is None and "timezone" in self.fields:
            self.zone = ZoneInfo("UTC")  # so that no time below lacks its zone
        self.file_times = bool(self.take([], "file_times", _flag))
        if self.file_times and self.zone is None:
            self.fail(["file_times"], 'file times need `timezone = "Europe/Berlin"`, or the name of your zone')
        policies = {name: self._policy(name, table) for name, table in tables.items()}
        people = {
            name: {one: line_of(self.text, (name, "deadlines", one)) for one in policy.deadlines}
            for name, policy in policies.items()
        }
        if self.faults:
            faults = Faults()
            for _, sentence in sorted(self.faults, key=lambda fault: fault[0]):
                faults.add(sentence)
            faults.report()
        return CourseFile(self.path, self.text, policies, people)

    def fail(self, names: list[str], reason: str) -> None:
        line = line_of(self.text, tuple(names))
        self.faults.append((line or 0, f"{self.path}{f', line {line}' if line else ''}: {reason}"))

    def take(self, table: list[str], name: str, read: Callable[[Any], T]) -> T | None:
        """The value of a key, None if it is absent or wrong; `read` raises ValueError with the end of a sentence."""
        fields: Any = self.fields
        for one in table:
            fields = fields[one]
        if name not in fields:
            return None
        try:
            return read(fields[name])
        except ValueError as error:
            self.fail([*table, name], f"{name}: {error}")
            return None

    def _policy(self, assignment: str, table: Mapping[str, Any]) -> Policy:
        for name in table:
            if name in GENERAL:
                self.fail(
                    [assignment, name], f"{name} belongs above the first table, because it is for all assignments"
                )
            elif name not in KEYS:
                self.fail([assignment, name], f"there is no {name!r}; {suggestion(name, KEYS)}")
        place = [assignment]
        people = self.take(place, "deadlines", _table) or {}
        deadline = self.take(place, "deadline", self._deadline)
        deadlines = {name: self.take([assignment, "deadlines"], name, self._deadline) for name in people}
        policy = Policy(
            deadline=deadline,
            deadlines={name: time for name, time in deadlines.items() if time is not None},
            grace=self.take(place, "grace", _duration) or timedelta(),
            penalty=self.take(place, "penalty", _penalty),
            floor=self.take(place, "floor", _share),
            last=self.take(place, "latest", self._latest),
            weights=self.take(place, "weights", _weights) or {},
            out_of=self.take(place, "out_of", _positive),
            round_to=self.take(place, "round_to", _positive),
            zone=self.zone,
            file_times=self.file_times,
            best=self.take(place, "uploads", _uploads) or False,
        )
        for name, value in (("grace", policy.grace), ("penalty", policy.penalty), ("latest", policy.last)):
            if value and "deadline" not in table and not deadlines:
                self.fail([assignment, name], f"{name} needs a deadline")
        if policy.floor and "penalty" not in table:
            self.fail([assignment, "floor"], "floor needs a penalty")
        if isinstance(policy.last, datetime) and deadline is not None and policy.last < deadline + policy.grace:
            self.fail([assignment, "latest"], "latest is before the deadline")
        return policy

    def _zone(self, value: Any) -> ZoneInfo:
        names = available_timezones()
        if not names:
            raise ValueError("this machine has no time zones; run `pip install tzdata`")
        if not isinstance(value, str) or value not in names:
            close = likely_intended(str(value), sorted(names))
            meant = f"; did you mean {close}?" if close else ', such as "Europe/Berlin"'
            raise ValueError(f"{value!r} is no time zone of the IANA database{meant}")
        return ZoneInfo(value)

    def _latest(self, value: Any) -> datetime | timedelta:
        if isinstance(value, str) and DURATION.fullmatch(value.strip()):
            return _duration(value)
        return self._deadline(value)

    def _deadline(self, value: Any) -> datetime:
        time = read_time(value) if isinstance(value, str) else value
        if isinstance(time, date) and not isinstance(time, datetime):
            raise ValueError(f'a day alone is no time; write "{time} 23:59" for the end of the day')
        if not isinstance(time, datetime):
            raise ValueError(f'{_shown(value)} is no time; write it as "2026-11-30 23:59"')
        moment = latest(time, self.zone)
        if moment is None:
            raise ValueError(
                'the time has no zone; write `timezone = "Europe/Berlin"`, or your zone, in the first line'
            )
        return moment.astimezone(timezone.utc)


def _shown(value: Any) -> str:
    return repr(value)[:80]


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise ValueError(f"{_shown(value)} is neither true nor false")
    return value


def _uploads(value: Any) -> bool:
    if value not in ("last", "best"):
        raise ValueError(f'{_shown(value)} is neither "last" nor "best"')
    return bool(value == "best")


def _table(value: Any) -> Mapping[str, Any]:
    if not isinstance(value, dict):
        raise ValueError(f"{_shown(value)} is no table; write a line for each student below [exercise3.deadlines]")
    return value


def _duration(value: Any) -> timedelta:
    found = DURATION.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found or found[2] not in UNITS:
        raise ValueError(f'{_shown(value)} is no duration; write "15 minutes", "2 hours" or "7 days"')
    try:
        return timedelta(minutes=float(found[1]) * UNITS[found[2]])
    except OverflowError:
        raise ValueError(f"{_shown(value)} is too long") from None


def _share(value: Any) -> Share:
    found = SHARE.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(f'{_shown(value)} is no share; write "50 % of maximum" or "50 % of earned"')
    return Share(_percent(found[1]), cast(Base, found[2]))


def _penalty(value: Any) -> Penalty:
    found = PENALTY.fullmatch(value.strip()) if isinstance(value, str) else None
    if not found:
        raise ValueError(
            f'{_shown(value)} is no penalty; write "10 % of maximum per day", or with `earned`, or with `hour`'
        )
    return Penalty(Share(_percent(found[1]), cast(Base, found[2])), "day" if found[3] == "day" else "hour")


def _percent(text: str) -> float:
    if float(text) > 100:
        raise ValueError(f"{text} % are more than 100 %")
    return float(text)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value) or value < 0:
        raise ValueError(f"{_shown(value)} is no number of at least 0")
    return float(value)


def _positive(value: Any) -> float:
    if not _number(value):
        raise ValueError("0 is no number above 0")
    return float(value)


def _weights(value: Any) -> Mapping[str, float]:
    if not isinstance(value, dict) or not value:
        raise ValueError(f"{_shown(value)} are no weights; write {{ output_size = 40, unet = 60 }}")
    return {name: _number(weight) for name, weight in value.items()}
