"""`grade list`: what there is to do."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import MistakeError, make_console, progress


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment", required=False)
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
def command(assignment: str | None, verbose: bool) -> None:
    """List the assignments of the course that you are in, or the exercises of ASSIGNMENT with their points.

    Nothing is graded: an exercise is marked as done if it was complete when `grade ASSIGNMENT` last saw it.
    """
    from autograder.course import CourseError, find_course, find_courses
    from autograder.exam import ExamFileError, exam_for
    from autograder.handout import read_passed
    from autograder.text import ascii_only, plural, points

    try:
        if assignment is None:
            course, names = find_courses(Path.cwd())
            for name in names:
                done = read_passed(course.folder, name)
                click.echo(f"{name}   in {course.exercises(name)}{f', {len(done)} done' if done else ''}")
            return
        course = find_course(Path.cwd(), assignment)
        with progress(make_console(stderr=True)) as tell:
            tell("Preparing the exam")
            exam = exam_for(course, assignment, 0)
    except (CourseError, ExamFileError) as error:
        raise MistakeError(str(error)) from None
    due = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    console = make_console()
    mark = "✓" if "utf" in (console.encoding or "").lower() else ascii_only("✓")
    done = read_passed(course.folder, assignment) & {exercise.name for exercise in exam.exercises}
    told = f", {len(done)} done" if done else ""
    click.echo(f"{exam.title}: {plural(len(exam.exercises), 'exercise')}, {points(due)} points{told}")
    for section in exam.sections:
        total = points(sum(exercise.points for exercise in section.exercises))
        extra = ", extra credit" if section.extra else ""
        click.echo(f"\n{section.title} ({section.name}.py), {total} points{extra}")
        for exercise in section.exercises:
            checks = plural(len(exercise.checks), "check")
            stand = mark if exercise.name in done else " "
            click.echo(f"  {stand} {exercise.name:<28} {points(exercise.points):>4} points, {checks}")
