"""`grade ASSIGNMENT`: one submission, on the terminal."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from autograder.cli import COMMANDS
from autograder.cli.common import (
    BELOW,
    TIERS,
    MistakeError,
    check_device,
    check_isolation,
    check_writable,
    make_console,
    progress,
)
from autograder.cli.request import Request, find_exam, find_work, with_or_without_training

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Course
    from autograder.model import Exam, Grade

OTHERS = "\n".join(f"  grade {name:10} {what}" for name, what in COMMANDS.items())


@click.command(context_settings={"help_option_names": ["-h", "--help"]}, epilog=f"\b\nOther commands:\n{OTHERS}")
@click.argument("assignment")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="NAME", help="Grade only this exercise or section (repeatable).")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    help="Draw the questions of the exam from this seed.  [default: 0]",
)
@click.option("--json", "json_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the grade as JSON.")
@click.option(
    "--html", "html_file", metavar="FILE", type=click.Path(path_type=Path), help="Write a page with pictures."
)
@click.option(
    "--device",
    type=click.Choice(["auto", "cpu", "cuda"]),
    default="auto",
    show_default=True,
    help="Where networks are trained; auto is a GPU if there is one.",
)
@click.option("--data", metavar="DIR", type=click.Path(path_type=Path), help="Train on the data set in this folder.")
@click.option("--figures", metavar="DIR", type=click.Path(path_type=Path), help="Draw what was trained as PNG files.")
@click.option("--no-training", is_flag=True, help="Leave out the checks that train networks.")
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 1 below this share.")
@click.option("--require-isolation", type=click.Choice(TIERS), help="Refuse to grade in a weaker sandbox than this.")
@click.option("--watch", "watches", is_flag=True, help="Grade on each save, until q is pressed.")
@click.option("-v", "--verbose", is_flag=True, help="Show passed checks too, all notes, and what the code printed.")
@click.version_option(package_name="torchgrade", prog_name="torchgrade")
def command(
    assignment: str,
    path: Path | None,
    only: tuple[str, ...],
    seed: int | None,
    json_file: Path | None,
    html_file: Path | None,
    device: str,
    data: Path | None,
    figures: Path | None,
    no_training: bool,
    fail_under: float | None,
    require_isolation: str | None,
    watches: bool,
    verbose: bool,
) -> None:
    """Grade the exercises of ASSIGNMENT, for example: grade exercise3

    PATH is a folder, a .py file, a notebook or a zip; by default the folder exercises/ASSIGNMENT of the course that
    you are in. Your code runs in a process of its own, within limits, and never sees the expected answers.

    \b
    Exit status: 0 graded, 1 below --fail-under, 2 usage, 3 a fault of torchgrade
    or of the course, 4 the sandbox is not strong enough.
    """
    if watches:
        _alone({"--json": json_file, "--html": html_file, "--figures": figures, "--fail-under": fail_under})
    check_writable(json_file, "--json")
    _page_named(html_file)
    _drawable(figures)
    to_stdout = json_file == Path("-")
    pictures = html_file is not None
    wish = Request(assignment, path, only, seed, device, data, not no_training, require_isolation, pictures)
    if watches:
        _watch(wish)
    grade = _grade(wish, make_console(stderr=True))
    from autograder.reports.terminal import show_grade

    show_grade(grade, make_console(stderr=to_stdout), verbose)
    if json_file is not None:
        _write_json(grade, json_file, to_stdout)
    if html_file is not None:
        _write_page(grade, html_file)
    if figures is None and json_file is not None and not to_stdout:
        figures = json_file.with_name(f"{json_file.stem}-figures")
        _draw(grade, figures, wanted=False)
    elif figures is not None:
        _draw(grade, figures, wanted=True)
    share = 100 * grade.earned / grade.points if grade.points else 100.0
    if fail_under is not None and share < fail_under:
        sys.exit(BELOW)


def _grade(wish: Request, console: Console) -> Grade:
    from autograder.grading import ExerciseJudged, grade_in_steps
    from autograder.model import Grade
    from autograder.sandbox import Sandbox

    course, _, submission = find_work(wish)
    check_device(wish.device)
    with Sandbox(device=wish.device) as sandbox, progress(console) as tell:
        check_isolation(sandbox, wish.isolation)
        tell("Preparing the exam")
        exam = find_exam(wish, course)
        asked = with_or_without_training(wish, exam)
        tell("Grading")
        for event in grade_in_steps(asked, submission, sandbox, pictures=wish.pictures):
            if isinstance(event, ExerciseJudged):
                tell(f"Graded {event.exercise}")
    assert isinstance(event, Grade)
    if wish.own:
        _remember(course, exam, event)
    return event


def _remember(course: Course, exam: Exam, grade: Grade) -> None:
    """Keep which exercises are complete; one whose trainings were left out stays as it was remembered."""
    from autograder.handout import read_passed, write_passed

    before = read_passed(course.folder, exam.assignment)
    points = {exercise.name: exercise.points for exercise in exam.exercises}
    results = [result for section in grade.sections for result in section.exercises]
    complete = {result.name for result in results if result.earned >= points[result.name]}
    wrong = {result.name for result in results if result.earned < result.points}
    with contextlib.suppress(OSError):  # a grade is worth more than remembering it
        write_passed(course.folder, exam.assignment, (before | complete) - wrong)


def _watch(wish: Request) -> NoReturn:
    from autograder.cli.watch.loop import check_terminal, watch
    from autograder.sandbox import Sandbox

    check_terminal()
    course, path, _ = find_work(wish)
    check_device(wish.device)
    with Sandbox(ahead=1) as sandbox:
        with progress(make_console(stderr=True)) as tell:
            check_isolation(sandbox, wish.isolation)
            tell("Preparing the exam")
            exam = find_exam(wish, course)
            with_or_without_training(wish, exam)
        watch(course, exam, path, sandbox, make_console(), wish.device, wish.training, wish.own)


def _alone(others: Mapping[str, object]) -> None:
    """Refuse options that belong to a single grade."""
    for name, given in others.items():
        if given is not None:
            raise MistakeError(f"{name} is for a single grade; --watch grades again and again.")


def _write_json(grade: Grade, path: Path, to_stdout: bool) -> None:
    from autograder.grade_json import to_json

    text = to_json(grade)
    if to_stdout:
        click.echo(text, nl=False)
    else:
        _write(path, text)


def _page_named(path: Path | None) -> None:
    """Refuse a page that could not be written before any work is done."""
    if path == Path("-"):
        raise MistakeError("--html needs the name of a file; `-` is none.")
    check_writable(path, "--html")


def _write_page(grade: Grade, path: Path) -> None:
    from autograder.reports.page import page

    _write(path, page(grade))
    click.echo(f"Page: {path}", err=True)


def _write(path: Path, text: str) -> None:
    from autograder.files import write_beside

    try:
        write_beside(path, text.encode())
    except OSError as error:
        raise MistakeError(f"{path} cannot be written: {error.strerror}.") from None


def _drawable(folder: Path | None) -> None:
    """Refuse figures that could not be drawn before any work is done."""
    from autograder.reports.figures import available

    if folder is None:
        return
    if not available():
        raise MistakeError("--figures needs matplotlib: pip install 'torchgrade[figures]'")
    if folder.exists() and not folder.is_dir():
        raise MistakeError(f"{folder} is a file; --figures needs the name of a folder.")


def _draw(grade: Grade, folder: Path, wanted: bool) -> None:
    """Draw the figures; those that nobody asked for are left out where matplotlib is missing."""
    from autograder.reports.figures import FiguresError, available, draw
    from autograder.text import plural

    if not wanted and (not available() or not _trained(grade)):
        return
    try:
        files = draw(grade, folder)
    except FiguresError as error:
        raise MistakeError(str(error)) from None
    click.echo(f"Figures: {plural(len(files), 'file')} in {folder}", err=True)


def _trained(grade: Grade) -> bool:
    checks = (check for section in grade.sections for exercise in section.exercises for check in exercise.checks)
    return any(check.attempts for check in checks)
