"""`last_run.json` in the folder of results: whose points the last run of `grade batch` changed, and why."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from autograder.files import write_atomically

NAME = "last_run.json"


@dataclass(frozen=True)
class Change:
    """A student whose points a run changed, as `gradebook.csv` shows them, overrides included; None is no points.

    The final points are those after the policy, None without one.
    """

    student: str
    before: float | None
    after: float | None
    why: str
    final_before: float | None = None
    final_after: float | None = None


@dataclass(frozen=True)
class LastRun:
    """What the last run did: the number of students graded for the first time, and the changes of the others."""

    new: int = 0
    changes: tuple[Change, ...] = ()


def write_last_run(folder: Path, new: int, changes: Iterable[Change]) -> None:
    """Write what a run did, unless it did nothing; then the run before stays the last one."""
    changes = sorted(changes, key=lambda change: change.student)
    if new or changes:
        fields = {"new": new, "changes": [asdict(change) for change in changes]}
        write_atomically(folder / NAME, (json.dumps(fields, indent=1) + "\n").encode())


def read_last_run(folder: Path) -> LastRun:
    """Read it; an empty one if there is none, or none that can be read, since no grade depends on it."""
    try:
        fields = json.loads((folder / NAME).read_text(encoding="utf-8"))
        changes: Sequence[Change] = [Change(**change) for change in fields["changes"]]
        return LastRun(int(fields["new"]), tuple(changes))
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return LastRun()
