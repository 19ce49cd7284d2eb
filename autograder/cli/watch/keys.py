"""The keyboard and the screen of a terminal while a program has both for itself, and everything back afterwards."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator

ARROWS = {b"A": "up", b"B": "down", b"C": "n", b"D": "p"}  # right and left are next and previous
SEQUENCE = re.compile(rb"\x1b[\[O][0-?]*[ -/]*([@-~])")
BEGUN = re.compile(rb"\x1b(?:[\[O][ -?]{0,16})?")
ENTER = "\x1b[?1049h\x1b[?25l\x1b[2J"  # the other screen, without a cursor, empty
LEAVE = "\x1b[?25h\x1b[?1049l"

Press = Callable[[str], None]


@contextlib.contextmanager
def whole_screen(again: Callable[[], None]) -> Iterator[None]:
    """Keys come one by one and unseen, and what stood on the screen comes back at the end.

    `again` is called when the screen was given away and taken back, and has to be drawn anew.
    """
    write(ENTER)
    try:
        with _single_keys(again):
            yield
    finally:
        with contextlib.suppress(OSError):  # a terminal that was closed needs no tidying
            write(LEAVE)


def write(text: str) -> None:
    """Put text on the terminal; OSError if it is gone or takes none."""
    data = text.encode(sys.stdout.encoding or "utf-8", "replace")
    while data:
        data = data[os.write(sys.stdout.fileno(), data) :]


def read_keys(press: Press) -> None:
    """Call `press` for each key until the terminal is closed, then with "" and return; for a thread of its own."""
    if sys.platform == "win32":
        _read_windows(press)
        return
    descriptor, left = sys.stdin.fileno(), b""
    while True:
        try:
            data = os.read(descriptor, 256)
        except OSError:
            data = b""
        if not data:
            press("")
            return
        found, left = split_keys(left + data)
        for key in found:
            press(key)


def split_keys(data: bytes) -> tuple[list[str], bytes]:
    """`n`, `up`, … for what a terminal sent, and the beginning of a sequence at its end; others are dropped."""
    found: list[str] = []
    while data:
        sequence = SEQUENCE.match(data)
        if sequence is not None:
            found += [ARROWS[sequence[1]]] if sequence[1] in ARROWS and len(sequence[0]) == 3 else []
            data = data[sequence.end() :]
        elif BEGUN.fullmatch(data):
            return found, data
        else:
            character, data = data[:1].decode("ascii", "ignore"), data[1:]
            found += [character.lower()] if character and character != "\x1b" else []
    return found, b""


if sys.platform == "win32":
    import msvcrt

    def _read_windows(press: Press) -> None:
        arrows = {"H": "up", "P": "down", "M": "n", "K": "p"}
        while True:
            key = msvcrt.getwch()
            key = arrows.get(msvcrt.getwch(), "") if key in "\x00\xe0" else key.lower()
            if key:
                press(key)

    @contextlib.contextmanager
    def _single_keys(again: Callable[[], None]) -> Iterator[None]:
        os.system("")  # switches escape sequences on in older consoles
        yield

else:
    import termios
    import tty

    def _read_windows(press: Press) -> None:
        raise NotImplementedError

    @contextlib.contextmanager
    def _single_keys(again: Callable[[], None]) -> Iterator[None]:
        """Ctrl-Z gives the terminal back until the program is called to the front again."""
        descriptor = sys.stdin.fileno()
        before = termios.tcgetattr(descriptor)

        def rest(number: int, frame: object) -> None:
            write(LEAVE)
            termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
            signal.signal(signal.SIGTSTP, signal.SIG_DFL)
            os.kill(os.getpid(), signal.SIGTSTP)
            signal.signal(signal.SIGTSTP, rest)
            tty.setcbreak(descriptor)
            write(ENTER)
            again()

        tty.setcbreak(descriptor)
        stopped = signal.signal(signal.SIGTSTP, rest)
        try:
            yield
        finally:
            signal.signal(signal.SIGTSTP, stopped)
            with contextlib.suppress(termios.error, OSError):
                termios.tcsetattr(descriptor, termios.TCSADRAIN, before)
