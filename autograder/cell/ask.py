"""Puts the questions of an exam to what is defined in a namespace, in this process, within limits of time."""

from __future__ import annotations

import contextlib
import linecache
import signal
import threading
import time
import traceback
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from types import FrameType
from typing import Any, cast

from autograder.cell.kernel import cells_of
from autograder.model import Answer, Question, Refused
from autograder.sandbox import WAIT_FACTOR, AnswerCall, call_reply, out_of_time, read_answer
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.answer import answer_frame
from autograder.sandbox.inside.frames import CallReply, CallRequest
from autograder.sandbox.inside.pieces import BrokenPiece, statements
from autograder.suggest import likely_intended


@dataclass
class KernelAsker:
    """Asks the objects of a namespace by the engine's probes and the course's; each question gets `options` more."""

    namespace: Mapping[str, Any]
    probes: Mapping[str, Any] = field(default_factory=dict)
    options: Mapping[str, str] = field(default_factory=dict)
    question_seconds: float = 0.0
    stand_ins: frozenset[str] = frozenset()
    left_out: tuple[tuple[str, int, int], ...] = ()  # a kernel runs no cell in part

    def ask(self, question: Question, seconds: float, answer_call: AnswerCall | None = None) -> Answer:
        """Ask while functions that call `answer_call` stand in the place of those in `stand_ins`."""

        def ask_judge(request: CallRequest) -> CallReply:
            call = wire.decode(wire.encode(request))
            answer = answer_call(call["call"], call["args"], call["kwargs"]) if answer_call else None
            reply: CallReply = wire.decode(wire.encode(call_reply(answer)))
            return reply

        with _stand_ins(cast(dict[str, Any], self.namespace), self.stand_ins, ask_judge):
            return self(question, seconds)

    def __call__(self, question: Question, seconds: float) -> Answer:
        from autograder.sandbox.inside.probes import ask

        sent = wire.decode(wire.encode({**vars(question), "options": {**question.options, **self.options}}))
        start = time.monotonic()
        try:
            with _limited(seconds):
                passes = (KeyboardInterrupt, _TimeIsUp)
                answer = read_answer(
                    wire.decode(
                        answer_frame(lambda: ask(self.namespace, sent, self.probes), self._where, reraise=passes)
                    )
                )
        except _TimeIsUp:
            return out_of_time(seconds)
        finally:
            self.question_seconds += time.monotonic() - start
        if isinstance(answer, Refused) and answer.kind == "missing":
            return replace(answer, message=_why_missing(question.target, self.namespace) or answer.message)
        assert answer is not None, "the frame was made above"
        return answer

    def _where(self, error: BaseException) -> str:
        """The innermost line of the notebook's that the error came through, and the first one, which led there."""
        frames = [pair for pair in traceback.walk_tb(error.__traceback__) if pair[0].f_globals is self.namespace]
        if type(error) is NotImplementedError and len(frames) > 1:  # the line that calls a stub
            frames.pop()
        if not frames:
            return ""
        (first, first_number), (last, number) = frames[0], frames[-1]
        line = _line(last, number)
        if last.f_code.co_filename == first.f_code.co_filename and number == first_number:
            return f"line {number} of the cell: {line}" if line else ""
        same_cell = last.f_code.co_filename == first.f_code.co_filename
        cell = "the cell" if same_cell else f"the cell of {last.f_code.co_name}"
        caller = f"\ncalled at line {first_number} of the cell: {_line(first, first_number)}"
        return f"line {number} of {cell}: {line}{caller}" if line else ""


def _line(frame: FrameType, number: int) -> str:
    return linecache.getline(frame.f_code.co_filename, number).strip()[:200]


@contextlib.contextmanager
def _stand_ins(
    namespace: dict[str, Any], names: frozenset[str], ask: Callable[[CallRequest], CallReply]
) -> Iterator[None]:
    from autograder.sandbox.inside.stand_in import put_stand_ins

    before = dict(namespace)
    put_stand_ins([namespace], names, ask)
    replaced = [name for name, value in namespace.items() if value is not before.get(name)]
    try:
        yield
    finally:
        for name in replaced:
            namespace.pop(name, None)
            namespace.update({name: before[name]} if name in before else {})


def own_words(texts: Mapping[str, str]) -> Mapping[str, Any]:
    """The probes and builders of the course, loaded into this kernel, in which the student's own code runs as well."""
    from autograder.sandbox.inside.course import words_in
    from autograder.sandbox.inside.modules import compiled, load_modules

    return words_in(load_modules(compiled(texts)))


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
    used, last = time.process_time() + seconds, time.monotonic() + WAIT_FACTOR * seconds

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
    if near := likely_intended(name, others):
        return f"there is no `{name}`, but a `{near}`: is it misspelt?"
    if error := _syntax_error(name, cells_of(namespace)):
        return f"`{name}` could not be read: {error}"
    return f"there is no `{name}` yet: run the cell that defines it first"


def _syntax_error(name: str, cells: list[str]) -> str:
    """The error in the last cell that defines a name and that Python could not parse; empty if there is none."""
    for cell in reversed(cells):
        for part in statements(cell, "cell") if name in cell else ():
            if isinstance(part, BrokenPiece) and name in part.mentions and isinstance(part.error, SyntaxError):
                return f"{part.error.msg} in line {part.error.lineno} of its cell"
    return ""
