"""One submission that is to be graded, on this machine or on a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.classroom.intake import StudentFiles
from autograder.classroom.results import StoredResult
from autograder.classroom.times import HandedIn
from autograder.model import Submission


@dataclass(frozen=True)
class Task:
    """One submission to grade; `stored` is an outdated result of the same student, if there is one.

    `upload` is its place among several uploads of which the best counts.
    """

    files: StudentFiles
    submission: Submission
    digest: str
    stored: StoredResult | None = None
    handed_in: HandedIn | None = None
    upload: int = 0
