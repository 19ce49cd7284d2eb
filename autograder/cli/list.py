"""`grade list`: what there is to do."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import check_writable, exam_progress, make_console, printable, status_line, write_file
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.handout import Milestones
    from autograder.model import Exam, ReachedMilestone


@options.command()
@options.optional_assignment
@click.option("--html", "html_file", metavar="FILE", type=options.ANY_PATH, help="Write a page of your milestones.")
def command(assignment: str | None, html_file: Path | None) -> None:
    """List the assignments of the course that you are in, or the exercises of ASSIGNMENT with their points.

    Milestones show what right exercises amount to; each has a picture that your own code made.

    Nothing is graded: an exercise is done if `grade ASSIGNMENT` found it complete and its code is still the same.
    """
    if assignment is None and html_file is not None:
        raise UserError("--html needs the name of an assignment.")
    check_writable(html_file, "--html")
    if assignment is None:
        _list_assignments()
    else:
        _list_exercises(assignment, html_file)


def _list_assignments() -> None:
    from autograder.course import find_courses
    from autograder.handout import done_exercises, outline_of, read_milestones
    from autograder.text import plural

    course, names = find_courses(Path.cwd())
    outlines = {name: outline_of(course, name) for name in names}
    width = max(map(len, names))
    for name, outline in outlines.items():
        done = len(done_exercises(course, name) & outline.exercises)
        progress = f"{done} of {plural(len(outline.exercises), 'exercise')} done"
        stored = read_milestones(course.folder, name)
        reached = sum(stored.of(*one) is not None for one in outline.milestones)
        if reached:
            progress += f", {reached} of {plural(len(outline.milestones), 'milestone')} reached"
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


def _list_exercises(assignment: str, html_file: Path | None) -> None:
    from autograder.course import find_course
    from autograder.exam import exam_for
    from autograder.handout import done_exercises, read_milestones
    from autograder.text import plural, points

    course = find_course(Path.cwd(), assignment)
    with status_line() as show:
        show("Preparing the exam")
        exam = exam_for(course, assignment, 0, progress=exam_progress(show))
    stored = read_milestones(course.folder, assignment)
    reached = [one.milestone for one in stored.in_order(exam)]
    if html_file is not None and not reached:
        raise UserError(f"No milestone of {assignment} is reached yet, so there is no page to write.")
    total = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    extra = sum(exercise.points for section in exam.sections if section.extra for exercise in section.exercises)
    done = done_exercises(course, assignment) & {exercise.name for exercise in exam.exercises}
    click.echo(
        f"{exam.title}: {plural(len(exam.exercises), 'exercise')}, {points(total)} points"
        f"{f' and {points(extra)} of extra credit' if extra else ''}"
        f"{f', {len(done)} done' if done else ''}"
    )
    mark = printable(make_console())("✓")
    for section in exam.sections:
        worth = points(sum(exercise.points for exercise in section.exercises))
        credit = ", extra credit" if section.extra else ""
        click.echo(f"\n{section.title} ({section.name}.py), {worth} points{credit}")
        for exercise in section.exercises:
            checks = plural(len(exercise.checks), "check")
            done_mark = mark if exercise.name in done else " "
            noun = "point" if exercise.points == 1 else "points"
            click.echo(f"  {done_mark} {exercise.name:<28} {points(exercise.points):>4} {noun}, {checks}")
    show_milestones(exam, stored, done, mark, name_page=html_file is None)
    if html_file is not None:
        _write_page(exam.title, reached, html_file)


def show_milestones(exam: Exam, stored: Milestones, done: Collection[str], mark: str, *, name_page: bool) -> None:
    """Print which milestones are reached and what the others need, the streak, and the commands for the pages.

    `name_page` names the command that writes the page of the milestones.
    """
    from autograder.cli.reached import LEAST_STREAK, streak_line

    milestones = [(exercise.name, one) for exercise in exam.exercises for one in exercise.milestones]
    reached = sum(stored.of(name, one.name) is not None for name, one in milestones)
    if milestones:
        click.echo(f"\nMilestones, {reached} of {len(milestones)} reached")
    for name, one in milestones:
        is_reached = stored.of(name, one.name) is not None
        left = [needed for needed in one.exercises if needed not in done]
        needs = f": needs {', '.join(left)}" if left else f": run `grade {exam.assignment}` to see it"
        click.echo(f"  {mark if is_reached else ' '} {one.title}{'' if is_reached else needs}")
    if stored.streak >= LEAST_STREAK:
        click.echo(f"\n{streak_line(stored.streak)}")
    if reached and name_page:
        click.echo(f"\n`grade list {exam.assignment} --html milestones.html` shows the pictures of your milestones.")
    if all(one.name in done for section in exam.sections if not section.extra for one in section.exercises):
        click.echo(f'`grade certificate {exam.assignment} --name "YOUR NAME"` writes your certificate.')


def _write_page(title: str, reached: Sequence[ReachedMilestone], path: Path) -> None:
    from autograder.reports.milestones import render_milestones_page

    write_file(path, render_milestones_page(title, reached).encode())
    click.echo(f"Page: {path}", err=True)
