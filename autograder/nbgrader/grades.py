"""Where the grade of a submission comes from: the sandbox, or the results of `grade batch`.

`torchgrade.json` in nbgrader's course folder names the folder with the reference, and the secret seed of each exam. It
must not be handed out, and lies outside of source/ and release/ therefore.
"""

from __future__ import annotations

import atexit
import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from autograder.classroom import Override, ResultsError, StoredResult, read_batch, read_entries, read_overrides
from autograder.course import Course
from autograder.errors import CourseError, UserError
from autograder.exam import exam_for
from autograder.grading import grade
from autograder.model import Exam, ExerciseResult, Grade
from autograder.sandbox import Sandbox, SandboxError, reaches
from autograder.submission import SubmissionError, digest, read_submission

FILE = "torchgrade.json"
SCHEMA = 1


class GradesError(UserError):
    """No grade can be made, by a fault of the course or of this machine; one sentence for the instructor."""


@dataclass(frozen=True)
class Settings:
    """The folder with the reference, and the seed of each assignment's exam."""

    course: Path
    seeds: Mapping[str, int]


@dataclass(frozen=True)
class StudentGrade:
    """What is known of one submission: the results of its exercises, the points that count, or why there are none."""

    results: Mapping[str, ExerciseResult]
    points: Mapping[str, float]
    notes: tuple[str, ...] = ()
    problem: str = ""


@dataclass(frozen=True)
class Results:
    """What `grade batch` has left in a folder, and the points that persons gave for single exercises."""

    kept: Mapping[str, StoredResult]
    overrides: Mapping[str, tuple[Override, ...]]


def of_sandbox(exam: Exam, submitted: Path, student: str, tier: str) -> StudentGrade:
    """Grade what lies in `submitted`, in a sandbox that reaches the tier."""
    try:
        submission = read_submission(submitted, student)
    except SubmissionError as error:
        return StudentGrade({}, {}, problem=f"{error}.")
    try:
        return _given(grade(exam, submission, _sandbox(tier), pictures=True))
    except SandboxError:
        _sandbox.cache_clear()  # it died; a fresh one may live
        return _given(grade(exam, submission, _sandbox(tier), pictures=True))


def of_results(results: Results, submitted: Path, student: str) -> StudentGrade:
    """What `grade batch` has found of the same submission."""
    one = results.kept.get(student)
    if one is None:
        return StudentGrade({}, {}, problem="Not graded yet: run grade batch again.")
    if one.entry.grade is None:
        return StudentGrade({}, {}, problem=f"Not graded: {one.entry.problem or one.entry.state}.")
    try:
        if digest(read_submission(submitted, student)) != one.submission:
            return StudentGrade({}, {}, problem="Not graded yet: this is a newer submission; run grade batch again.")
    except SubmissionError as error:
        return StudentGrade({}, {}, problem=f"{error}.")
    given = _given(one.entry.grade)
    overrides = results.overrides.get(student, ())
    points = {**given.points, **{other.exercise: other.points for other in overrides if other.exercise}}
    return StudentGrade(given.results, points, given.notes)


def read_results(folder: Path) -> Results:
    """The results in a folder, or `GradesError`."""
    try:
        batch = read_batch(folder)
        if batch is None:
            raise GradesError(f"{folder} holds no results of grade batch.")
        return Results(read_entries(folder), read_overrides(folder, batch))
    except ResultsError as error:
        raise GradesError(str(error)) from None


def read_settings(folder: Path) -> Settings:
    """What `torchgrade.json` says, or `GradesError` with what to do."""
    path = folder / FILE
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["schema"] != SCHEMA:
            raise GradesError(f"{path} was written by another version of torchgrade.")
        seeds = {str(name): int(seed) for name, seed in told["seeds"].items()}
        return Settings(Path(folder, told["course"]), seeds)
    except FileNotFoundError:
        raise GradesError(
            f"{path} is missing: it names the folder with the reference and the secret seed of each exam. "
            "grade nbgrader init makes it."
        ) from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise GradesError(f"{path} cannot be read: {error}.") from None


def exam_of(folder: Path, assignment: str) -> Exam:
    """The instructor's exam of an assignment, hidden checks included."""
    settings = read_settings(folder)
    course = Course(settings.course)
    if not course.has_reference(assignment):
        raise GradesError(f"{folder / FILE} names {course.folder}, which has no reference of {assignment}.")
    if assignment not in settings.seeds:
        raise GradesError(f"{folder / FILE} has no seed for {assignment}; grade nbgrader init adds it.")
    try:
        return exam_for(course, assignment, settings.seeds[assignment])
    except CourseError as error:
        raise GradesError(str(error)) from None


def _given(made: Grade) -> StudentGrade:
    results = {one.name: one for section in made.sections for one in section.exercises}
    return StudentGrade(results, {name: one.earned for name, one in results.items()}, made.notes)


@functools.cache
def _sandbox(tier: str) -> Sandbox:
    """One for the whole process, since its start takes longer than a grade."""
    sandbox = Sandbox(device="auto")
    atexit.register(sandbox.__exit__)
    if not reaches(sandbox.isolation.tier, tier):
        raise GradesError(
            f"The sandbox reaches only the tier {sandbox.isolation.tier} here, not {tier}: "
            f"{sandbox.isolation.reason}. `grade doctor` tells more; c.SealedGrades.require_isolation allows less."
        )
    return sandbox
