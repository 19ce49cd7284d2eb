"""`grade ASSIGNMENT`: one submission, on the terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from autograder.cli import options
from autograder.cli.ci_reports import write_for_ci
from autograder.cli.console import check_writable, exam_progress, make_console, status_line, write_file
from autograder.cli.door import COMMANDS
from autograder.cli.exits import BELOW
from autograder.errors import NoCourseError, UserError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.model import Exam, Grade, ReachedMilestone
    from autograder.prepare import Request
    from autograder.reports.next_step import FollowUp

OTHERS = "\n".join(f"  grade {name:10} {what}" for name, what in COMMANDS.items())


@click.command(context_settings=options.CONTEXT, epilog=f"\b\nOther commands:\n{OTHERS}")
@options.assignment
@options.optional_path
@options.only
@options.seed(default="0")
@click.option("--json", "json_file", metavar="FILE", type=options.ANY_PATH, help="Write the grade as JSON.")
@click.option("--html", "html_file", metavar="FILE", type=options.ANY_PATH, help="Write a page with pictures.")
@click.option("--junit", "junit_file", metavar="FILE", type=options.ANY_PATH, help="Write JUnit XML.")
@click.option("--github", is_flag=True, help="In GitHub Actions: annotate the lines, and write the summary of the job.")
@click.option("--classroom50", metavar="FILE", type=options.ANY_PATH, help="Write the result.json of Classroom 50.")
@options.device()
@options.data
@click.option("--figures", metavar="DIR", type=options.ANY_PATH, help="Draw what was trained as PNG files.")
@options.no_training
@click.option("--fail-under", type=click.FloatRange(0, 100), metavar="PERCENT", help="Exit with 1 below this share.")
@options.explain_seconds
@options.require_isolation()
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
    junit_file: Path | None,
    github: bool,
    classroom50: Path | None,
    device: str,
    data: Path | None,
    figures: Path | None,
    no_training: bool,
    fail_under: float | None,
    explain_seconds: float,
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
    start = time.monotonic()
    from autograder.prepare import Request

    if watches:
        _refuse_with_watch({"--json": json_file, "--html": html_file, "--figures": figures, "--fail-under": fail_under})
        _refuse_with_watch({"--junit": junit_file, "--github": github or None, "--classroom50": classroom50})
    _check_outputs(json_file, html_file, figures)
    check_writable(junit_file, "--junit")
    check_writable(classroom50, "--classroom50")
    request = Request(assignment, path, only, seed, data, not no_training, device, require_isolation)
    with _command_suggested(assignment, path):
        if watches:
            _watch(request, explain_seconds)
        console = make_console(stderr=json_file == Path("-"))
        grade, work, milestones = _grade(request, html_file is not None, explain_seconds, console, verbose, start)
    _write_reports(grade, milestones, json_file, html_file, figures)
    write_for_ci(grade, work, junit_file, github, classroom50)
    share = 100 * grade.earned / grade.points if grade.points else 100.0
    if fail_under is not None and share < fail_under:
        sys.exit(BELOW)


def _grade(
    request: Request, pictures: bool, explain_seconds: float, console: Console, verbose: bool, start: float
) -> tuple[Grade, Path, list[ReachedMilestone]]:
    """Grade and show the grade; then look for the places of mistakes, which Ctrl-C ends, and show them.

    Return the grade, the path of what was graded, and the milestones for the page. The report shows the seconds since
    `start`, which the student waited, and not those of the grading alone.
    """
    from autograder.cli.reached import Progress, milestones_on_page, new_milestones, remember, show_progress
    from autograder.grading import ExerciseJudged, grade_in_steps, with_repairs
    from autograder.handout import hide_quizzes
    from autograder.model import Grade
    from autograder.prepare import prepare
    from autograder.reports.terminal import show_grade, show_repairs

    with contextlib.ExitStack() as stack:
        with status_line() as show:
            show("Preparing the exam")
            setup = stack.enter_context(prepare(request, progress=exam_progress(show)))
            show("Grading")
            for event in grade_in_steps(setup.exam, setup.submission, setup.sandbox, pictures=pictures):
                if isinstance(event, ExerciseJudged):
                    show(f"Graded {event.exercise}")
        assert isinstance(event, Grade)
        grade = hide_quizzes(event, setup.exam, setup.course.folder)
        progress = remember(setup, grade) if request.is_own_work else Progress({})
        waited = replace(grade, seconds=time.monotonic() - start)
        show_grade(waited, console, verbose, _follow_up(request, setup.whole), setup.path)
        milestones: list[ReachedMilestone] = []
        with status_line() as show, contextlib.suppress(KeyboardInterrupt):
            show("Asking for the pictures of milestones (Ctrl-C ends this)")
            new = new_milestones(setup, grade, progress) if request.is_own_work else []
            milestones = milestones_on_page(setup, grade, request.is_own_work) if pictures else []
            show_progress(request.assignment, new, progress, console)
        with status_line() as show, contextlib.suppress(KeyboardInterrupt):
            show("Looking for the places of mistakes (Ctrl-C ends this)")
            grade = with_repairs(grade, setup.exam, setup.submission, setup.sandbox, explain_seconds)
        show_repairs(grade, console, searched=explain_seconds > 0, work=setup.path)
    return grade, setup.path, milestones


def _follow_up(request: Request, asked: Exam) -> FollowUp:
    """The command of this request, and the one that grades also what it left out, if that is anything."""
    from autograder.reports.next_step import FollowUp

    trains = any(check.training for exercise in asked.exercises for check in exercise.checks)
    is_part = bool(request.only) or (trains and not request.training)
    return FollowUp(request.command, replace(request, only=(), training=True).command if is_part else "")


def _watch(request: Request, explain_seconds: float) -> NoReturn:
    from autograder.cli.watch.loop import check_terminal, watch
    from autograder.prepare import prepare

    check_terminal()
    with contextlib.ExitStack() as stack:
        with status_line() as show:
            show("Preparing the exam")
            setup = stack.enter_context(prepare(request, ahead=3, progress=exam_progress(show)))
        watch(
            setup.course,
            setup.whole,
            setup.path,
            setup.sandbox,
            make_console(),
            request.device,
            request.training,
            request.is_own_work,
            explain_seconds,
        )


@contextlib.contextmanager
def _command_suggested(assignment: str, path: Path | None) -> Iterator[None]:
    """Add the command that may have been meant to an error about an assignment that is not known."""
    from autograder.suggest import nearest

    try:
        yield
    except NoCourseError as error:
        near = nearest(assignment, COMMANDS, 0.7) if assignment != "watch" else f"{path or 'ASSIGNMENT'} --watch"
        if near and "did you mean" not in str(error):
            raise UserError(f"There is no command {assignment!r}. Did you mean `grade {near}`?") from None
        more = f" Did you mean the command `grade {near}`?" if near else ""
        raise UserError(f"{error}{more}") from None


def _refuse_with_watch(others: Mapping[str, object]) -> None:
    """Refuse options that belong to a single grade."""
    for name, value in others.items():
        if value is not None:
            raise UserError(f"{name} is for a single grade; --watch grades again and again.")


def _check_outputs(json_file: Path | None, html_file: Path | None, figures: Path | None) -> None:
    """Refuse outputs that could not be written before any work is done."""
    check_writable(json_file, "--json")
    if html_file == Path("-"):
        raise UserError("--html needs the name of a file; `-` is none.")
    check_writable(html_file, "--html")
    if figures is not None and figures.exists() and not figures.is_dir():
        raise UserError(f"{figures} is a file; --figures needs the name of a folder.")


def _write_reports(
    grade: Grade,
    milestones: list[ReachedMilestone],
    json_file: Path | None,
    html_file: Path | None,
    figures: Path | None,
) -> None:
    """Write the requested files; beside a JSON file, draw figures of the trainings."""
    to_stdout = json_file == Path("-")
    if json_file is not None:
        _write_json(grade, json_file, to_stdout)
    if html_file is not None:
        from autograder.reports.grade_page import render_grade_page

        write_file(html_file, render_grade_page(grade, milestones).encode())
        click.echo(f"Page: {html_file}", err=True)
    if figures is not None and not _can_be_drawn(grade):
        click.echo(
            "Figures: none, because nothing was trained. `--html page.html` draws wrong answers and students' figures.",
            err=True,
        )
    elif figures is not None:
        _draw(grade, figures)
    elif json_file is not None and not to_stdout and _can_be_drawn(grade):
        _draw(grade, json_file.with_name(f"{json_file.stem}-figures"))


def _write_json(grade: Grade, path: Path, to_stdout: bool) -> None:
    from autograder.grade_json import to_json

    text = to_json(grade)
    if to_stdout:
        click.echo(text, nl=False)
    else:
        write_file(path, text.encode())


def _can_be_drawn(grade: Grade) -> bool:
    """Whether something was trained."""
    checks = (check for section in grade.sections for exercise in section.exercises for check in exercise.checks)
    return any(check.attempts for check in checks)


def _draw(grade: Grade, folder: Path) -> None:
    from autograder.reports.figures import draw
    from autograder.text import plural

    files = draw(grade, folder)
    click.echo(f"Figures: {plural(len(files), 'file')} in {folder}", err=True)
