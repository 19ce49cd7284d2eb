"""Ends an author's code that does not end by itself, where the system has signals for it."""

from __future__ import annotations

import contextlib
import signal
import threading
from collections.abc import Iterator
from types import FrameType

from autograder.errors import CourseError


@contextlib.contextmanager
def time_limit(seconds: float, what: str) -> Iterator[None]:
    """`CourseError` if the author's code takes more seconds of the processor; where signals are, in the main thread."""
    if not hasattr(signal, "SIGPROF") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: FrameType | None) -> None:
        raise TooLongError(f"{what} has not ended after {seconds:g} seconds of the processor.")

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    except TooLongError as error:
        raise CourseError(str(error)) from None
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)


class TooLongError(BaseException):
    """Raised in the middle of the author's code; no `except Exception` swallows it."""
