"""The terminal while the watch has all of it: draws lines, and gives the terminal back on Ctrl-Z and at the end."""

from __future__ import annotations

import contextlib
import functools
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from rich.console import Console
from rich.text import Text

from autograder.reports.links import with_links
from autograder.text import ascii_only

ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J"  # the other screen, without a cursor, empty
LEAVE = "\x1b[?25h\x1b[?1049l"


class Screen:
    """Draws lines on the whole screen if they differ from those that stand there; links places in the files `work`."""

    def __init__(self, console: Console, work: Path) -> None:
        self._console = console
        self._work = work
        self._terminal = sys.stdout  # a thread that makes a part of the exam puts another stream in its place meanwhile
        self._encodable = str if "utf" in (console.encoding or "").lower() else ascii_only
        self._drawn = ""

    @property
    def size(self) -> tuple[int, int]:
        """Columns and lines."""
        size = os.get_terminal_size(self._terminal.fileno())
        return size.columns or 80, size.lines or 24  # 0 where the terminal does not know its size

    def enter(self) -> None:
        self._write(ENTER)
        self.forget()

    def leave(self) -> None:
        self._write(LEAVE)

    def forget(self) -> None:
        """Draw everything the next time, since something else may have written to the terminal."""
        self._drawn = ""

    def draw(self, lines: Sequence[tuple[str, str]], columns: int) -> None:
        """Draw lines of text and style, cut to so many columns; OSError if the terminal is closed."""
        texts = [_rendered(self._console, self._encodable(text), style, columns, self._work) for text, style in lines]
        frame = "\x1b[H" + "\x1b[K\n".join(texts) + "\x1b[K\x1b[J"
        if frame != self._drawn:
            self._write(frame)
            self._drawn = frame

    def _write(self, text: str) -> None:
        data = text.encode(self._terminal.encoding or "utf-8", "replace")
        while data:
            data = data[os.write(self._terminal.fileno(), data) :]


@contextlib.contextmanager
def whole_screen(console: Console, work: Path) -> Iterator[Screen]:
    """Show an empty screen and read keys one by one, unseen; restore the terminal at the end."""
    screen = Screen(console, work)
    screen.enter()
    try:
        with _single_keys(screen):
            yield screen
    finally:
        with contextlib.suppress(OSError):  # a closed terminal needs no restoring
            screen.leave()


@functools.lru_cache(maxsize=2000)
def _rendered(console: Console, line: str, style: str, columns: int, work: Path) -> str:
    """The line with its style as control sequences; cached, since most lines are drawn again and again."""
    text = with_links(Text(line, style), console, work)
    text.truncate(columns)
    with console.capture() as captured:
        console.print(text, soft_wrap=True, end="")
    return captured.get()


if sys.platform == "win32":

    @contextlib.contextmanager
    def _single_keys(screen: Screen) -> Iterator[None]:
        os.system("")  # switches control sequences on in older consoles
        yield

else:
    import termios
    import tty

    @contextlib.contextmanager
    def _single_keys(screen: Screen) -> Iterator[None]:
        """Report keys without Enter and echo; Ctrl-Z gives the terminal back until `fg`."""
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)

        def suspend(number: int, frame: object) -> None:
            screen.leave()
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)  # returns after `fg`
            signal.signal(signal.SIGTSTP, suspend)
            tty.setcbreak(descriptor)
            screen.enter()

        tty.setcbreak(descriptor)
        handler = signal.signal(signal.SIGTSTP, suspend)
        try:
            yield
        finally:
            signal.signal(signal.SIGTSTP, handler)
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
