"""`grade stubs`: the stubs and the notebook, made from the solutions."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.exits import BELOW


@options.command()
@options.optional_assignment
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if a stub does not match its solution.")
@click.option("--force", is_flag=True, help="Overwrite stubs in which somebody has worked.")
def command(assignment: str | None, check: bool, force: bool) -> None:
    """Make the stubs and the notebook of ASSIGNMENT from its solutions; of all assignments, if none is named.

    A stub is the solution with the code between its marks taken out. Nobody's work is overwritten without --force.
    """
    from autograder.handout import outdated_stubs_by_assignment, write_stubs

    course = Path()
    outdated = outdated_stubs_by_assignment(course, assignment)
    if not check:
        write_stubs(course, outdated, force)
    for name, paths in outdated.items():
        for path in paths:
            click.echo(f"{path.as_posix()} does not match the solutions" if check else f"wrote {path.as_posix()}")
        if check and paths:
            click.echo(f"run: grade stubs {name}")
        if not paths:
            click.echo(f"{name} is up to date")
    if check and any(outdated.values()):
        sys.exit(BELOW)
