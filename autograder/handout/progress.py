"""What a student has seen and done so far, remembered between runs: hints of each exercise, and what passed."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping
from pathlib import Path

from autograder.files import write_beside

HINTS, PASSED = "hints.json", "passed.json"


def read_hints_shown(course: Path, assignment: str) -> dict[str, int]:
    """The number of hints that were shown of each exercise; nothing where that was never kept or cannot be read."""
    told = _read(HINTS).get(_key(course, assignment), {})
    return {str(name): int(count) for name, count in told.items() if isinstance(count, int)}


def write_hints_shown(course: Path, assignment: str, seen: Mapping[str, int]) -> None:
    """Remember it; raises `OSError` where nothing can be written."""
    _keep(HINTS, course, assignment, seen)


def read_passed(course: Path, assignment: str) -> frozenset[str]:
    """The exercises whose checks all passed when they were last graded, trainings included."""
    return frozenset(map(str, _read(PASSED).get(_key(course, assignment), {})))


def write_passed(course: Path, assignment: str, names: Collection[str]) -> None:
    """Remember it; raises `OSError` where nothing can be written."""
    _keep(PASSED, course, assignment, dict.fromkeys(sorted(names), 1))


def _keep(file: str, course: Path, assignment: str, told: Mapping[str, int]) -> None:
    whole = {**_read(file), _key(course, assignment): dict(told)}
    path = _folder() / file
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, (json.dumps(whole, indent=1) + "\n").encode(), lasting=False)


def _folder() -> Path:
    from platformdirs import user_state_path

    return user_state_path("torchgrade", appauthor=False)


def _key(course: Path, assignment: str) -> str:
    return f"{course.resolve()}:{assignment}"


def _read(file: str) -> dict[str, dict[str, int]]:
    try:
        told = json.loads((_folder() / file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in told.items() if isinstance(value, dict)} if isinstance(told, dict) else {}
