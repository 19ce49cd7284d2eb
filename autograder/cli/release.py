"""`grade release`: what an instructor hands out."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, status_line
from autograder.errors import UserError


@options.command()
@options.assignment
@click.argument("folder", type=options.ANY_PATH)
@options.seed(default="0")
@click.option(
    "--quiz-after",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Show which answers to a quiz are right only after N attempts.",
)
def command(assignment: str, folder: Path, seed: int | None, quiz_after: int) -> None:
    """Write what students get of ASSIGNMENT to FOLDER: stubs, notebook, README, and the sealed exam.

    With torchgrade installed, `grade ASSIGNMENT` works in that folder without any reference or solution. Hidden checks
    stay here; grade what is handed in with `grade batch`, which draws its questions from a secret seed.

    With --quiz-after 2, the first two attempts at a quiz show only how many answers are right. Different answers are
    different attempts.
    """
    from autograder.course import find_course
    from autograder.exam import exam_for
    from autograder.handout import outdated_stubs, write_release

    course = find_course(Path.cwd(), assignment)
    if not course.has_reference(assignment):
        raise UserError(f"{course.folder} has no reference of {assignment}, which a release is made from.")
    if outdated := outdated_stubs(course.folder, assignment):
        raise UserError(f"{outdated[0]} does not match the solutions; run: grade stubs {assignment}")
    with status_line() as show:
        show("Preparing the exam")
        exam = exam_for(course, assignment, seed or 0, progress=exam_progress(show), whole=True)
        files = write_release(course, exam, folder, quiz_after)
    for file in files:
        click.echo(f"wrote {folder / file}")
