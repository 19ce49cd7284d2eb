"""`grade repro`: the first failing call of an exercise as a script, for a debugger."""

from __future__ import annotations

import shlex
from pathlib import Path

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, status_line, write_file
from autograder.errors import UserError


@options.command()
@options.assignment
@click.argument("exercise")
@options.optional_path
@click.option("-o", "--output", metavar="FILE.py", type=options.ANY_PATH, help="[default: repro_EXERCISE.py]")
def command(assignment: str, exercise: str, path: Path | None, output: Path | None) -> None:
    """Write the first failing call of EXERCISE as a short script, for example: grade repro exercise3 conv2d_manual

    The script imports your function or class, makes the arguments of the call, calls it and prints the result. Run it
    in a debugger, or paste it into a cell of your notebook. It has no expected answers.
    """
    from autograder.exam import exercise_named, only
    from autograder.grading import grade
    from autograder.handout import hide_quizzes
    from autograder.prepare import Request, prepare
    from autograder.reports.repro_script import FIRST_LINE, repro_script

    with status_line() as show:
        show("Preparing the exam")
        with prepare(Request(assignment, path, training=False), progress=exam_progress(show)) as setup:
            asked = exercise_named(setup.whole, exercise)
            show(f"Grading {asked.name}")
            if asked.name not in {one.name for one in setup.exam.exercises}:
                raise UserError(f"All checks of {asked.name} train a network: there is no single call to look at.")
            exam = only(setup.exam, [asked.name])
            graded = hide_quizzes(grade(exam, setup.submission, setup.sandbox), exam, setup.course.folder)
    result = graded.sections[0].exercises[0]
    if not result.file or result.not_started:
        raise UserError(f"{asked.name} is not started: there is no call to look at.")
    work = setup.path / result.file if setup.path.is_dir() else setup.path
    script = repro_script(asked, result, work)
    target = output or Path(f"repro_{asked.name}.py")
    if target.exists() and not _is_ours(target, FIRST_LINE):
        raise UserError(f"{target} is there already and is not from `grade repro`; name another file with -o.")
    write_file(target, script.encode())
    click.echo(f"{target}: run it with `python {shlex.quote(str(target))}`, or in a debugger.")


def _is_ours(path: Path, first_line: str) -> bool:
    try:
        with path.open(encoding="utf-8") as file:
            return file.readline().rstrip("\n") == first_line
    except (OSError, UnicodeDecodeError):
        return False
