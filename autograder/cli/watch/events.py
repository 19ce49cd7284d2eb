"""What can happen in a watch; `loop.py` puts these events into its queue."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from autograder.cli.watch.state import Training
from autograder.grading import CheckJudged
from autograder.model import ExerciseResult, Grade, Repair, Submission


@dataclass(frozen=True)
class KeyPressed:
    """A character, `up`, `down`, `right` or `left`; "" when the terminal is closed."""

    key: str


@dataclass(frozen=True)
class Resized:
    """The terminal has another size."""

    columns: int
    lines: int


@dataclass(frozen=True)
class ScreenLost:
    """Something else may have written to the terminal."""


@dataclass(frozen=True)
class Ended:
    """The watch has to end; `fault` is an error of torchgrade or of the course."""

    exit_status: int
    fault: BaseException | None = None


@dataclass(frozen=True)
class FilesChanged:
    """Files may have changed; sent at least twice a second."""


@dataclass(frozen=True)
class WorkChanged:
    """The files have other contents; `touched` exercises are graded again, and `shown` is shown if it is not empty."""

    submission: Submission
    touched: tuple[str, ...]
    shown: str


@dataclass(frozen=True)
class WorkUnreadable:
    """There are no files that can be graded."""

    problem: str


@dataclass(frozen=True)
class GradingStarted:
    """The checks of one exercise are run."""

    exercise: str


@dataclass(frozen=True)
class ExerciseGraded:
    """All verdicts of one exercise are known, with hints; `seconds` since the change was noticed."""

    grade: Grade
    seconds: float
    time: datetime


@dataclass(frozen=True)
class SearchStarted:
    """The place of a mistake in an exercise is looked for."""

    exercise: str


@dataclass(frozen=True)
class Searched:
    """The search in an exercise ended, with the place of the mistake if it was found."""

    exercise: str
    repair: Repair | None


@dataclass(frozen=True)
class GradingFinished:
    """Nothing is left to grade."""


@dataclass(frozen=True)
class Trained:
    """All checks of one exercise have run, its trainings as well; `output` is what they printed, by file."""

    training: Training
    result: ExerciseResult
    output: Mapping[str, str]
    time: datetime


GradingEvent = (
    WorkChanged
    | WorkUnreadable
    | GradingStarted
    | CheckJudged
    | ExerciseGraded
    | GradingFinished
    | SearchStarted
    | Searched
)
Event = KeyPressed | Resized | ScreenLost | Ended | FilesChanged | GradingEvent | Trained
