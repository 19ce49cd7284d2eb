"""`grade nbgrader`: the same exercises in a course that uses nbgrader."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.console import status_line
from autograder.cli.exits import BELOW
from autograder.errors import UserError

MISSING = "nbgrader is not installed beside torchgrade; install it with: pip install 'torchgrade[nbgrader]'"


@click.group(context_settings=options.CONTEXT)
def command() -> None:
    """Make, compare and fill a course of nbgrader (0.9.5 or later).

    After init, nbgrader's own commands do the rest in the course folder: generate_assignment, autograde,
    generate_feedback, export.
    """


@command.command(context_settings=options.CONTEXT, short_help="make a course folder")
@click.argument("folder", metavar="COURSE", type=options.ANY_PATH)
@click.argument("assignments", metavar="[ASSIGNMENT]...", nargs=-1)
@click.option("--kernels", is_flag=True, help="Let autograde also run notebooks in kernels, which have your rights.")
@options.verbose
def init(folder: Path, assignments: tuple[str, ...], kernels: bool) -> None:
    """Make the course folder COURSE for nbgrader, with the assignments of the course that you are in.

    It gets source/ASSIGNMENT with the notebook and the sealed exam, nbgrader_config.py, and torchgrade.json, which
    holds secret seeds and must not be handed out. What exists is never overwritten.

    autograde runs student code in the sandbox only, unless the configuration asks for kernels.
    """
    from autograder.course import find_course, find_courses

    _needs_nbgrader()
    from autograder.nbgrader.course_folder import create_folder, sealed_call

    if folder.exists() and not folder.is_dir():
        raise UserError(f"{folder} is a file; name a folder.")
    if assignments:
        found = [find_course(Path.cwd(), name) for name in assignments]
        course, names = found[0], list(dict.fromkeys(assignments))
    else:
        course, names = find_courses(Path.cwd())
    without = [name for name in names if not course.has_reference(name)]
    if without:
        raise UserError(f"{course.folder} has no reference of {without[0]}, which the notebook is made from.")
    with status_line() as show:
        show("Preparing the exam")
        made = create_folder(course, names, folder, kernels)
    for path in made:
        click.echo(f"wrote {path}")
    if folder / "nbgrader_config.py" not in made:
        click.echo(
            "nbgrader_config.py is yours and stays as it is. Add below get_config():\n"
            f"    from autograder.nbgrader.config import sealed\n    {sealed_call(kernels)}"
        )
    click.echo(f"Next, in {folder}: nbgrader generate_assignment {names[0]}")


@command.command(context_settings=options.CONTEXT, short_help="show where a course folder differs from the reference")
@click.argument("folder", metavar="COURSE", type=options.ANY_PATH)
@options.verbose
def check(folder: Path) -> None:
    """Show where the course folder COURSE differs from the reference; exit status 1 if it does."""

    _needs_nbgrader()
    from autograder.nbgrader.folder_check import check_folder

    with status_line() as show:
        show("Comparing")
        found = list(check_folder(folder))
    for sentence in found:
        click.echo(sentence)
    if found:
        sys.exit(BELOW)
    click.echo(f"{folder.resolve()} is as the reference says.")


@command.command(context_settings=options.CONTEXT, short_help="write results of grade batch into the gradebook")
@click.argument("results", metavar="RESULTS", type=options.ANY_PATH)
@click.argument("folder", metavar="COURSE", type=options.ANY_PATH)
@options.verbose
def push(results: Path, folder: Path) -> None:
    """Write the scores in RESULTS, of grade batch, into nbgrader's gradebook of COURSE.

    Manual scores, extra credit and comments in it stay as they are.
    """
    from autograder.classroom import read_gradebook
    from autograder.text import one_line, plural, points

    _needs_nbgrader()
    from autograder.nbgrader.push import push as push_all

    count = 0
    for one in push_all(read_gradebook(results), folder):
        count += not one.problem
        outcome = f"no score: {one_line(one.problem)}" if one.problem else points(one.score)
        click.echo(f"{one_line(one.student)}: {outcome}")
    click.echo(f"{plural(count, 'student')} in the gradebook of {folder.resolve()}.")


def _needs_nbgrader() -> None:
    from importlib.util import find_spec

    if find_spec("nbgrader") is None:
        raise UserError(MISSING)
