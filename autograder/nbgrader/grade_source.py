"""Gets the grade of a submission: made in the sandbox, or read from the results of `grade batch`."""

from __future__ import annotations

import atexit
import functools
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom import Batch, Override, ResultsError, StoredResult, read_batch, read_entries, read_overrides
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam import exam_for
from autograder.grading import grade
from autograder.model import Exam, ExerciseResult, Grade
from autograder.nbgrader.settings import FILE, GradesError, read_settings
from autograder.sandbox import Sandbox, SandboxError, reaches
from autograder.submission import SubmissionError, digest, read_submission


@dataclass(frozen=True)
class SubmissionGrade:
    """The results of a submission's exercises and the points that count; `problem` says why there are none."""

    results: Mapping[str, ExerciseResult]
    points: Mapping[str, float]
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class BatchResults:
    """The stored results and overrides of `grade batch`, by student, and the exercises that were asked."""

    batch: Batch
    stored: Mapping[str, StoredResult]
    overrides: Mapping[str, tuple[Override, ...]]


def grade_in_sandbox(exam: Exam, submitted: Path, student: str, tier: str) -> SubmissionGrade:
    """Grade the folder `submitted` in a sandbox of at least this tier."""
    try:
        submission = read_submission(submitted, student)
    except SubmissionError as error:
        return SubmissionGrade({}, {}, problem=f"{error}.")
    try:
        return _submission_grade(grade(exam, submission, _sandbox(tier), pictures=True))
    except SandboxError:
        _sandbox.cache_clear()  # the sandbox died; a new one may work
        return _submission_grade(grade(exam, submission, _sandbox(tier), pictures=True))


def grade_from_results(results: BatchResults, submitted: Path, student: str) -> SubmissionGrade:
    """Look up the grade of a student, if `grade batch` graded the same submission."""
    result = results.stored.get(student)
    if result is None:
        return SubmissionGrade({}, {}, problem="Not graded yet: run grade batch again.")
    if result.entry.grade is None:
        return SubmissionGrade({}, {}, problem=f"Not graded: {result.entry.problem or result.entry.state}.")
    try:
        if digest(read_submission(submitted, student)) != result.submission:
            problem = "Not graded yet: this is a newer submission; run grade batch again."
            return SubmissionGrade({}, {}, problem=problem)
    except SubmissionError as error:
        return SubmissionGrade({}, {}, problem=f"{error}.")
    graded = _submission_grade(result.entry.grade)
    overrides = results.overrides.get(student, ())
    points = {**graded.points, **{other.exercise: other.points for other in overrides if other.exercise}}
    return SubmissionGrade(graded.results, points, graded.notes)


def read_results(folder: Path) -> BatchResults:
    """Read the results of `grade batch` in a folder, or raise `GradesError`."""
    try:
        batch = read_batch(folder)
        if batch is None:
            raise GradesError(f"{folder} holds no results of grade batch.")
        entries = read_entries(folder)
        people = {key: one.entry.student for key, one in entries.items()}
        return BatchResults(batch, entries, read_overrides(folder, batch, people))
    except ResultsError as error:
        raise GradesError(str(error)) from None


def exam_of(folder: Path, assignment: str) -> Exam:
    """Build or load the instructor's exam of an assignment, hidden checks included."""
    settings = read_settings(folder)
    course = Course(settings.course)
    if not course.has_reference(assignment):
        raise GradesError(f"{folder / FILE} names {course.folder}, which has no reference of {assignment}.")
    if assignment not in settings.seeds:
        raise GradesError(f"{folder / FILE} has no seed for {assignment}; grade nbgrader init adds it.")
    try:
        return exam_for(course, assignment, settings.seeds[assignment], whole=True)
    except CourseError as error:
        raise GradesError(str(error)) from None


def _submission_grade(grade: Grade) -> SubmissionGrade:
    results = {one.name: one for section in grade.sections for one in section.exercises}
    return SubmissionGrade(results, {name: one.earned for name, one in results.items()}, grade.notes)


@functools.cache
def _sandbox(tier: str) -> Sandbox:
    """Start the sandbox of this process, once, because that takes longer than grading a submission."""
    sandbox = Sandbox(device="auto")
    atexit.register(sandbox.__exit__)
    if not reaches(sandbox.isolation.tier, tier):
        raise GradesError(
            f"The sandbox reaches only the tier {sandbox.isolation.tier} here, not {tier}: "
            f"{sandbox.isolation.reason}. `grade doctor` shows more. "
            "c.SealedGrades.require_isolation can lower the required tier."
        )
    return sandbox
