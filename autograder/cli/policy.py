"""Which `course.toml` a command uses, and what it prints about it."""

from __future__ import annotations

import codecs
import shlex
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.text import student_names

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Batch, CourseFile, FinalPoints, Gradebook, Policy
    from autograder.cli.batch_setup import BatchRequest
    from autograder.course import Course
    from autograder.model import Exam

NAME = "course.toml"


def course_file_of(request: BatchRequest, course: Course) -> CourseFile | None:
    """Read the file that was named, else that of the course, else that of the last run; None if there is none."""
    from autograder.classroom import read_course_file, stored_course_file

    of_course = course.folder / NAME
    path = request.course_file or (of_course if of_course.is_file() else None)
    return read_course_file(path, course.assignments) if path else stored_course_file(request.results)


def print_policy(file: CourseFile, assignment: str, console: Console) -> None:
    """Print which policy is used."""
    none = "" if assignment in file.policies else f", which has no table [{assignment}]: final points are not computed"
    console.print(f"Policy: {file.path}{none}", soft_wrap=True)


def best_by(policy: Policy | None, batch: Batch, exam: Exam) -> FinalPoints | None:
    """How the final points of an upload are computed; None unless the best of several uploads counts."""
    from autograder.classroom import final_points, sections_of

    if policy is None or not policy.best:
        return None
    return partial(final_points, policy=policy, sections=sections_of(exam), total=batch.points)


def known_assignments() -> list[str]:
    """The assignments of the course in this folder; none without a course."""
    from autograder.course import find_courses
    from autograder.errors import NoCourseError

    try:
        return find_courses(Path.cwd())[1]
    except NoCourseError:
        return []


def other_policy(results: Path, course_file: Path | None) -> Iterator[str]:
    """A sentence if the course in this folder has another `course.toml` than the results, and none was named."""
    from autograder.course import find_courses
    from autograder.errors import NoCourseError

    try:
        path = find_courses(Path.cwd())[0].folder / NAME
        if course_file is not None or not path.is_file():
            return
        stored = results / NAME
        same = stored.is_file() and stored.read_bytes() == path.read_bytes().removeprefix(codecs.BOM_UTF8)
    except (NoCourseError, OSError):
        return
    if not same:
        used = f"is not the one in {results}, which is used" if stored.is_file() else f"is not used for {results}"
        yield f"{path} {used}; --course {shlex.quote(str(path))} uses it."


def notes_on_points(gradebook: Gradebook, course_file: Path | None) -> Iterator[str]:
    """What the points in the exported files are out of, and whose lateness is unknown."""
    from autograder.text import points

    if gradebook.left_out:
        yield f"{gradebook.left_out[0].upper()}{gradebook.left_out[1:]}."
    if gradebook.out_of is not None:
        yield f"These are final points of course.toml, out of {points(gradebook.out_of)}."
    elif course_file is not None:
        yield f"{course_file} has no table [{gradebook.assignment}]: these are points earned, without a policy."
    unknown = [entry.student.key for entry in gradebook.entries if entry.final and entry.final.doubt]
    if unknown:
        yield f"Without a penalty, because the time of hand-in is unknown: {student_names(unknown)}."
