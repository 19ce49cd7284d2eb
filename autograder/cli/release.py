"""`grade release`: what an instructor hands out."""

from __future__ import annotations

import secrets
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, status_line, write_file
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.model import Exam


@options.command()
@options.assignment
@click.argument("folder", type=options.ANY_PATH)
@click.option(
    "--for",
    "target",
    type=click.Choice(["students", "github", "gradescope"]),
    default="students",
    show_default=True,
    help="Who gets it.",
)
@options.seed(default="0, for gradescope a secret one")
@click.option(
    "--quiz-after",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    metavar="N",
    help="Show which answers to a quiz are right only after N attempts.",
)
def command(assignment: str, folder: Path, target: str, seed: int | None, quiz_after: int) -> None:
    """Write what students get of ASSIGNMENT to FOLDER: stubs, notebook, README, and the sealed exam.

    With torchgrade installed, `grade ASSIGNMENT` works in that folder without any reference or solution. Hidden checks
    stay here; grade what is handed in with `grade batch`, which draws its questions from a secret seed.

    With --quiz-after 2, the first two attempts at a quiz show only how many answers are right. Different answers are
    different attempts.

    With --for github it adds a workflow that grades each push, and torchgrade itself, for a repository that students
    get a copy of. With --for gradescope it writes the zip that an instructor uploads there as the autograder. Its exam
    has the hidden checks and a secret seed; give it to nobody else.
    """
    from autograder.classroom import batch_of
    from autograder.course import find_course
    from autograder.exam import exam_for
    from autograder.handout import outdated_stubs, write_github_files, write_release

    gradescope = target == "gradescope"
    if gradescope and quiz_after:
        raise UserError("--quiz-after is for what students get, not for Gradescope.")

    course = find_course(Path.cwd(), assignment)
    if not course.has_reference(assignment):
        raise UserError(f"{course.folder} has no reference of {assignment}, which a release is made from.")
    if outdated := outdated_stubs(course.folder, assignment):
        raise UserError(f"{outdated[0]} does not match the solutions; run: grade stubs {assignment}")
    with status_line() as show:
        show("Preparing the exam")
        chosen = secrets.randbelow(1 << 31) if gradescope and seed is None else seed or 0
        exam = exam_for(course, assignment, chosen, progress=exam_progress(show), whole=True)
        if gradescope:
            file = _write_for_gradescope(course, exam, folder)
        else:
            files = write_release(course, exam, folder, quiz_after, for_github=target == "github")
        if target == "github":
            files += write_github_files(assignment, folder)
    if gradescope:
        points = batch_of(exam, training=True).points
        click.echo(f"wrote {file}")
        click.echo(
            f"In Gradescope make a programming assignment of {points:g} points. Upload the zip below “Configure "
            "Autograder”, with Ubuntu 22.04 or later as base image, and a container of 1 CPU and 3 GB or more."
        )
        return
    for file in files:
        click.echo(f"wrote {folder / file}")


def _write_for_gradescope(course: Course, exam: Exam, folder: Path) -> Path:
    from autograder.classroom import batch_of, write_batch
    from autograder.exam import save_exam
    from autograder.handout import gradescope_zip

    file = folder / f"{exam.assignment}-gradescope.zip"
    with TemporaryDirectory() as name:
        results = Path(name)
        save_exam(exam, results / "batch.exam")
        write_batch(results, batch_of(exam, training=True))
        data = gradescope_zip(course, exam.assignment, {path.name: path.read_bytes() for path in results.iterdir()})
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UserError(f"{folder} cannot be written: {error.strerror}") from None
    write_file(file, data)
    return file
