"""`grade release`: what an instructor hands out."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.common import MistakeError, make_console, progress


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--seed", type=click.IntRange(min=0), default=0, show_default=True, help="Draw the questions from this.")
@click.option("-v", "--verbose", is_flag=True, help="Show where a fault of torchgrade happened.")
def command(assignment: str, folder: Path, seed: int, verbose: bool) -> None:
    """Write what students get of ASSIGNMENT to FOLDER: stubs, notebook, README, and the sealed exam.

    With torchgrade installed, `grade ASSIGNMENT` works in that folder without any reference or solution. Hidden checks
    stay here; grade what is handed in with `grade batch`, which draws its questions from a secret seed.
    """
    from autograder.course import CourseError, find_course
    from autograder.exam import exam_for
    from autograder.handout import ReleaseError, StubError, stale, write_release

    try:
        course = find_course(Path.cwd(), assignment)
        if not course.has_reference(assignment):
            raise MistakeError(f"{course.folder} has no reference of {assignment}, which a release is made from.")
        if old := stale(course.folder, assignment):
            raise MistakeError(f"{old[0]} is not what the solutions make; run: python -m autograder.handout.stubs")
        with progress(make_console(stderr=True)) as tell:
            tell("Preparing the exam")
            exam = exam_for(course, assignment, seed)
            files = write_release(course, exam, folder)
    except (CourseError, ReleaseError, StubError) as error:
        raise MistakeError(str(error)) from None
    for file in files:
        click.echo(f"wrote {folder / file}")
