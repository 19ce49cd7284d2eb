"""Transports frames to a child and back: by polling, or with blocking threads on Windows."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Protocol

from autograder.sandbox.launch import ChildProcess

Read = Callable[[int], bytes]


class Deadline(Protocol):
    """When an exchange with a child must have ended."""

    def seconds_left(self) -> float:
        """How long to wait before asking again, in seconds; raises `TimeoutError` when the time is over."""


class Pipes(Protocol):
    """How frames reach a child and come back."""

    def send(self, frame: bytes, deadline: Deadline) -> Read:
        """Prepare to send a frame. The returned `read(count)` sends it and reads the reply."""

    def close(self) -> None: ...


class PollingPipes:
    """Pipes that the calling thread polls; waking another thread takes longer than most questions."""

    def __init__(self, process: ChildProcess) -> None:
        self._questions, self._answers = process.questions, process.answers
        os.set_blocking(self._questions, False)

    def send(self, frame: bytes, deadline: Deadline) -> Read:
        unsent = memoryview(frame)

        def read(count: int) -> bytes:
            nonlocal unsent
            parts = []
            while count:
                poll = select.poll()
                poll.register(self._answers, select.POLLIN)
                if unsent:
                    poll.register(self._questions, select.POLLOUT)
                ready = [fd for fd, _ in poll.poll(1000 * deadline.seconds_left())]
                if self._questions in ready:
                    with contextlib.suppress(BlockingIOError):
                        unsent = unsent[os.write(self._questions, unsent) :]
                if self._answers in ready:
                    part = os.read(self._answers, min(count, 1 << 20))
                    if not part:
                        break
                    parts.append(part)
                    count -= len(part)
            return b"".join(parts)

        return read

    def close(self) -> None:
        """Do nothing: the file descriptors belong to `Child`."""


class BlockingPipes:
    """Pipes with a blocking thread for each direction, for Windows."""

    def __init__(self, process: ChildProcess) -> None:
        self._questions, self._answers = process.questions, process.answers
        self._pool = ThreadPoolExecutor(max_workers=2)

    def send(self, frame: bytes, deadline: Deadline) -> Read:
        sending = self._pool.submit(self._write, frame)

        def read(count: int) -> bytes:
            parts = []
            while count:
                part = _result(self._pool.submit(os.read, self._answers, min(count, 1 << 20)), deadline)
                if not part:
                    break
                parts.append(part)
                count -= len(part)
            if sending.done():
                sending.result()
            return b"".join(parts)

        return read

    def close(self) -> None:
        self._pool.shutdown(wait=True)

    def _write(self, frame: bytes) -> None:
        unsent = memoryview(frame)
        while unsent:
            unsent = unsent[os.write(self._questions, unsent) :]


def readable(fd: int, seconds: float | None = None) -> bool:
    """Whether a read would not block; waits at most `seconds`. Windows cannot know: True without a limit of time."""
    if os.name == "nt":
        return seconds is None
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(None if seconds is None else 1000 * seconds))


def _result(future: Future[bytes], deadline: Deadline) -> bytes:
    while True:
        with contextlib.suppress(FutureTimeoutError):
            return future.result(timeout=deadline.seconds_left())
