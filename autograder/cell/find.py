"""Finds the exam of an exercise: beside the notebook, in the folders above it, then in the package."""

from __future__ import annotations

import functools
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

from autograder.course import PACKAGED_EXAMS, Course
from autograder.errors import CourseError, UserError
from autograder.exam import ExamFileError, exam_for
from autograder.model import Exam, ExamExercise
from autograder.suggest import suggestion


class NoExamError(UserError):
    """There is nothing to ask; one sentence for the student."""


@dataclass(frozen=True)
class Found:
    """An exercise, the exam that it belongs to, and the folder that this lies in."""

    folder: Path
    exam: Exam
    exercise: ExamExercise


def find(name: str, start: Path) -> Found:
    """The exercise of this name, however it is spelt; or `NoExamError`."""
    known: list[str] = []
    for folder, exam in _exams(start):
        if found := named(exam, name):
            return Found(folder, exam, found)
        known += [exercise.name for exercise in exam.exercises]
    if not known:
        raise _no_exam(start)
    raise NoExamError(f"There is no exercise {name!r}; {suggestion(name, known)}")


def nearest_exam(start: Path) -> Exam:
    """The exam of the notebook in this folder; or `NoExamError`."""
    for _, exam in _exams(start):
        return exam
    raise _no_exam(start)


def exam_of_kernel(names: Collection[str], start: Path) -> Exam:
    """The exam of the folder that is called like it, else the one of which most exercises are among `names`.

    The first exam is taken if none is among them; `NoExamError` if there is no exam.
    """
    first = nearest_exam(start)
    if first.assignment in start.parts:
        return first
    try:
        return exam_for_names(names, start)
    except NoExamError:
        return first


def exam_for_names(names: Collection[str], start: Path, assignment: str = "") -> Exam:
    """The exam of the assignment; without its name, the one of which most exercises are among `names`."""
    every = [exam for _, exam in _exams(start)]
    if not every:
        raise _no_exam(start)
    exams = [exam for exam in every if assignment in ("", exam.assignment)]
    if not exams:
        known = sorted({exam.assignment for exam in every})
        raise NoExamError(f"There is no assignment {assignment!r}; {suggestion(assignment, known)}")
    counts = [sum(exercise.name in names for exercise in exam.exercises) for exam in exams]
    if not max(counts):
        raise NoExamError("No exercise is defined in this kernel yet. Run the cells with your code first.")
    return exams[counts.index(max(counts))]


def _exams(start: Path) -> Iterator[tuple[Path, Exam]]:
    """The exams beside a notebook, above it and in the package, each with the folder of its course."""
    for course in (*map(Course, (start, *start.parents)), Course(start, PACKAGED_EXAMS)):
        # A folder that is called like an assignment is where its notebook lies.
        for assignment in sorted(course.assignments, key=lambda one: (one not in start.parts, one)):
            yield course.folder, _loaded(course, assignment)


def _no_exam(start: Path) -> NoExamError:
    return NoExamError(
        "No exam is here: the file that ends in .exam belongs beside this notebook, or in a folder above it. "
        f"This notebook runs in {start}."
    )


def named(exam: Exam, name: str) -> ExamExercise | None:
    """The exercise of this name, in small letters or large."""
    exact = [exercise for exercise in exam.exercises if exercise.name == name]
    return next(iter(exact or [one for one in exam.exercises if one.name.lower() == name.lower()]), None)


def _loaded(course: Course, assignment: str) -> Exam:
    if course.has_reference(assignment):
        key = course.fingerprint(assignment)
    else:
        stat = course.sealed_exam(assignment).stat()
        key = f"{stat.st_mtime_ns} {stat.st_size}"
    try:
        return _cached(course, assignment, key)
    except (CourseError, ExamFileError) as error:
        raise NoExamError(str(error)) from None


@functools.lru_cache(maxsize=4)
def _cached(course: Course, assignment: str, key: str) -> Exam:
    return exam_for(course, assignment, 0)
