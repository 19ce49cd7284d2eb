"""`grade`: the command that students and instructors type."""

from __future__ import annotations

import contextlib
import difflib
import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.model import Exam, Grade

GRADED, BELOW, USAGE, FAULT, NOT_ISOLATED = 0, 1, 2, 3, 4
INTERRUPTED = 130
BUG = "This is a fault of torchgrade or of the course, not of the submission. --verbose shows where it happened."


class MistakeError(click.ClickException):
    """What the user named cannot be used; one sentence, exit status 2."""

    exit_code = USAGE

    def format_message(self) -> str:
        return self.message if self.message.endswith((".", "?")) else f"{self.message}."


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("assignment")
@click.argument("path", required=False, type=click.Path(path_type=Path))
@click.option("--only", multiple=True, metavar="NAME", help="Grade only this exercise or section (repeatable).")
@click.option(
    "--seed",
    type=click.IntRange(min=0),
    default=0,
    show_default=True,
    help="Draw the questions of the exam from this seed.",
)
@click.option("--json", "json_file", metavar="FILE", type=click.Path(path_type=Path), help="Write the grade as JSON.")
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
@click.option("-v", "--verbose", is_flag=True, help="Show passed checks too, all notes, and what the code printed.")
@click.version_option(package_name="torchgrade", prog_name="torchgrade")
def grade_command(
    assignment: str,
    path: Path | None,
    only: tuple[str, ...],
    seed: int,
    json_file: Path | None,
    device: str,
    data: Path | None,
    figures: Path | None,
    no_training: bool,
    fail_under: float | None,
    verbose: bool,
) -> None:
    """Grade the exercises of ASSIGNMENT, for example: grade exercise3

    PATH is a folder, a .py file, a notebook or a zip; by default the folder exercises/ASSIGNMENT of the course that
    you are in. Your code runs in a process of its own, within limits, and never sees the expected answers.

    \b
    Exit status: 0 graded, 1 below --fail-under, 2 usage, 3 a fault of torchgrade
    or of the course, 4 the sandbox is not strong enough.
    """
    _writable(json_file)
    _drawable(figures)
    to_stdout = json_file == Path("-")
    wish = _Wish(assignment, path, only, seed, device, data, not no_training)
    grade = _grade(wish, _console(stderr=True))
    from autograder.reports.terminal import show_grade

    show_grade(grade, _console(stderr=to_stdout), verbose)
    if json_file is not None:
        _write_json(grade, json_file, to_stdout)
    if figures is None and json_file is not None and not to_stdout:
        figures = json_file.with_name(f"{json_file.stem}-figures")
        _draw(grade, figures, wanted=False)
    elif figures is not None:
        _draw(grade, figures, wanted=True)
    share = 100 * grade.earned / grade.points if grade.points else 100.0
    if fail_under is not None and share < fail_under:
        sys.exit(BELOW)


def main() -> None:
    """The entry point: what goes wrong becomes a sentence and an exit status."""
    from autograder.course import CourseError
    from autograder.sandbox.start import SandboxError

    try:
        grade_command(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted; nothing was written.", err=True)
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(GRADED)
    except (CourseError, SandboxError) as error:
        _fault(str(error))
    except Exception as error:  # noqa: BLE001 - whatever it is, the user gets a sentence
        _fault(f"{type(error).__name__}: {error}")


@dataclass(frozen=True)
class _Wish:
    """What is to be graded, and how."""

    assignment: str
    path: Path | None
    only: tuple[str, ...]
    seed: int
    device: str
    data: Path | None
    training: bool


def _grade(wish: _Wish, progress: Console) -> Grade:
    from autograder.course import CourseError, DataError, find_course
    from autograder.exam_file import exam_for
    from autograder.grading import grade, without_training
    from autograder.sandbox.process import Sandbox
    from autograder.submission import SubmissionError, read_submission

    try:
        course = find_course(Path.cwd(), wish.assignment)
        submission = read_submission(wish.path if wish.path is not None else course.exercises(wish.assignment))
    except (SubmissionError, CourseError) as error:
        raise MistakeError(str(error)) from None
    _check_device(wish.device)
    with Sandbox(device=wish.device) as sandbox, _progress(progress) as tell:
        tell("Preparing the exam")
        try:
            exam = exam_for(course, wish.assignment, wish.seed, wish.data)
        except DataError as error:
            raise MistakeError(str(error)) from None
        exam = _only(exam, wish.only)
        exam = exam if wish.training else without_training(exam)
        if not exam.exercises:
            raise MistakeError(f"Without training nothing is left to check in {', '.join(wish.only)}.")
        tell("Grading")
        return grade(exam, submission, sandbox, progress=lambda name: tell(f"Graded {name}"))


def _check_device(device: str) -> None:
    """Refuse `--device cuda` on a machine without it, before anything else is done."""
    if device != "cuda":
        return
    import torch

    if not torch.cuda.is_available():
        raise MistakeError("There is no CUDA device that torch can use here; try --device cpu.")


def _only(exam: Exam, names: tuple[str, ...]) -> Exam:
    from autograder.grading import only

    if not names:
        return exam
    known = [section.name for section in exam.sections] + [exercise.name for exercise in exam.exercises]
    for name in names:
        if name not in known:
            lower = {one.lower(): one for one in known}
            near = difflib.get_close_matches(name.lower(), lower, n=1, cutoff=0.5)
            hint = f"did you mean {lower[near[0]]}?" if near else f"there are {', '.join(known)}."
            raise MistakeError(f"There is no exercise or section {name!r} in {exam.assignment}; {hint}")
    return only(exam, names)


@contextlib.contextmanager
def _progress(console: Console) -> Iterator[Callable[[str], None]]:
    """One line on the terminal that tells what goes on; nothing when piped."""
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status("Starting") as status:
        yield lambda text: status.update(f"{text} …")


def _console(stderr: bool = False) -> Console:
    from rich.console import Console

    class PipeConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `grade exercise3 | head` is no failure

    stream = sys.stderr if stderr else sys.stdout
    piped = not stream.isatty()
    return PipeConsole(stderr=stderr, highlight=False, markup=False, emoji=False, width=80 if piped else None)


def _writable(path: Path | None) -> None:
    """Refuse a report that could not be written before any work is done."""
    if path is None or path == Path("-"):
        return
    if path.is_dir():
        raise MistakeError(f"{path} is a folder; --json needs the name of a file.")
    if not path.parent.is_dir():
        raise MistakeError(f"The folder {path.parent} does not exist.")
    if not os.access(path.parent, os.W_OK):
        raise MistakeError(f"The folder {path.parent} is not writable.")


def _write_json(grade: Grade, path: Path, to_stdout: bool) -> None:
    from autograder.files import write_beside
    from autograder.reports.json import to_json

    text = to_json(grade)
    if to_stdout:
        click.echo(text, nl=False)
        return
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

    if not wanted and (not available() or not _trained(grade)):
        return
    try:
        files = draw(grade, folder)
    except FiguresError as error:
        raise MistakeError(str(error)) from None
    click.echo(f"Figures: {len(files)} files in {folder}", err=True)


def _trained(grade: Grade) -> bool:
    checks = (check for section in grade.sections for exercise in section.exercises for check in exercise.checks)
    return any(check.attempts for check in checks)


def _fault(text: str) -> NoReturn:
    if "-v" in sys.argv or "--verbose" in sys.argv:
        import traceback

        traceback.print_exc()
    click.echo(f"Error: {text}\n{BUG}", err=True)
    sys.exit(FAULT)


if __name__ == "__main__":
    main()
