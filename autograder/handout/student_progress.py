"""Stores a student's progress between runs: the hints shown, the exercises that passed, and attempts at a quiz."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.course import Course
from autograder.files import write_atomically
from autograder.submission import SubmissionError, code_digests, read_submission

HINTS, PASSED, QUIZ = "hints.json", "passed.json", "quiz.json"
QUIZ_VERSION = 1  # of what `quiz.json` holds


def read_hints_shown(course: Path, assignment: str) -> dict[str, int]:
    """Read the number of hints shown for each exercise; empty if nothing is stored or readable."""
    counts = read_stored(HINTS, course, assignment)
    return {str(name): int(count) for name, count in counts.items() if isinstance(count, int)}


def write_hints_shown(course: Path, assignment: str, counts: Mapping[str, int]) -> None:
    """Store the number of hints shown for each exercise; raise `OSError` if the file cannot be written."""
    write_stored(HINTS, course, assignment, counts)


def read_passed(course: Path, assignment: str) -> dict[str, str]:
    """Read the digest of the code of each exercise whose checks all passed in their last grading, trainings included.

    Versions up to 0.3 stored no digests; what they stored counts no more.
    """
    digests = read_stored(PASSED, course, assignment)
    return {str(name): digest for name, digest in digests.items() if isinstance(digest, str)}


def write_passed(course: Path, assignment: str, digests: Mapping[str, str]) -> None:
    """Store the digests that `code_digests` gave for what passed; raise `OSError` if the file cannot be written."""
    write_stored(PASSED, course, assignment, dict(sorted(digests.items())))


def done_exercises(course: Course, assignment: str) -> frozenset[str]:
    """The exercises that passed and whose code in the student's files is still the same."""
    passed = read_passed(course.folder, assignment)
    try:
        digests = code_digests(read_submission(course.exercises(assignment)), passed)
    except SubmissionError:  # there are no files
        digests = {}
    return frozenset(name for name, digest in passed.items() if digests.get(name) == digest)


def read_attempts(course: Path, assignment: str, exercise: str) -> list[Mapping[str, str]]:
    """Read the different answers to a quiz that were graded, each as check -> answer; empty if none can be read."""
    attempts = _stored_attempts(course, assignment).get(exercise)
    if not isinstance(attempts, list):
        return []
    return [{str(name): str(text) for name, text in one.items()} for one in attempts if isinstance(one, dict)]


def write_attempts(course: Path, assignment: str, exercise: str, attempts: Sequence[Mapping[str, str]]) -> None:
    """Store the different answers to a quiz that were graded; raise `OSError` if the file cannot be written."""
    stored = {**_stored_attempts(course, assignment), exercise: list(map(dict, attempts))}
    write_stored(QUIZ, course, assignment, {"version": QUIZ_VERSION, "attempts": stored})


def _stored_attempts(course: Path, assignment: str) -> dict[str, Any]:
    stored = read_stored(QUIZ, course, assignment)
    attempts = stored.get("attempts") if stored.get("version") == QUIZ_VERSION else None
    return attempts if isinstance(attempts, dict) else {}


def read_stored(file: str, course: Path, assignment: str) -> dict[str, Any]:
    """Read what a file of the state folder holds for an assignment; empty if nothing is stored or readable."""
    return _read(file).get(_key(course, assignment), {})


def write_stored(file: str, course: Path, assignment: str, stored: Mapping[str, Any]) -> None:
    """Store it for an assignment; raise `OSError` if the file cannot be written."""
    everything = {**_read(file), _key(course, assignment): dict(stored)}
    path = _folder() / file
    path.parent.mkdir(parents=True, exist_ok=True)
    write_atomically(path, (json.dumps(everything, indent=1) + "\n").encode(), durable=False)


def _folder() -> Path:
    from platformdirs import user_state_path

    return user_state_path("torchgrade", appauthor=False)


def _key(course: Path, assignment: str) -> str:
    return f"{course.resolve()}:{assignment}"


def _read(file: str) -> dict[str, dict[str, Any]]:
    try:
        everything = json.loads((_folder() / file).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    if not isinstance(everything, dict):
        return {}
    return {key: value for key, value in everything.items() if isinstance(value, dict)}
