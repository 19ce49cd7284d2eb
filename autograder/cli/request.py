"""What `grade ASSIGNMENT` was asked for, and what belongs to it: the course, the exam and the work."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli import COMMANDS
from autograder.cli.common import MistakeError, handed_in
from autograder.suggest import nearest, suggestion

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.model import Exam, Submission


@dataclass(frozen=True)
class Request:
    """What is to be graded, and how; `path` is None for the work in the course itself."""

    assignment: str
    path: Path | None
    only: tuple[str, ...]
    seed: int | None
    device: str
    data: Path | None
    training: bool
    isolation: str | None
    pictures: bool

    @property
    def own(self) -> bool:
        """Whether it is the student's own work and exam, of which is remembered what passed."""
        return self.path is None and not self.seed and self.data is None


def find_work(wish: Request) -> tuple[Course, Path, Submission]:
    """The course, and where and what the work is; a name that leads nowhere is the user's mistake."""
    from autograder.course import CourseError, find_course

    try:
        course = find_course(Path.cwd(), wish.assignment)
    except CourseError as error:
        near = nearest(wish.assignment, COMMANDS, 0.7)
        more = f" Did you mean the command `grade {near}`?" if near else ""
        raise MistakeError(f"{error}{more}") from None
    path = wish.path if wish.path is not None else course.exercises(wish.assignment)
    return course, path, handed_in(course, wish.assignment, wish.path)


def find_exam(wish: Request, course: Course) -> Exam:
    """The exam of the exercises that were asked for, trainings included."""
    from autograder.course import DataError
    from autograder.exam import ExamFileError, exam_for

    if not course.has_reference(wish.assignment) and (wish.seed is not None or wish.data):
        raise MistakeError("The questions of a sealed exam are drawn already: --seed and --data need the reference.")
    try:
        exam = exam_for(course, wish.assignment, wish.seed or 0, wish.data)
    except (DataError, ExamFileError) as error:
        raise MistakeError(str(error)) from None
    return _only(exam, wish.only)


def with_or_without_training(wish: Request, exam: Exam) -> Exam:
    """The exam with its trainings, or without them where they are not wanted."""
    from autograder.exam import without_training

    asked = exam if wish.training else without_training(exam)
    if not asked.exercises:
        raise MistakeError(f"Without training nothing is left to check in {', '.join(wish.only)}.")
    return asked


def _only(exam: Exam, names: tuple[str, ...]) -> Exam:
    from autograder.exam import only

    if not names:
        return exam
    known = [section.name for section in exam.sections] + [exercise.name for exercise in exam.exercises]
    for name in names:
        if name not in known:
            raise MistakeError(
                f"There is no exercise or section {name!r} in {exam.assignment}; {suggestion(name, known)}"
            )
    return only(exam, names)
