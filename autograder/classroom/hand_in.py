"""When a submission was handed in, from the first place that says it.

These are, in this order: a column of the roster, the `timestamp.txt` of nbgrader, Canvas's mark `LATE`, which names no
time, and the newest source file. A file time is no proof, because each copy and download may change it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from autograder.classroom.platforms import is_late
from autograder.classroom.times import EARLIEST, HandedIn, Source, read_time
from autograder.submission import last_change

TIMESTAMP = "timestamp.txt"  # nbgrader writes it into each submission that it collects
MAX_TIMESTAMP = 200  # characters
NOTHING = ("", "-")  # in the worksheet of Moodle `-` stands for no submission


def hand_in_of(paths: Iterable[Path], on_roster: str = "", collected: bool = False) -> HandedIn | None:
    """The time at which these files were handed in; `on_roster` is what the roster says. None if nothing says it.

    Only where nbgrader has `collected` the files, the `timestamp.txt` among them is its own and not the student's.
    """
    paths = list(paths)
    if on_roster not in NOTHING:
        return _read(on_roster, "roster")
    for path in paths if collected else ():
        if text := _timestamp(path):
            return _read(text, "nbgrader")
    if any(is_late(path.name) for path in paths):
        return HandedIn("", "canvas")
    found = [change for change in map(last_change, paths) if change and change[0].year >= EARLIEST]
    if not found:
        return None
    time, archived = max(found, key=lambda change: change[0].replace(tzinfo=None))
    source: Source = "archive" if archived else "file"
    return HandedIn(time.replace(microsecond=0).isoformat(), source)


def kept(now: HandedIn | None, stored: HandedIn | None) -> HandedIn | None:
    """The time that counts for unchanged files: the earlier file time, because a copy only makes it later."""
    if now is None or stored is None or now.source != stored.source or now.is_proof:
        return now
    return replace(now, time=min(now.time, stored.time)) if now.time and stored.time else now


def _read(text: str, source: Source) -> HandedIn:
    """Without a time if the text is none, so that a person looks at it."""
    time = read_time(text)
    return HandedIn(time.isoformat() if time else "", source)


def _timestamp(path: Path) -> str:
    """The `timestamp.txt` of a folder, a line such as `2026-11-30 22:59:00.123456 UTC`; empty if there is none."""
    file = path / TIMESTAMP
    try:
        if file.is_symlink() or not file.is_file():
            return ""
        with file.open(encoding="utf-8") as text:
            return text.read(MAX_TIMESTAMP).strip()
    except (OSError, UnicodeDecodeError):
        return ""
