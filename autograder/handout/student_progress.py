"""Stores a student's progress between runs: the number of hints shown, and the exercises that passed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from autograder.files import write_atomically

HINTS, PASSED = "hints.json", "passed.json"


def read_hints_shown(course: Path, assignment: str) -> dict[str, int]:
    """Read the number of hints shown for each exercise; empty if nothing is stored or readable."""
    counts = _read(HINTS).get(_key(course, assignment), {})
    return {str(name): int(count) for name, count in counts.items() if isinstance(count, int)}


def write_hints_shown(course: Path, assignment: str, counts: Mapping[str, int]) -> None:
    """Store the number of hints shown for each exercise; raise `OSError` if the file cannot be written."""
    _write(HINTS, course, assignment, counts)


def read_passed(course: Path, assignment: str) -> frozenset[str]:
    """Read the names of the exercises whose checks all passed in their last grading, trainings included."""
    return frozenset(map(str, _read(PASSED).get(_key(course, assignment), {})))


def write_passed(course: Path, assignment: str, names: Collection[str]) -> None:
    """Store the names of the exercises that passed; raise `OSError` if the file cannot be written."""
    _write(PASSED, course, assignment, dict.fromkeys(sorted(names), 1))


def _write(file: str, course: Path, assignment: str, counts: Mapping[str, int]) -> None:
    everything = {**_read(file), _key(course, assignment): dict(counts)}
    path = _folder() / file
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, (json.dumps(everything, indent=1) + "\n").encode(), durable=False)


def _folder() -> Path:
    from platformdirs import user_state_path

    return user_state_path("torchgrade", appauthor=False)


def _key(course: Path, assignment: str) -> str:
    return f"{course.resolve()}:{assignment}"


def _read(file: str) -> dict[str, dict[str, int]]:
    try:
        everything = json.loads((_folder() / file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(everything, dict):
        return {}
    return {key: value for key, value in everything.items() if isinstance(value, dict)}
