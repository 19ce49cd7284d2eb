"""`grade certificate`: a page to show, when the work is right."""

from __future__ import annotations

import datetime
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.console import check_writable, exam_progress, status_line, write_file
from autograder.errors import UserError

LONGEST_NAME = 80  # characters


@options.command()
@options.assignment
@click.option("--name", required=True, metavar="NAME", help="The name on the certificate.")
@click.option("-o", "--output", metavar="FILE", type=options.ANY_PATH, help="[default: certificate-ASSIGNMENT.html]")
def command(assignment: str, name: str, output: Path | None) -> None:
    """Write a certificate of ASSIGNMENT: one web page to show or to print, with your milestones.

    Nothing is graded: `grade ASSIGNMENT` must have found all exercises right, except those of extra credit, and their
    code must still be the same. The page is no proof of identity.
    """
    from autograder.course import find_course
    from autograder.exam import exam_for
    from autograder.handout import done_exercises, read_milestones
    from autograder.reports.milestones import CertifiedSection, render_certificate
    from autograder.text import one_line

    shown = one_line(name)
    if not shown or len(shown) > LONGEST_NAME:
        raise UserError(f"--name needs 1 to {LONGEST_NAME} characters.")
    path = output or Path(f"certificate-{assignment}.html")
    course = find_course(Path.cwd(), assignment)
    if not course.exercises(assignment).is_dir():
        raise UserError(
            f"{course.exercises(assignment)} does not exist; run this in the folder that holds exercises/, "
            f"or run `grade start {assignment}`."
        )
    check_writable(path, "--output")
    with status_line() as show:
        show("Preparing the exam")
        exam = exam_for(course, assignment, 0, progress=exam_progress(show))
    done = done_exercises(course, assignment)
    needed = [one.name for section in exam.sections if not section.extra for one in section.exercises]
    missing = [one for one in needed if one not in done]
    if missing:
        left = "1 exercise is" if len(missing) == 1 else f"{len(missing)} exercises are"
        raise UserError(
            f"There is no certificate yet: {left} not right, or changed since the last grading: {', '.join(missing)}. "
            f"Run `grade {assignment}`."
        )
    sections = [
        CertifiedSection(one.title, one.extra, tuple(two.name for two in one.exercises if two.name in done))
        for one in exam.sections
    ]
    stored = read_milestones(course.folder, assignment).in_order(exam)
    milestones = [one.milestone for one in stored if one.code.keys() <= done]
    hidden = any(one.full_points > one.points for one in exam.exercises)
    page = render_certificate(exam.title, shown, datetime.date.today(), sections, milestones, hidden=hidden)
    write_file(path, page.encode())
    click.echo(f"Certificate: {path}")
