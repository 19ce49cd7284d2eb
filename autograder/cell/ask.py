"""Puts the questions of an exam to what is defined in a namespace, in this process, within limits of time."""

from __future__ import annotations

import contextlib
import difflib
import linecache
import signal
import threading
import time
import traceback
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from autograder.model import Answer, Question, Raised, Returned, Stopped
from autograder.sandbox import PATIENCE
from autograder.sandbox.inside import wire


@dataclass
class Asker:
    """Asks the objects of a namespace; `options` are told to every probe."""

    namespace: Mapping[str, Any]
    options: Mapping[str, str] = field(default_factory=dict)
    asked_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        from autograder.sandbox.inside.probes import Forbidden, Missing, ask

        told = wire.decode(wire.encode({**vars(question), "options": {**question.options, **self.options}}))
        start = time.monotonic()
        try:
            with _limited(seconds):
                return Returned(wire.decode(wire.encode(ask(self.namespace, told))))
        except _TimeIsUp:
            return Stopped(f"did not finish within {seconds:g} seconds")
        except Missing as error:
            return Raised("Missing", _why_missing(question.target, self.namespace) or str(error))
        except Forbidden as error:
            return Raised("Forbidden", str(error), _where(error, self.namespace))
        except wire.WireError as error:
            return Raised("TooLarge", str(error))
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - foreign code raises what it likes, SystemExit included
            kinds = tuple(kind.__name__ for kind in type(error).__mro__[:20])
            return Raised(type(error).__name__, _message(error), _where(error, self.namespace), kinds)
        finally:
            self.asked_seconds += time.monotonic() - start


class _TimeIsUp(BaseException):
    """Raised in the middle of the student's code."""


@contextlib.contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raise `_TimeIsUp` inside when the time is over, where the system can: on the main thread, with signals.

    As in the sandbox the time is that of the processor, up to some times as much by the clock.
    """
    if threading.current_thread() is not threading.main_thread() or not hasattr(signal, "setitimer"):
        yield
        return
    used, last = time.process_time() + seconds, time.monotonic() + PATIENCE * seconds

    def stop(*_: object) -> None:
        if time.process_time() >= used or time.monotonic() >= last:
            raise _TimeIsUp

    before = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, seconds, 0.25)  # once more and again, since the code may swallow it
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _why_missing(name: str, namespace: Mapping[str, Any]) -> str:
    if name in namespace:
        return ""
    others = [other for other, value in namespace.items() if callable(value) and not other.startswith("_")]
    near = difflib.get_close_matches(name, others, n=1, cutoff=0.8)
    if near:
        return f"there is no `{name}`, but a `{near[0]}`: is it misspelt?"
    return f"there is no `{name}` yet: run the cell that defines it first"


def _where(error: BaseException, namespace: Mapping[str, Any]) -> str:
    """The innermost line of the notebook's that the error came through, or an empty string."""
    frames = [pair for pair in traceback.walk_tb(error.__traceback__) if pair[0].f_globals is namespace]
    if not frames:
        return ""
    frame, number = frames[-1]
    line = linecache.getline(frame.f_code.co_filename, number).strip()
    return f"line {number} of the cell: {line[:200]}" if line else ""


def _message(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except Exception:  # noqa: BLE001 - a student's exception may fail to print itself
        return ""
