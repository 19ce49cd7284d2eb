"""Times of hand-in: how they are read, compared across time zones, and written."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone
from typing import Literal
from zoneinfo import ZoneInfo

from autograder.text import plural

Source = Literal["roster", "nbgrader", "canvas", "archive", "file"]
SOURCES: dict[Source, str] = {
    "roster": "roster",
    "nbgrader": "timestamp.txt of nbgrader",
    "canvas": "Canvas",
    "archive": "time in the archive",
    "file": "file time",
}
ISO = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d\d?)-(?P<day>\d\d?)(?:T|,? +)"
    r"(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d)(?:\.\d+)?)?"
    r" *(?P<zone>Z|UTC|GMT|[+-]\d\d:?\d\d)?"
)
DOTTED = re.compile(
    r"(?P<day>\d\d?)\.(?P<month>\d\d?)\.(?P<year>\d{4}),? +(?P<hour>\d\d?):(?P<minute>\d\d)(?::(?P<second>\d\d))?"
)
# As Moodle writes it in English: `Monday, 30 November 2026, 11:59 PM`.
MOODLE = re.compile(
    r"(?:[A-Za-z]+, )?(?P<day>\d\d?) (?P<name>[A-Za-z]+) (?P<year>\d{4}), "
    r"(?P<hour>\d\d?):(?P<minute>\d\d) ?(?P<half>[AaPp][Mm])?"
)
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
EARLIEST = 2000  # a file time before this year is none: archives without times say 1970 or 1980


@dataclass(frozen=True)
class HandedIn:
    """When a submission was handed in, and where that was read.

    `time` is in the form of ISO 8601. Without an offset it is local time in the zone of `course.toml`. It is empty for
    the mark `LATE` of Canvas, which names no time, and for a text that is no time.
    """

    time: str
    source: Source

    @property
    def is_proof(self) -> bool:
        """Whether a platform or a person wrote the time; a file time changes with each copy and download."""
        return self.source in ("roster", "nbgrader")

    @property
    def moment(self) -> datetime | None:
        return datetime.fromisoformat(self.time) if self.time else None


def read_time(text: str) -> datetime | None:
    """Read `2026-11-30 23:59`, `30.11.2026 23:59`, or Moodle's English form; None for every other text.

    The time has a zone only if the text ends with one, such as `Z`, `UTC` or `+01:00`.
    """
    text = " ".join(text.split())
    found = ISO.fullmatch(text) or DOTTED.fullmatch(text) or MOODLE.fullmatch(text)
    if not found:
        return None
    parts = found.groupdict()
    try:
        month = int(parts["month"]) if "month" in parts else MONTHS.index(parts["name"][:3].lower()) + 1
        hour = int(parts["hour"])
        if half := (parts.get("half") or "").lower():
            if not 1 <= hour <= 12:
                return None
            hour = hour % 12 + (12 if half == "pm" else 0)
        time = datetime(int(parts["year"]), month, int(parts["day"]), hour, int(parts["minute"]))
        time = time.replace(second=int(parts.get("second") or 0))
        return time.replace(tzinfo=_zone(parts.get("zone") or ""))
    except ValueError:
        return None


def _zone(text: str) -> timezone | None:
    if not text:
        return None
    if text in ("Z", "UTC", "GMT"):
        return timezone.utc
    sign = -1 if text[0] == "-" else 1
    return timezone(sign * timedelta(hours=int(text[1:3]), minutes=int(text[-2:])))


def earliest(time: datetime, zone: ZoneInfo | None) -> datetime | None:
    """The time in UTC; of a clock time that occurs twice, the first one. None without any zone."""
    moments = _moments(time, zone)
    return min(moments) if moments else None


def latest(time: datetime, zone: ZoneInfo | None) -> datetime | None:
    """The time in UTC; of a clock time that occurs twice, the second one. None without any zone."""
    moments = _moments(time, zone)
    return max(moments) if moments else None


def _moments(time: datetime, zone: ZoneInfo | None) -> list[datetime]:
    """What a clock time may mean where clocks change; the same moment twice on all other days."""
    if time.tzinfo is not None:
        return [time.astimezone(timezone.utc)]
    if zone is None:
        return []
    return [time.replace(tzinfo=zone, fold=fold).astimezone(timezone.utc) for fold in (0, 1)]


def local(moment: datetime, zone: ZoneInfo | None) -> str:
    """`2026-11-30 23:59 CET`, in UTC without a zone."""
    return moment.astimezone(zone or timezone.utc).strftime("%Y-%m-%d %H:%M %Z")


def duration(length: timedelta) -> str:
    """`2 d 3 h`, `3 h 20 min` or `4 min`: the two largest units, rounded down."""
    minutes = int(length.total_seconds() // 60)
    days, hours, minutes = minutes // 1440, minutes // 60 % 24, minutes % 60
    if days:
        return f"{days} d {hours} h" if hours else f"{days} d"
    if hours:
        return f"{hours} h {minutes} min" if minutes else f"{hours} h"
    return f"{minutes} min" if minutes else plural(int(length.total_seconds()), "second")
