"""Consoles, the line that shows what goes on, and files that a command writes."""

from __future__ import annotations

import contextlib
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console


@contextlib.contextmanager
def status_line(console: Console | None = None) -> Iterator[Callable[[str], None]]:
    """A function that shows on the terminal (stderr) what goes on; nothing is shown when piped.

    Whoever prints in the meantime gives the `console` that they print on, so that the two do not mix.
    """
    console = console or make_console(stderr=True)
    if not console.is_terminal:
        yield lambda text: None
        return
    with console.status("Starting") as status:
        yield lambda text: status.update(f"{text} …")


def exam_progress(show: Callable[[str], None], is_kept: bool = True) -> Callable[[int, int], None]:
    """A function that shows how far the building of an exam is: as the status, or as one line when piped.

    `is_kept` is false where the next run needs another exam.
    """

    said = False
    what = "Preparing the exam, only this once" if is_kept else "Preparing an exam for this dry run only"

    def progress(number: int, count: int) -> None:
        nonlocal said
        show(f"{what}: step {number} of {count}")
        if not said and not sys.stderr.isatty():
            print(f"{what}. It may take a minute.", file=sys.stderr, flush=True)
        said = True

    return progress


def make_console(stderr: bool = False) -> Console:
    """A console that knows no markup; when piped, as wide as COLUMNS says, or else 80 columns."""
    from rich.console import Console

    class PipeConsole(Console):
        def on_broken_pipe(self) -> None:
            raise BrokenPipeError  # `grade exercise3 | head` is no failure

    stream = sys.stderr if stderr else sys.stdout
    has_width = stream.isatty() or os.environ.get("COLUMNS", "").isdigit()
    return PipeConsole(stderr=stderr, highlight=False, markup=False, emoji=False, width=None if has_width else 80)


def printable(console: Console) -> Callable[[str], str]:
    """A function that replaces what the console's encoding cannot show."""
    from autograder.text import ascii_only

    return str if "utf" in (console.encoding or "").lower() else ascii_only


def check_writable(path: Path | None, option: str) -> None:
    """Refuse a report that could not be written before any work is done."""
    if path is None or path == Path("-"):
        return
    if path.is_dir():
        raise UserError(f"{path} is a folder; {option} needs the name of a file.")
    if not path.parent.is_dir():
        raise UserError(f"The folder {path.parent} does not exist.")
    if not os.access(path.parent, os.W_OK):
        raise UserError(f"The folder {path.parent} is not writable.")


def write_file(path: Path, data: bytes, lasting: bool = True) -> None:
    """Write a file as a whole or not at all; `UserError` where it cannot be written."""
    from autograder.files import write_atomically

    try:
        write_atomically(path, data, lasting)
    except OSError as error:
        raise UserError(f"{path} cannot be written: {error.strerror}.") from None
