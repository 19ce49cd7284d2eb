"""What every command of `grade` shares: exit statuses, mistakes of the user, consoles, and what is written."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Course
    from autograder.model import Submission
    from autograder.sandbox import Sandbox

GRADED, BELOW, USAGE, FAULT, NOT_ISOLATED = 0, 1, 2, 3, 4
INTERRUPTED = 130
TIERS = ["full", "landlock", "process"]


class MistakeError(click.ClickException):
    """What the user named cannot be used; one sentence, exit status 2."""

    exit_code = USAGE

    def format_message(self) -> str:
        return self.message if self.message.endswith((".", "?")) else f"{self.message}."


class NotIsolatedError(click.ClickException):
    """The sandbox does not reach the tier that was asked for; exit status 4."""

    exit_code = NOT_ISOLATED


def handed_in(course: Course, assignment: str, path: Path | None) -> Submission:
    """What is to be graded: the files at `path`, or else those in the course's exercises."""
    from autograder.submission import SubmissionError, read_submission

    exercises = course.exercises(assignment)
    if path is None and not exercises.exists():
        raise MistakeError(f"{exercises} does not exist; `grade start {assignment}` lays out what you begin with.")
    try:
        return read_submission(path or exercises)
    except SubmissionError as error:
        raise MistakeError(str(error)) from None


def check_isolation(sandbox: Sandbox, tier: str | None) -> None:
    """Refuse a machine on which the sandbox is weaker than `tier`, with what to do about it."""
    from autograder.sandbox import reaches

    if tier is None or reaches(sandbox.isolation.tier, tier):
        return
    isolation = sandbox.isolation
    mend = sandbox.proof().mend if sandbox.fork else "grade on Linux"
    raise NotIsolatedError(
        f"The sandbox reaches only the tier {isolation.tier} here, not {tier}: {isolation.reason}.\n"
        f"To mend it: {mend}.\nNothing was graded; `grade doctor` tells more."
    )


@contextlib.contextmanager
def progress(console: Console) -> Iterator[Callable[[str], None]]:
    """One line on the terminal that tells what goes on; nothing when piped."""
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status("Starting") as status:
        yield lambda text: status.update(f"{text} …")


def make_console(stderr: bool = False) -> Console:
    """A console that knows no markup; 80 columns wide when piped."""
    from rich.console import Console

    class PipeConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `grade exercise3 | head` is no failure

    stream = sys.stderr if stderr else sys.stdout
    piped = not stream.isatty()
    return PipeConsole(stderr=stderr, highlight=False, markup=False, emoji=False, width=80 if piped else None)


def check_device(device: str) -> None:
    """Refuse `--device cuda` on a machine without it, before anything else is done."""
    if device != "cuda":
        return
    import torch

    if not torch.cuda.is_available():
        raise MistakeError("There is no CUDA device that torch can use here; try --device cpu.")


def check_writable(path: Path | None, option: str) -> None:
    """Refuse a report that could not be written before any work is done."""
    if path is None or path == Path("-"):
        return
    if path.is_dir():
        raise MistakeError(f"{path} is a folder; {option} needs the name of a file.")
    if not path.parent.is_dir():
        raise MistakeError(f"The folder {path.parent} does not exist.")
    if not os.access(path.parent, os.W_OK):
        raise MistakeError(f"The folder {path.parent} is not writable.")
