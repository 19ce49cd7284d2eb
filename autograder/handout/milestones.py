"""Stores the milestones that a student has reached, with their pictures, and the streak, between runs.

What is read may be damaged or edited: all that does not hold is left out.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from autograder.handout.student_progress import read_stored, write_stored
from autograder.model import Exam, ReachedMilestone

FILE = "milestones.json"
VERSION = 1  # of what the file holds
LONGEST = 600  # characters of a text
MOST = 100  # milestones of an assignment
MOST_RIGHT = 10_000  # exercises
MOST_VALUES = 1 << 16  # of one image


@dataclass(frozen=True)
class StoredMilestone:
    """A milestone, the day on which it was reached, and the digests of the right code by exercise."""

    milestone: ReachedMilestone
    day: str
    code: Mapping[str, str]


@dataclass(frozen=True)
class Milestones:
    """What a student has reached in an assignment.

    `streak` is the number of exercises that turned right since one last turned wrong, and `right` are the exercises
    that were right when they were last graded.
    """

    stored: tuple[StoredMilestone, ...] = ()
    streak: int = 0
    right: frozenset[str] = frozenset()

    def of(self, exercise: str, name: str) -> StoredMilestone | None:
        """The milestone of this name of this exercise, if it is reached."""
        found = (one for one in self.stored if (one.milestone.exercise, one.milestone.name) == (exercise, name))
        return next(found, None)

    def in_order(self, exam: Exam) -> list[StoredMilestone]:
        """The reached milestones of the exercises of an exam, in its order."""
        known = [self.of(exercise.name, one.name) for exercise in exam.exercises for one in exercise.milestones]
        return [one for one in known if one is not None]


def with_graded(milestones: Milestones, right: Collection[str], wrong: Collection[str]) -> Milestones:
    """Count the exercises that a grading found to be right and those that it found to be wrong."""
    start = 0 if milestones.right & set(wrong) else milestones.streak
    streak = start + len(set(right) - milestones.right)
    return replace(milestones, streak=streak, right=milestones.right.union(right).difference(wrong))


def read_milestones(course: Path, assignment: str) -> Milestones:
    """Read what is stored; nothing where it cannot be read."""
    stored = read_stored(FILE, course, assignment)
    if stored.get("version") != VERSION:
        return Milestones()
    reached, streak, right = (stored.get(name) for name in ("reached", "streak", "right"))
    found = [_read(one) for one in reached[:MOST]] if isinstance(reached, list) else []
    count = streak if type(streak) is int and 0 <= streak <= MOST_RIGHT else 0
    names = [one for one in right[:MOST_RIGHT] if isinstance(one, str)] if isinstance(right, list) else []
    return Milestones(tuple(one for one in found if one is not None), count, frozenset(names))


def write_milestones(course: Path, assignment: str, milestones: Milestones) -> None:
    """Store it; raise `OSError` if the file cannot be written."""
    stored = {
        "version": VERSION,
        "streak": milestones.streak,
        "right": sorted(milestones.right),
        "reached": [_written(one) for one in milestones.stored],
    }
    write_stored(FILE, course, assignment, stored)


def _written(one: StoredMilestone) -> dict[str, Any]:
    images = [
        {"caption": caption, "shape": list(image.shape), "values": base64.b64encode(image.tobytes()).decode()}
        for caption, image in one.milestone.images.items()
    ]
    return {**vars(one.milestone), "images": images, "day": one.day, "code": dict(one.code)}


def _read(one: Any) -> StoredMilestone | None:
    try:
        texts = {name: _text(one[name]) for name in ("exercise", "name", "title", "text")}
        images = {_text(image["caption"]): _image(image) for image in one["images"]}
        code = {_text(name): _text(digest) for name, digest in one["code"].items()}
        return StoredMilestone(ReachedMilestone(**texts, images=images), _text(one["day"]), code)
    except (KeyError, TypeError, ValueError, AttributeError, binascii.Error):
        return None


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValueError
    return value


def _image(stored: Any) -> Any:
    shape = tuple(stored["shape"])
    values = np.frombuffer(base64.b64decode(stored["values"], validate=True), np.uint8)
    if len(shape) != 3 or not all(type(one) is int and one > 0 for one in shape) or values.size > MOST_VALUES:
        raise ValueError
    return values.reshape(shape)
