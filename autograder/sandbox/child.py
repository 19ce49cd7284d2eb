"""A child process as the judge sees it: frames go in and come out, within limits that the judge measures."""

from __future__ import annotations

import contextlib
import os
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from autograder.model import Stopped
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.frames import CallRequest, ChildEvidence, ForkRequest
from autograder.sandbox.inside.tree import WireError
from autograder.sandbox.launch import ChildProcess, Exit, SandboxError
from autograder.sandbox.pipes import BlockingPipes, Pipes, PollingPipes, readable
from autograder.sandbox.stops import exited, limit_exceeded, out_of_time, protocol_error

MAX_STORED_OUTPUT = 256 << 10  # bytes of stdout and stderr that the student can read
LISTEN_SECONDS = 0.25  # after which the listener looks whether it is needed
MAX_PRINTED_OUTPUT = 16 << 20  # bytes after which the child is killed
WAIT_FACTOR = 4  # on a busy machine an exchange may take this many times its seconds
LEAST_EXTENSION = 0.01  # of the seconds of an exchange; a shorter extension is not worth it
FIRST_LOOK = 0.05  # seconds after which the waiting time of a child is read; most exchanges are over by then
NOT_NEEDED = Stopped("ended", "ended")  # the judge has no more questions
CALL = frozenset(CallRequest.__annotations__)
OUT_OF_MEMORY_TEXTS = b"bad_alloc", b"Cannot allocate memory", b"can't allocate memory", b"MemoryError"


@dataclass
class _ExchangeDeadline:
    """The deadline of one exchange: `seconds` from now, and later by the time that other processes took.

    A busy machine must not cost a student time, but a child that sleeps gets no more of it. Where the kernel does not
    count how long the child waited for a processor, all time that it did not use counts as taken.
    """

    seconds: float
    evidence: Callable[[], ChildEvidence | None]
    start: float = field(init=False)
    _before: tuple[float, ChildEvidence | None] | None = None  # when the child was first looked at, and how it was
    _next_look: float = field(init=False)

    def __post_init__(self) -> None:
        self.start = time.monotonic()
        self._next_look = self.start + min(FIRST_LOOK, self.seconds / 20)

    def seconds_left(self) -> float:
        now = time.monotonic()
        if now < self._next_look:
            return self._next_look - now
        if self._before is None:
            self._before = now, self.evidence()
            self._next_look = self.start + self.seconds
        else:
            end = self.start + min(self.seconds + self._taken(now), WAIT_FACTOR * self.seconds)
            if end - now < LEAST_EXTENSION * self.seconds:
                raise TimeoutError
            self._next_look = end
        return max(0.0, self._next_look - now)

    def _taken(self, now: float) -> float:
        """The seconds since the first look in which the child was ready to run, and other processes ran."""
        since, before = self._before or (now, None)
        after = self.evidence()
        if before is None or after is None:
            return 0.0
        unused = now - since - (after["cpu_seconds"] - before["cpu_seconds"])
        if before["waited_seconds"] is None or after["waited_seconds"] is None:
            return max(0.0, unused)
        return max(0.0, min(unused, after["waited_seconds"] - before["waited_seconds"]))


class Child:
    """One sandboxed process; `exchange` sends a frame and waits for the reply."""

    def __init__(self, process: ChildProcess, limits: ForkRequest) -> None:
        self._process = process
        self._limits = limits
        self._stop: Stopped | None = None
        self._sandbox_fault = ""  # after a fault of the sandbox, no answer says anything about the student's code
        self.statement: tuple[str, int] | None = None  # (title, line) of the statement that runs while a file loads
        self._output = bytearray()  # at most MAX_STORED_OUTPUT
        self._printed = 0  # bytes
        self._read = 0  # bytes of `_output` that `new_output` has returned
        self._output_lock = threading.Lock()
        self._closing = False  # nobody reads the output any more, though another process may hold its pipe
        self._pipes: Pipes = BlockingPipes(process) if os.name == "nt" else PollingPipes(process)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def exchange(
        self, frame: bytes, seconds: float, answer_call: Callable[[Any], bytes] | None = None
    ) -> Any | Stopped:
        """Send a frame; return the tree of the reply, or `Stopped` if no reply came.

        `answer_call` gets the tree of each call that the child asks about before it replies, and returns the frame of
        its answer. It raises `WireError` to end the child.

        Raises `SandboxError` if the sandbox failed, not the child.
        """
        if self._sandbox_fault:
            raise SandboxError(self._sandbox_fault)
        if self._stop is not None:
            return self._stop
        try:
            return self._exchange(frame, _ExchangeDeadline(seconds, self.evidence), answer_call)
        except TimeoutError:
            return self._end(out_of_time(seconds))
        except WireError as error:
            return self._end(protocol_error(str(error)))
        except (EOFError, OSError):
            return self._end(None)

    def kill(self) -> None:
        """End the child now; an exchange that waits for it raises `SandboxError`."""
        self._sandbox_fault = "The sandbox was stopped."
        self._end(Stopped("interrupted", "was interrupted"))

    def close(self) -> None:
        """End the child and release its pipes and its thread."""
        self._end(NOT_NEEDED)
        self._closing = True
        self._pipes.close()
        self._listener.join()
        for fd in (self._process.questions, self._process.answers, self._process.output):
            os.close(fd)

    @property
    def alive(self) -> bool:
        return self._stop is None

    def new_output(self) -> str:
        """Return what the child has printed since the last call, up to MAX_STORED_OUTPUT in all calls."""
        if self._stop is None:
            self._wait_for_output()
        with self._output_lock:
            text = bytes(self._output[self._read :]).decode(errors="replace")
            cut = self._printed > MAX_STORED_OUTPUT > self._read
            self._read = len(self._output)
        return f"{text}\n[the rest of the output is left out]\n" if cut else text

    def evidence(self) -> ChildEvidence | None:
        return self._process.evidence()

    def _wait_for_output(self) -> None:
        """Wait until the listener has emptied the pipe: it holds everything that was printed before the last reply."""
        while self._listener.is_alive():
            with self._output_lock:
                if not readable(self._process.output, 0):
                    return
            time.sleep(0.0005)

    def _exchange(self, frame: bytes, deadline: _ExchangeDeadline, answer_call: Callable[[Any], bytes] | None) -> Any:
        read = self._pipes.send(frame, deadline)
        while isinstance(tree := wire.read_frame(read, wire.ANSWER), dict):
            if set(tree) == {"at"}:
                self.statement = _statement(tree["at"])
            elif answer_call is not None and set(tree) == CALL:
                read = self._pipes.send(answer_call(tree), deadline)
            else:
                break
        return tree

    def _listen(self) -> None:
        fd = self._process.output
        with contextlib.suppress(OSError, ValueError):
            while not self._closing:
                if not readable(fd, LISTEN_SECONDS) and os.name != "nt":
                    continue
                with self._output_lock:
                    part = os.read(fd, 1 << 16)
                    self._output += part[: max(0, MAX_STORED_OUTPUT - len(self._output))]
                    self._printed += len(part)
                if not part:
                    return
                if self._printed > MAX_PRINTED_OUTPUT:
                    self._process.end()

    def _end(self, reason: Stopped | None) -> Stopped:
        """End the child. A limit that the kernel or the output shows to be exceeded takes precedence over `reason`."""
        if self._stop is None:
            end = self._process.end()
            if end.status is None:
                self._sandbox_fault = self._sandbox_fault or "The sandbox has died."
            if self._printed > MAX_PRINTED_OUTPUT:
                reason = Stopped("output", f"printed more than {MAX_PRINTED_OUTPUT >> 20} MB")
            self._stop = limit_exceeded(end.limit, self._limits["memory"]) or reason or self._reason(end)
        if self._sandbox_fault and reason is not NOT_NEEDED:
            raise SandboxError(self._sandbox_fault)
        return self._stop

    def _reason(self, end: Exit) -> Stopped:
        """Find out why the process ended without a reply."""
        if end.cpu_seconds >= self._limits["cpu_seconds"]:
            return Stopped("processor", f"used more than {self._limits['cpu_seconds']} seconds of processor time")
        crashed = end.status is not None and os.name == "posix" and os.WIFSIGNALED(end.status)
        self._listener.join(1)  # the last output may name the reason
        if crashed and any(text in self._output[-2000:] for text in OUT_OF_MEMORY_TEXTS):
            return limit_exceeded("memory", self._limits["memory"]) or exited(end.status)
        return exited(end.status)


def _statement(place: Any) -> tuple[str, int] | None:
    """Check the (title, line) that a child sent."""
    if isinstance(place, (list, tuple)) and len(place) == 2 and isinstance(place[0], str) and isinstance(place[1], int):
        return place[0][:200], place[1]
    return None
