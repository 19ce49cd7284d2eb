"""`grade lint`: an assignment looked over for its author."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.common import BELOW, MistakeError, make_console, progress

if TYPE_CHECKING:
    from autograder.course import Course


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment", required=False)
@click.option("--seeds", type=click.IntRange(min=1), default=3, show_default=True, help="Exams that are looked at.")
@click.option("--no-training", is_flag=True, help="Leave out the checks that train networks.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
def command(assignment: str | None, seeds: int, no_training: bool, verbose: bool) -> None:
    """Look over ASSIGNMENT, or all assignments of the course that you are in, as its author.

    The solution is to earn everything and the stubs nothing, with each seed; each misconception is to be refused and to
    get its own hint; each check is to be failed by something. What is only advice does not count.

    Exit status: 0 nothing to mend, 1 something to mend.
    """
    from autograder.course import CourseError, find_course, find_courses
    from autograder.handout import StubError
    from autograder.submission import SubmissionError

    try:
        if assignment is None:
            course, names = find_courses(Path.cwd())
        else:
            course, names = find_course(Path.cwd(), assignment), [assignment]
        names = [name for name in names if course.has_reference(name)]
        if not names:
            raise MistakeError(f"{course.folder} has no reference, which is what lint looks at.")
        count = sum(_lint(course, name, seeds, not no_training) for name in names)
    except (CourseError, StubError, SubmissionError) as error:
        raise MistakeError(str(error)) from None
    sys.exit(BELOW if count else 0)


def _lint(course: Course, assignment: str, seeds: int, training: bool) -> int:
    """Tell what is found; how much of it is to be mended."""
    from autograder.exam import exam_for
    from autograder.lint import lint
    from autograder.sandbox import Sandbox
    from autograder.text import ascii_only, one_line, plural, points

    console = make_console()
    spell = str if "utf" in (console.encoding or "").lower() else ascii_only
    with progress(make_console(stderr=True)) as tell, Sandbox() as sandbox:
        found = lint(course, assignment, sandbox, seeds=seeds, training=training, progress=tell)
        exam = exam_for(course, assignment, 0)
    exercises = exam.exercises
    due = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    extra = sum(exercise.points for exercise in exercises) - due
    known = sum(len(exercise.misconceptions) for exercise in exercises)
    more = f" and {points(extra)} extra" if extra else ""
    click.echo(
        f"{assignment}: {plural(len(exercises), 'exercise')}, {points(due)} points{more}, "
        f"{plural(known, 'misconception')}, {plural(seeds, 'seed')}"
    )
    for finding in sorted(found, key=lambda one: one.advice):
        mark = "advice" if finding.advice else "mend"
        console.print(spell(f"  {mark}: {finding.exercise}: {one_line(finding.text)}"), soft_wrap=True)
    serious = sum(not finding.advice for finding in found)
    advice = len(found) - serious
    told = f"{plural(serious, 'thing')} to mend" if serious else "Nothing to mend"
    click.echo(f"{told}{f', {advice} to consider' if advice else ''}.")
    return serious
