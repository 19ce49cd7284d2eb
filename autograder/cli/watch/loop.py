"""Takes one act after another and draws the board, until the user or the terminal ends it."""

from __future__ import annotations

import contextlib
import functools
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from autograder.cli.exits import INTERRUPTED
from autograder.cli.watch import keys
from autograder.cli.watch.board import Board
from autograder.cli.watch.desk import Desk, guarded, remember, stop_training
from autograder.cli.watch.presses import press
from autograder.cli.watch.saves import grade_saves, wait_for_saves
from autograder.cli.watch.screen import lines, summary
from autograder.errors import UserError

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.course import Course
    from autograder.model import Exam
    from autograder.sandbox import Sandbox

HUNG_UP = 129  # exit status after SIGHUP: the terminal was closed


def check_terminal() -> None:
    """Refuse what is no terminal, before any work is done."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UserError("--watch needs a terminal: it reads single keys and draws on the whole screen.")


def watch(
    course: Course, exam: Exam, path: Path, sandbox: Sandbox, console: Console, device: str, training: bool, own: bool
) -> NoReturn:
    """Watch until the user or the terminal ends it; then exit. `own` work is remembered."""
    from autograder.handout import read_passed

    earlier = read_passed(course.folder, exam.assignment) if own else frozenset()
    fresh = [exercise.name for exercise in exam.exercises if exercise.name not in earlier]
    board = Board(exam, fresh[0] if fresh else exam.exercises[0].name, training, earlier)
    desk = Desk(course, exam, path, sandbox, board, device, own, remembered=earlier)
    try:
        with keys.whole_screen(lambda: _forget(desk)):
            _run(desk, console)
    except KeyboardInterrupt:
        desk.status = INTERRUPTED
    except OSError as error:
        if not sys.stdout.isatty():
            sys.exit(HUNG_UP)  # there is nobody left to tell
        raise UserError(f"The terminal cannot be used: {error.strerror}.") from None
    if desk.fault is not None:
        raise desk.fault
    with contextlib.suppress(OSError):
        print(f"{exam.assignment}: {summary(board)}")
    sys.exit(desk.status)


def _run(desk: Desk, console: Console) -> None:
    """Take one act after another and draw what has changed, until the end."""
    grader = threading.Thread(target=guarded, args=(desk, grade_saves), name="grader", daemon=True)
    others = [
        threading.Thread(target=keys.read_keys, args=(lambda key: desk.acts.put(partial(press, desk, key)),)),
        threading.Thread(target=guarded, args=(desk, wait_for_saves)),
    ]
    for thread in others:
        thread.daemon = True  # reading a key cannot be interrupted
    with _signals(desk):
        try:
            desk.saves.put(True)
            for thread in (grader, *others):
                thread.start()
            while not desk.ended.is_set():
                _draw(desk, console)
                with contextlib.suppress(queue.Empty):
                    desk.acts.get(timeout=1.0)()  # a second, so that Windows hears of Ctrl-C and of a new size
                    while not desk.ended.is_set():
                        desk.acts.get_nowait()()
        finally:
            desk.ended.set()
            desk.saves.put(False)
            stop_training(desk)
            desk.sandbox.stop()
            grader.join(timeout=10)
            remember(desk)  # what stands on the screen, also where its grading has not quite ended


@contextlib.contextmanager
def _signals(desk: Desk) -> Iterator[None]:
    """A closed terminal ends the program in order; another size of the window draws it anew."""
    names = {"SIGHUP": HUNG_UP, "SIGTERM": 143, "SIGWINCH": 0, "SIGCONT": 0}
    before = {}
    for name, status in names.items():
        number = getattr(signal, name, None)
        if number is not None:
            before[number] = signal.signal(number, lambda *_, status=status: desk.acts.put(partial(_end, desk, status)))
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _end(desk: Desk, status: int) -> None:
    """End with this status; 0 only draws again."""
    _forget(desk)
    if status:
        desk.status = status
        desk.ended.set()


def _forget(desk: Desk) -> None:
    """Forget what stands on the screen."""
    desk.drawn = ""


def _draw(desk: Desk, console: Console) -> None:
    """Draw the board if it looks other than what was drawn last."""
    from autograder.text import ascii_only

    size = os.get_terminal_size(sys.stdout.fileno())
    columns, height = size.columns or 80, size.lines or 24  # 0 where nobody has told the terminal its size
    spell = str if "utf" in (console.encoding or "").lower() else ascii_only
    told = [_rendered(console, spell(line), style, columns) for line, style in lines(desk.board, height, columns)]
    frame = f"{size}" + "\x1b[K\n".join(told)
    if frame != desk.drawn:
        keys.write("\x1b[H" + "\x1b[K\n".join(told) + "\x1b[K\x1b[J")
        desk.drawn = frame


@functools.lru_cache(maxsize=2000)
def _rendered(console: Console, line: str, style: str, columns: int) -> str:
    """A line as the terminal takes it; most lines are drawn again and again."""
    from rich.text import Text

    text = Text(line, style)
    text.truncate(columns)
    with console.capture() as captured:
        console.print(text, soft_wrap=True, end="")
    return captured.get()
