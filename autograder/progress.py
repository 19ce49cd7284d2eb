"""What a student has seen so far, remembered between runs: how many hints of each exercise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from autograder.files import write_beside


def hints_seen(course: Path, assignment: str) -> dict[str, int]:
    """The number of hints that were shown of each exercise; nothing where that was never kept or cannot be read."""
    told = _read().get(_key(course, assignment), {})
    return {str(name): int(count) for name, count in told.items() if isinstance(count, int)}


def keep_hints_seen(course: Path, assignment: str, seen: Mapping[str, int]) -> None:
    """Remember it; raises `OSError` where nothing can be written."""
    whole = {**_read(), _key(course, assignment): dict(seen)}
    path = _file()
    path.parent.mkdir(parents=True, exist_ok=True)
    write_beside(path, (json.dumps(whole, indent=1) + "\n").encode(), lasting=False)


def _file() -> Path:
    from platformdirs import user_state_path

    return user_state_path("torchgrade", appauthor=False) / "hints.json"


def _key(course: Path, assignment: str) -> str:
    return f"{course.resolve()}:{assignment}"


def _read() -> dict[str, dict[str, int]]:
    try:
        told = json.loads(_file().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return {key: value for key, value in told.items() if isinstance(value, dict)} if isinstance(told, dict) else {}
