"""`batch.json` in the folder of results: the exam and the options that all grades of a batch share."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UserError
from autograder.files import write_atomically
from autograder.model import Exam

SCHEMA = 1


class ResultsError(UserError):
    """The folder of results cannot be used; the message is one sentence."""


@dataclass(frozen=True)
class Batch:
    """The exam and the options of a batch; results of another exam or other options are outdated."""

    assignment: str
    title: str
    seed: int
    digest: str
    training: bool
    points: float
    exercises: tuple[tuple[str, float], ...]

    @property
    def fingerprint(self) -> str:
        """All that a grade depends on besides the submission."""
        return f"{self.digest} {'with' if self.training else 'without'} training"


def batch_of(exam: Exam, training: bool) -> Batch:
    """Describe a batch that grades with this exam."""
    points = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    exercises = tuple((exercise.name, exercise.points) for exercise in exam.exercises)
    return Batch(exam.assignment, exam.title, exam.seed, exam.digest, training, points, exercises)


def write_batch(folder: Path, batch: Batch) -> None:
    """Write `batch.json`."""
    fields = {"schema": SCHEMA, **vars(batch), "exercises": dict(batch.exercises)}
    write_atomically(folder / "batch.json", (json.dumps(fields, indent=2, ensure_ascii=False) + "\n").encode())


def read_batch(folder: Path) -> Batch | None:
    """Read `batch.json`; None if there is none, ResultsError if it cannot be read."""
    try:
        fields = json.loads((folder / "batch.json").read_text(encoding="utf-8"))
        if fields.pop("schema") != SCHEMA:
            raise ResultsError(f"{folder} was made by another version of torchgrade")
        exercises = tuple((str(name), float(points)) for name, points in fields.pop("exercises").items())
        return Batch(**fields, exercises=exercises)
    except FileNotFoundError:
        return None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise ResultsError(
            f"{folder / 'batch.json'} cannot be read ({error}). Restore it from a copy, or name a new folder with -o; "
            "then all submissions are graded again, with a new seed"
        ) from None
