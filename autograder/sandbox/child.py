"""One sandboxed process as the judge sees it: frames go in and out, within limits that only this side measures."""

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
from autograder.sandbox.launch import Bounds, Ending, Handle, SandboxError
from autograder.sandbox.pipes import Pipes, PollingPipes, WaitingPipes, readable
from autograder.sandbox.stops import broke_the_protocol, ended_by_itself, out_of_time, used_too_much

OUTPUT_KEPT = 256 << 10  # bytes of stdout and stderr that are kept for the student to read
OUTPUT_LIMIT = 16 << 20  # bytes after which the child is killed
PATIENCE = 4  # times the seconds of a check that it may wait on a busy machine
ENOUGH = 0.1  # share of the seconds of a check below which it is not worth waiting on
CLOSED = Stopped("ended", "ended")  # the judge needs the child no more
NO_MEMORY = b"bad_alloc", b"Cannot allocate memory", b"can't allocate memory", b"MemoryError"


@dataclass
class _Patience:
    """How long an exchange may take: so long, and longer while the child did not get the processor for so long.

    Others on the machine must not cost a student time. What the child used before this exchange is not known exactly,
    only that it is at most the time of the earlier exchanges; that is given to it.
    """

    seconds: float
    before: float
    evidence: Callable[[], dict[str, Any]]
    last: float = field(init=False)
    end: float = field(init=False)

    def __post_init__(self) -> None:
        now = time.monotonic()
        self.last, self.end = now + PATIENCE * self.seconds, now + self.seconds

    def left(self) -> float:
        """Seconds to wait now; `TimeoutError` if there is no more reason to."""
        now = time.monotonic()
        if now < self.end:
            return self.end - now
        used = float(self.evidence().get("cpu_seconds", self.seconds + self.before)) - self.before
        more = min(self.seconds - used, self.last - now)
        if more < ENOUGH * self.seconds:
            raise TimeoutError
        self.end = now + more
        return more


class Child:
    """One sandboxed process. `exchange` sends a frame and waits for the frame that answers it."""

    def __init__(self, handle: Handle, bounds: Bounds) -> None:
        self._handle = handle
        self._bounds = bounds
        self._ended: Stopped | None = None
        self.asked_seconds = 0.0  # of wall-clock time that exchanges took
        self.at: tuple[str, int] | None = None  # the statement that runs, while a file is loaded
        self._lost = ""  # why nothing that follows tells anything about the student's code
        self._kept = bytearray()
        self._printed = 0
        self._taken = 0  # of what is kept
        self._output_lock = threading.Lock()
        self._pipes: Pipes = WaitingPipes(handle) if os.name == "nt" else PollingPipes(handle)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def exchange(self, frame: bytes, seconds: float) -> Any | Stopped:
        """The tree of the answering frame, or `Stopped` with the reason why none came.

        Raises `SandboxError` if it was not the child that failed but the sandbox around it.
        """
        if self._lost:
            raise SandboxError(self._lost)
        if self._ended is not None:
            return self._ended
        start = time.monotonic()
        try:
            return self._exchange(frame, _Patience(seconds, self.asked_seconds, self.evidence))
        except TimeoutError:
            return self._end(out_of_time(seconds))
        except wire.WireError as error:
            return self._end(broke_the_protocol(str(error)))
        except (EOFError, OSError):
            return self._end(None)
        finally:
            self.asked_seconds += time.monotonic() - start

    def kill(self) -> None:
        """End the child now; an exchange that waits raises `SandboxError`."""
        self._lost = "The sandbox was stopped."
        self._end(Stopped("interrupted", "was interrupted"))

    def close(self) -> None:
        """End the child and wait until nothing of it is left."""
        self._end(CLOSED)
        self._pipes.close()
        self._listener.join()
        for fd in (self._handle.questions, self._handle.answers, self._handle.output):
            os.close(fd)

    @property
    def usable(self) -> bool:
        """Whether it has not ended."""
        return self._ended is None

    def take_output(self) -> str:
        """What the child wrote to stdout and stderr since this was asked last, as far as it is kept."""
        if self._ended is None:
            self._drain()
        with self._output_lock:
            text = bytes(self._kept[self._taken :]).decode(errors="replace")
            cut = self._printed > OUTPUT_KEPT > self._taken
            self._taken = len(self._kept)
        return f"{text}\n[the rest of the output is left out]\n" if cut else text

    def _drain(self) -> None:
        """Wait until all that was written before the last answer is read; it is in the pipe by then."""
        while self._listener.is_alive():
            with self._output_lock:
                if not readable(self._handle.output, 0):
                    return
            time.sleep(0.0005)

    def _exchange(self, frame: bytes, patience: _Patience) -> Any:
        read = self._pipes.send(frame, patience)
        while isinstance(tree := wire.read_frame(read), dict) and set(tree) == {"at"}:
            self.at = _place(tree["at"])
        return tree

    def _listen(self) -> None:
        fd = self._handle.output
        with contextlib.suppress(OSError, ValueError):
            while readable(fd):
                with self._output_lock:
                    part = os.read(fd, 1 << 16)
                    self._kept += part[: max(0, OUTPUT_KEPT - len(self._kept))]
                    self._printed += len(part)
                if not part:
                    return
                if self._printed > OUTPUT_LIMIT:
                    self._handle.end()

    def _end(self, why: Stopped | None) -> Stopped:
        """End the child; what the kernel and the output say about it counts before `why`."""
        if self._ended is None:
            ending = self._handle.end()
            if ending.status is None:
                self._lost = self._lost or "The sandbox has died."
            if self._printed > OUTPUT_LIMIT:
                why = Stopped("output", f"printed more than {OUTPUT_LIMIT >> 20} MB")
            self._ended = used_too_much(ending.excess, self._bounds.memory) or why or self._why(ending)
        if self._lost and why is not CLOSED:
            raise SandboxError(self._lost)
        return self._ended

    def evidence(self) -> dict[str, Any]:
        """What the kernel says about the child."""
        return self._handle.evidence()

    def _why(self, ending: Ending) -> Stopped:
        """How the process ended without an answer."""
        if ending.cpu_seconds >= self._bounds.cpu_seconds:
            return Stopped("processor", f"used more than {self._bounds.cpu_seconds} seconds of processor time")
        crashed = ending.status is not None and os.name == "posix" and os.WIFSIGNALED(ending.status)
        self._listener.join(1)  # what it printed last may tell more
        if crashed and any(word in self._kept[-2000:] for word in NO_MEMORY):
            return used_too_much("memory", self._bounds.memory) or ended_by_itself(ending.status)
        return ended_by_itself(ending.status)


def _place(told: Any) -> tuple[str, int] | None:
    """The statement that a child says it is about to run."""
    if isinstance(told, (list, tuple)) and len(told) == 2 and isinstance(told[0], str) and isinstance(told[1], int):
        return told[0][:200], told[1]
    return None
