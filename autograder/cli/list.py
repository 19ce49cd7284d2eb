"""`grade list`: what there is to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, make_console, printable, status_line

if TYPE_CHECKING:
    from autograder.course import Course


@options.command()
@options.optional_assignment
def command(assignment: str | None) -> None:
    """List the assignments of the course that you are in, or the exercises of ASSIGNMENT with their points.

    Nothing is graded: an exercise is done if `grade ASSIGNMENT` found it complete and its code is still the same.
    """
    if assignment is None:
        _list_assignments()
    else:
        _list_exercises(assignment)


def _list_assignments() -> None:
    from autograder.course import find_courses
    from autograder.handout import done_exercises, outline_of
    from autograder.text import plural

    course, names = find_courses(Path.cwd())
    outlines = {name: outline_of(course, name) for name in names}
    width = max(map(len, names))
    for name, outline in outlines.items():
        done = len(done_exercises(course, name) & outline.exercises)
        progress = f"{done} of {plural(len(outline.exercises), 'exercise')} done"
        if not course.exercises(name).is_dir():
            progress += f"; begin with `grade start {name}`"
        click.echo(f"{name:<{width}}  {outline.title}, {progress}")
    complete = [name for name, outline in outlines.items() if outline.exercises <= done_exercises(course, name)]
    click.echo(what_to_type(course, names, complete))


def what_to_type(course: Course, names: Sequence[str], complete: Sequence[str]) -> str:
    """The commands for the first assignment that is begun and not complete, else for one to begin."""
    begun = [name for name in names if course.exercises(name).is_dir()]
    unfinished = [name for name in begun if name not in complete]
    new = [name for name in names if name not in begun]
    if not unfinished and new:
        return f"\n`grade start {new[0]}` creates the files to work on; `grade --help` lists all commands."
    name = (unfinished or begun)[0]
    return f"\n`grade {name}` grades your work, `grade list {name}` lists the exercises, `grade --help` all commands."


def _list_exercises(assignment: str) -> None:
    from autograder.course import find_course
    from autograder.exam import exam_for
    from autograder.handout import done_exercises
    from autograder.text import plural, points

    course = find_course(Path.cwd(), assignment)
    with status_line() as show:
        show("Preparing the exam")
        exam = exam_for(course, assignment, 0, progress=exam_progress(show))
    total = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    done = done_exercises(course, assignment) & {exercise.name for exercise in exam.exercises}
    click.echo(
        f"{exam.title}: {plural(len(exam.exercises), 'exercise')}, {points(total)} points"
        f"{f', {len(done)} done' if done else ''}"
    )
    mark = printable(make_console())("✓")
    for section in exam.sections:
        worth = points(sum(exercise.points for exercise in section.exercises))
        extra = ", extra credit" if section.extra else ""
        click.echo(f"\n{section.title} ({section.name}.py), {worth} points{extra}")
        for exercise in section.exercises:
            checks = plural(len(exercise.checks), "check")
            done_mark = mark if exercise.name in done else " "
            noun = "point" if exercise.points == 1 else "points"
            click.echo(f"  {done_mark} {exercise.name:<28} {points(exercise.points):>4} {noun}, {checks}")
