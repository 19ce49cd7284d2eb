"""How frames go to a child and come back: by polling both pipes at once, or with threads where that cannot be done."""

from __future__ import annotations

import contextlib
import os
import select
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from typing import Protocol

from autograder.sandbox.launch import Handle

Read = Callable[[int], bytes]


class Patience(Protocol):
    """How long to wait: `left` gives seconds, or raises `TimeoutError`."""

    def left(self) -> float: ...


class Pipes(Protocol):
    """`send` begins to send a frame and returns what reads the answer, both for as long as the patience lasts."""

    def send(self, frame: bytes, patience: Patience) -> Read: ...

    def close(self) -> None: ...


class PollingPipes:
    """In the calling thread, since waking another one takes longer than most questions."""

    def __init__(self, handle: Handle) -> None:
        self._questions, self._answers = handle.questions, handle.answers
        os.set_blocking(self._questions, False)

    def send(self, frame: bytes, patience: Patience) -> Read:
        view = memoryview(frame)

        def read(count: int) -> bytes:
            nonlocal view
            parts = []
            while count:
                poll = select.poll()
                poll.register(self._answers, select.POLLIN)
                if view:
                    poll.register(self._questions, select.POLLOUT)
                ready = [fd for fd, _ in poll.poll(1000 * patience.left())]
                if self._questions in ready:
                    with contextlib.suppress(BlockingIOError):
                        view = view[os.write(self._questions, view) :]
                if self._answers in ready:
                    part = os.read(self._answers, min(count, 1 << 20))
                    if not part:
                        break
                    parts.append(part)
                    count -= len(part)
            return b"".join(parts)

        return read

    def close(self) -> None:
        """Nothing is left to close: the pipes are the child's."""


class WaitingPipes:
    """With a thread that blocks, for Windows, where pipes cannot be polled."""

    def __init__(self, handle: Handle) -> None:
        self._questions, self._answers = handle.questions, handle.answers
        self._pool = ThreadPoolExecutor(max_workers=2)

    def send(self, frame: bytes, patience: Patience) -> Read:
        sending = self._pool.submit(self._write, frame)

        def read(count: int) -> bytes:
            parts = []
            while count:
                part = _result(self._pool.submit(os.read, self._answers, min(count, 1 << 20)), patience)
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
        view = memoryview(frame)
        while view:
            view = view[os.write(self._questions, view) :]


def readable(fd: int, seconds: float | None = None) -> bool:
    """Whether something can be read, waiting so long at most; where pipes cannot be polled it is assumed."""
    if os.name == "nt":
        return seconds is None
    poll = select.poll()
    poll.register(fd, select.POLLIN)
    return bool(poll.poll(None if seconds is None else 1000 * seconds))


def _result(future: Future[bytes], patience: Patience) -> bytes:
    while True:
        with contextlib.suppress(FutureTimeoutError):
            return future.result(timeout=patience.left())
