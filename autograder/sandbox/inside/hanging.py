"""Where code that does not finish is: the innermost loop that it has not left between several looks at it."""

from __future__ import annotations

import ast
import linecache
import signal
from collections.abc import Callable, Collection, Iterator
from types import FrameType
from typing import Any, NamedTuple

FIRST, EACH, LOOKS = 0.4, 0.05, 10  # seconds before the first look and between looks, and the number of looks


class LoopAt(NamedTuple):
    """A line of a student's file. `loop` is true for the first line of a loop, false for any other line."""

    title: str
    line: int
    loop: bool


class _Seen(BaseException):
    """Ends the code that is looked at."""


def hanging_at(ask: Callable[[], Any], titles: Collection[str]) -> tuple[str, int, bool] | None:
    """The place, as in `LoopAt`, of code that runs for about a second; None if it ends, or where it cannot be seen."""
    if not hasattr(signal, "setitimer"):
        return None
    looks: list[list[tuple[int, LoopAt]]] = []

    def look(number: int, frame: FrameType | None) -> None:
        looks.append([*_places(frame, titles)])
        if len(looks) >= LOOKS:
            raise _Seen

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, FIRST, EACH)
    try:
        ask()
    except BaseException:  # noqa: BLE001 - foreign code raises what it likes
        pass
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    if len(looks) < LOOKS:
        return None
    common = [place for place in looks[0] if all(place in look for look in looks)]
    found = common or looks[-1]
    return found[0][1] if found else None


def _places(frame: FrameType | None, titles: Collection[str]) -> Iterator[tuple[int, LoopAt]]:
    """The loops that a frame and its callers are in, innermost first; for each frame, last its own line."""
    while frame is not None:
        title, line = frame.f_code.co_filename, frame.f_lineno
        if title in titles:
            for loop in _loops_around(title, line):
                yield id(frame), LoopAt(title, loop, True)
            yield id(frame), LoopAt(title, line, False)
        frame = frame.f_back


def _loops_around(title: str, line: int) -> list[int]:
    """The first lines of the loops around a line of a file, the innermost one first."""
    try:
        tree = ast.parse("".join(linecache.getlines(title)))
    except (SyntaxError, ValueError, RecursionError):
        return []
    loops = (node for node in ast.walk(tree) if isinstance(node, (ast.For, ast.While)))
    return sorted((one.lineno for one in loops if one.lineno <= line <= (one.end_lineno or line)), reverse=True)
