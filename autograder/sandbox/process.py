"""Starts sandboxed children and exchanges frames with them, within limits that only this side measures."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Any

from autograder.model import Isolation
from autograder.sandbox.inside import wire
from autograder.sandbox.start import Handle, SandboxError, Spawned, Zygote, clean_environment

OUTPUT_KEPT = 256 << 10  # bytes of stdout and stderr that are kept for the student to read
OUTPUT_LIMIT = 16 << 20  # bytes after which the child is killed


@dataclass(frozen=True)
class Limits:
    """What one child may use: seconds to load the files, bytes of memory beyond what it starts with."""

    load_seconds: float = 10.0
    memory: int = 2 << 30


@dataclass(frozen=True)
class Ended:
    """The child is gone: why, in words for the student."""

    reason: str


class Child:
    """One sandboxed process. `exchange` sends a frame and waits for the frame that answers it."""

    def __init__(self, handle: Handle) -> None:
        self._handle = handle
        self._ended: Ended | None = None
        self._kept = bytearray()
        self._printed = 0
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def exchange(self, frame: bytes, seconds: float) -> Any | Ended:
        """The tree of the answering frame, or `Ended` with the reason why none came."""
        if self._ended is not None:
            return self._ended
        answer: Future[Any] = self._pool.submit(self._exchange, frame)
        try:
            return answer.result(timeout=seconds)
        except FutureTimeoutError:
            return self._end(f"did not finish within {seconds:g} seconds")
        except wire.WireError as error:
            return self._end(f"broke the protocol of the sandbox ({error})")
        except (EOFError, OSError):
            return self._end("")

    def kill(self) -> None:
        """End the child now; an exchange that waits comes back."""
        self._end("was interrupted")

    def close(self) -> None:
        """End the child and wait until nothing of it is left."""
        self._end("ended")
        self._pool.shutdown(wait=True)
        self._listener.join()
        for fd in (self._handle.questions, self._handle.answers, self._handle.output):
            os.close(fd)

    @property
    def printed(self) -> str:
        """What the child wrote to stdout and stderr, as far as it is kept."""
        text = bytes(self._kept).decode(errors="replace")
        return text if self._printed <= OUTPUT_KEPT else text + "\n[the rest of the output is left out]\n"

    def _exchange(self, frame: bytes) -> Any:
        view = memoryview(frame)
        while view:
            view = view[os.write(self._handle.questions, view) :]
        return wire.read_frame(self._read)

    def _read(self, count: int) -> bytes:
        parts = []
        while count and (part := os.read(self._handle.answers, min(count, 1 << 20))):
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _listen(self) -> None:
        with contextlib.suppress(OSError):
            while part := os.read(self._handle.output, 1 << 16):
                self._kept += part[: max(0, OUTPUT_KEPT - len(self._kept))]
                self._printed += len(part)
                if self._printed > OUTPUT_LIMIT:
                    self._handle.end()

    def _end(self, reason: str) -> Ended:
        if self._ended is None:
            status = self._handle.end()
            if self._printed > OUTPUT_LIMIT:
                reason = f"printed more than {OUTPUT_LIMIT >> 20} MB"
            self._ended = Ended(reason or _describe(status))
        return self._ended


class Sandbox:
    """Where children come from: a zygote that forks them, or a fresh process for each where fork is unsafe.

    Training has a zygote of its own, which has imported torch's optimizers and may see a GPU; `prepare_training`
    starts it ahead of time. `device` is `cpu`, `cuda`, or `auto`: a GPU where there is one.
    """

    def __init__(self, fork: bool | None = None, device: str = "cpu") -> None:
        self.fork = hasattr(os, "pidfd_open") and sys.platform == "linux" if fork is None else fork
        self.isolation = Isolation("process", "namespaces, Landlock and seccomp are not used")
        self.device = device
        self._stopped = False
        self._children: set[Child] = set()
        self._home = tempfile.mkdtemp(prefix="torchgrade-")
        self._lock = threading.Lock()
        self._zygotes: dict[bool, Zygote] = {}
        if self.fork:
            self._zygote(training=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def prepare_training(self) -> None:
        """Start what training needs, without waiting for it."""
        if self.fork:
            self._zygote(training=True)

    def stop(self) -> None:
        """Kill every child at once and start no other; whoever waits for an answer gets `Ended`."""
        with self._lock:
            self._stopped = True
        for zygote in self._zygotes.values():
            zygote.close()
        for child in list(self._children):
            child.kill()

    @contextlib.contextmanager
    def child(self, training: bool = False) -> Iterator[tuple[Child, str]]:
        """A fresh child and the path of its private folder; both are gone afterwards."""
        folder = tempfile.mkdtemp(dir=self._home)
        environment = clean_environment(self._home, self.device if training else "cpu")
        child = Child(self._zygote(training).start() if self.fork else Spawned(environment, self._home))
        self._children.add(child)
        try:
            yield child, folder
        finally:
            self._children.discard(child)
            child.close()
            shutil.rmtree(folder, ignore_errors=True)

    def _zygote(self, training: bool) -> Zygote:
        with self._lock:
            if self._stopped:
                raise SandboxError("The sandbox was stopped.")
            if training not in self._zygotes:
                environment = clean_environment(self._home, self.device if training else "cpu")
                self._zygotes[training] = Zygote(environment, self._home, training)
            return self._zygotes[training]


def _describe(status: int | None) -> str:
    """Words for the student on how a process ended without an answer."""
    if status is None:
        return "ended the process without an answer"
    if os.name == "posix" and os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        names = {"SIGSEGV": "crashed Python (segmentation fault)", "SIGKILL": "was killed"}
        return names.get(name, f"crashed Python ({name})")
    code = status >> 8
    return f"ended Python by itself (exit status {code})"
