"""Several uploads of one student, of which the best counts: which one is chosen, and what is stored of all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from autograder.classroom.best_upload import FinalPoints, best_of_student
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

    def chosen(self, final_points: FinalPoints) -> int:
        """The place of the best one.

        If the grader failed on one, it is that one: whether it is the best is unknown until the next run.
        """
        for place, result in sorted(self.results.items()):
            if isinstance(result, str):
                return place
        return best_of_student(self._graded(), self.tasks[0].files.student, final_points)

    def as_record(self, chosen: int) -> tuple[Upload, ...]:
        """What is stored of all uploads, each of which has a grade."""
        return tuple(replace(one, counts=place == chosen) for place, one in enumerate(self._graded()))

    def _graded(self) -> list[Upload]:
        graded = [(task, self.results[task.upload]) for task in self.tasks]
        return [_upload(task, grade) for task, grade in graded if isinstance(grade, Grade)]


def sentence(uploads: Sequence[Upload]) -> str:
    """`2 uploads with 7.5 and 12 points; the best counts, number 2`."""
    earned = [points(one.earned) for one in uploads]
    if len(earned) == 1:
        return "of several uploads only one can be read"
    number, counting = next((number, one) for number, one in enumerate(uploads, 1) if one.counts)
    beginning = f"{len(uploads)} uploads with {', '.join(earned[:-1])} and {earned[-1]} points"
    if counting.earned < max(one.earned for one in uploads):
        return f"{beginning}; number {number} counts, because it has the most final points"
    return f"{beginning}; the best counts, number {number}"


def _upload(task: Task, grade: Grade) -> Upload:
    exercises = {result.name: result.earned for section in grade.sections for result in section.exercises}
    return Upload(task.submission.files, task.digest, grade.earned, False, exercises, task.handed_in)
