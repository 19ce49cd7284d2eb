"""Several uploads of one student, of which the best counts: which one is chosen, and what is stored of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from autograder.classroom.gradebook import Upload
from autograder.classroom.task import Task
from autograder.model import Grade
from autograder.text import points


@dataclass
class Uploads:
    """The tasks of one student, the oldest upload first, and their results as far as they are there."""

    tasks: Sequence[Task]
    results: dict[int, Grade | str] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        return len(self.results) == len(self.tasks)

    @property
    def chosen(self) -> int:
        """The place of the one with the most points, of equal ones the oldest, which may be in time.

        If the grader failed on one, it is that one: whether it is the best is unknown until the next run.
        """
        for place, result in sorted(self.results.items()):
            if isinstance(result, str):
                return place
        earned = {place: one.earned for place, one in self.results.items() if isinstance(one, Grade)}
        return max(earned, key=lambda place: (earned[place], -place))

    def as_record(self) -> tuple[Upload, ...]:
        """What is stored of all uploads, each of which has a grade."""
        grades = [(task, self.results[task.upload]) for task in self.tasks]
        return tuple(
            Upload(task.submission.files, task.digest, grade.earned, task.upload == self.chosen)
            for task, grade in grades
            if isinstance(grade, Grade)
        )


def sentence(uploads: Sequence[Upload]) -> str:
    """`2 uploads with 7.5 and 12 points; the best counts, number 2`."""
    earned = [points(one.earned) for one in uploads]
    if len(earned) == 1:
        return "of several uploads only one can be read"
    place = next(number for number, one in enumerate(uploads, 1) if one.counts)
    return (
        f"{len(uploads)} uploads with {', '.join(earned[:-1])} and {earned[-1]} points; the best counts, number {place}"
    )
