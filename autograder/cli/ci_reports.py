"""What `grade ASSIGNMENT` writes for servers that run it: JUnit XML, and the ways of GitHub."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli.console import write_file
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.model import Grade


def write_for_ci(grade: Grade, work: Path, junit_file: Path | None, github: bool, classroom50: Path | None) -> None:
    """Write what was asked for of the grade of `work`, a folder or a file."""
    if junit_file is not None:
        from autograder.classroom import gradebook_of
        from autograder.reports.junit import junit

        write_file(junit_file, junit(gradebook_of(grade))["junit.xml"].encode())
    if classroom50 is not None:
        from autograder.reports.classroom50 import result

        write_file(classroom50, result(grade, os.environ).encode())
    if github:
        _write_for_github(grade, work)


def _write_for_github(grade: Grade, work: Path) -> None:
    """Print the annotations, and add to the summary of the job, or print it where there is none."""
    from autograder.reports.github import summary, workflow_commands

    folder = work if work.is_dir() else work.parent
    root = Path(os.environ.get("GITHUB_WORKSPACE") or Path.cwd())
    for line in workflow_commands(grade, os.path.relpath(folder, root)):
        click.echo(line)
    text = summary(grade).encode("utf-8", "backslashreplace")
    if file := os.environ.get("GITHUB_STEP_SUMMARY"):
        try:
            with Path(file).open("ab") as stream:
                stream.write(text)
        except OSError as error:
            raise UserError(f"{file}, the summary of the job, cannot be written: {error.strerror}") from None
    else:
        click.echo(text.decode(), nl=False)
