"""The uploads of a student, and the time of hand-in, as the JSON of the results holds them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.classroom.gradebook import Upload
from autograder.classroom.times import SOURCES, HandedIn
from autograder.model import SourceFile


def read_upload(fields: Mapping[str, Any]) -> Upload:
    files = tuple(SourceFile(str(name), tuple(map(str, cells))) for name, cells in fields["files"].items())
    exercises = {str(name): float(earned) for name, earned in fields.get("exercises", {}).items()}
    counts, handed_in = fields["counts"] is True, read_hand_in(fields.get("handed_in"))
    return Upload(files, str(fields["digest"]), float(fields["earned"]), counts, exercises, handed_in)


def upload_fields(upload: Upload) -> Mapping[str, Any]:
    return {
        "files": {file.name: file.cells for file in upload.files},
        "digest": upload.digest,
        "earned": upload.earned,
        "counts": upload.counts,
        "exercises": dict(upload.exercises),
        "handed_in": hand_in_fields(upload.handed_in),
    }


def hand_in_fields(found: HandedIn | None) -> Mapping[str, str] | None:
    return None if found is None else {"time": found.time, "source": found.source}


def read_hand_in(fields: Mapping[str, str] | None) -> HandedIn | None:
    if fields is None:
        return None
    if fields["source"] not in SOURCES:
        raise ValueError("an unknown source")
    found = HandedIn(fields["time"], fields["source"])
    _ = found.moment  # raises ValueError for a text that is no time
    return found
