"""What a grade adds to the student's progress: the exercises that are right, the streak, and new milestones."""

from __future__ import annotations

import contextlib
import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from autograder.errors import CourseError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.model import ExamMilestone, Grade, ReachedMilestone
    from autograder.prepare import Setup

LEAST_STREAK = 2  # that is worth a line


@dataclass(frozen=True)
class Progress:
    """The exercises that are right, with the digests of their code, and the streak before the grade and after it."""

    right: Mapping[str, str]
    streak_before: int = 0
    streak: int = 0


def remember(setup: Setup, grade: Grade) -> Progress:
    """Store the code of complete exercises; what is stored stays for one whose trainings were left out."""
    from autograder.handout import read_milestones, read_passed, with_graded, write_milestones, write_passed
    from autograder.submission import code_digests

    course, assignment = setup.course.folder, setup.whole.assignment
    before = read_passed(course, assignment)
    results = [result for section in grade.sections for result in section.exercises]
    complete = complete_exercises(setup, grade)
    wrong = {result.name for result in results if result.earned < result.points}
    now = code_digests(setup.submission, complete.union(before))
    passed = {**before, **{name: now[name] for name in complete if name in now}}
    passed = {name: code for name, code in passed.items() if name not in wrong}
    with contextlib.suppress(OSError):  # a grade is worth more than remembering it
        write_passed(course, assignment, passed)
    right = {name: code for name, code in passed.items() if now.get(name) == code}
    stored = read_milestones(course, assignment)
    counted = with_graded(stored, complete, wrong)
    if (counted.streak, counted.right) != (stored.streak, stored.right):
        with contextlib.suppress(OSError):
            write_milestones(course, assignment, counted)
    return Progress(right, stored.streak, counted.streak)


def complete_exercises(setup: Setup, grade: Grade) -> set[str]:
    """The exercises with all their points, those of left out trainings included."""
    points = {exercise.name: exercise.points for exercise in setup.whole.exercises}
    results = [result for section in grade.sections for result in section.exercises]
    return {result.name for result in results if result.earned >= points[result.name]}


def new_milestones(setup: Setup, grade: Grade, progress: Progress) -> list[ReachedMilestone]:
    """Ask for the milestones that are reached and not stored for this code, and store them."""
    from autograder.handout import StoredMilestone, read_milestones, write_milestones

    course, assignment = setup.course.folder, setup.whole.assignment
    stored = read_milestones(course, assignment)
    wanted = []
    for exercise, one in _reachable(setup, progress.right):
        known = stored.of(exercise, one.name)
        if known is None or known.code != _code_of(one, progress):
            wanted.append(one)
    reached = ask(setup, grade, wanted)
    if not reached:
        return []
    day = datetime.date.today().isoformat()
    codes = {(one.exercises[0], one.name): _code_of(one, progress) for one in wanted}
    days = {(one.milestone.exercise, one.milestone.name): one.day for one in stored.stored}
    names = {(one.exercise, one.name) for one in reached}
    others = [one for one in stored.stored if (one.milestone.exercise, one.milestone.name) not in names]
    new = [
        StoredMilestone(one, days.get((one.exercise, one.name), day), codes[one.exercise, one.name]) for one in reached
    ]
    with contextlib.suppress(OSError):  # a grade is worth more than remembering it
        write_milestones(course, assignment, replace(stored, stored=(*others, *new)))
    return [one for one in reached if (one.exercise, one.name) not in days]


def ask(setup: Setup, grade: Grade, wanted: Sequence[ExamMilestone]) -> list[ReachedMilestone]:
    """The pictures of these milestones as far as there are any; a fault in a picture never disturbs the grade."""
    from autograder.grading import ask_milestones
    from autograder.model import ReachedMilestone
    from autograder.sandbox import SandboxError

    with contextlib.suppress(CourseError, SandboxError):
        asked = ask_milestones(wanted, grade, setup.exam, setup.submission, setup.sandbox)
        return [one for one in asked if isinstance(one, ReachedMilestone)]
    return []


def milestones_on_page(setup: Setup, grade: Grade, is_own_work: bool) -> list[ReachedMilestone]:
    """The milestones of the graded exercises, for a page: the stored ones, or those that other work reaches."""
    from autograder.handout import read_milestones

    right = complete_exercises(setup, grade)
    if not is_own_work:
        return ask(setup, grade, [one for _, one in _reachable(setup, dict.fromkeys(right, ""))])
    stored = read_milestones(setup.course.folder, setup.whole.assignment)
    return [one.milestone for one in stored.in_order(setup.exam)]


def show_progress(assignment: str, new: Sequence[ReachedMilestone], progress: Progress, console: Console) -> None:
    """Print a line for each new milestone, and one for a streak that has grown."""
    from autograder.cli.console import printable

    encodable = printable(console)
    if new or progress.streak > max(progress.streak_before, LEAST_STREAK - 1):
        console.print()
    for one in new:
        console.print(encodable(f"New: {one.title}."), style="green", soft_wrap=True)
    if new:
        what = "it" if len(new) == 1 else "them"
        console.print(f"See {what}: `grade list {assignment} --html milestones.html`.", soft_wrap=True)
    if progress.streak > progress.streak_before and progress.streak >= LEAST_STREAK:
        console.print(streak_line(progress.streak), soft_wrap=True)


def streak_line(streak: int) -> str:
    return f"Streak: {streak} exercises turned right since one last turned wrong."


def _reachable(setup: Setup, right: Mapping[str, str]) -> list[tuple[str, ExamMilestone]]:
    """The milestones of graded exercises whose exercises are all right."""
    return [
        (exercise.name, one)
        for exercise in setup.exam.exercises
        for one in exercise.milestones
        if set(one.exercises) <= right.keys()
    ]


def _code_of(milestone: ExamMilestone, progress: Progress) -> dict[str, str]:
    return {name: progress.right[name] for name in milestone.exercises}
