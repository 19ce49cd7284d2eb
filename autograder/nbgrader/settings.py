"""`torchgrade.json` in nbgrader's course folder: the folder of the reference, and the secret seed of each exam.

Students must not get this file, so it is neither in source/ nor in release/.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError

FILE = "torchgrade.json"
SCHEMA = 1


class GradesError(UserError):
    """A fault of the course or of this machine prevents grading; the message is one sentence for the instructor."""


@dataclass(frozen=True)
class Settings:
    """The folder of the reference, and the seed of each assignment's exam."""

    course: Path
    seeds: Mapping[str, int]


def read_settings(folder: Path) -> Settings:
    """Read `torchgrade.json`, or raise `GradesError` with what to do."""
    path = folder / FILE
    try:
        fields = json.loads(path.read_text(encoding="utf-8"))
        if fields["schema"] != SCHEMA:
            raise GradesError(f"{path} was written by another version of torchgrade.")
        seeds = {str(name): int(seed) for name, seed in fields["seeds"].items()}
        return Settings(Path(folder, fields["course"]), seeds)
    except FileNotFoundError:
        raise GradesError(
            f"{path} is missing: it names the folder with the reference and the secret seed of each exam. "
            "Run grade nbgrader init to create it."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GradesError(f"{path} cannot be read: {error}.") from None


def settings_bytes(settings: Settings) -> bytes:
    """Give the content of `torchgrade.json`."""
    fields = {"schema": SCHEMA, "course": str(settings.course.resolve()), "seeds": dict(settings.seeds)}
    return (json.dumps(fields, indent=1) + "\n").encode()
