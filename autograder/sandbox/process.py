"""Starts sandboxed children and exchanges frames with them, within limits that only this side measures."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import site
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.model import Isolation
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.zygote import STATUS

OUTPUT_KEPT = 256 << 10  # bytes of stdout and stderr that are kept for the student to read
OUTPUT_LIMIT = 16 << 20  # bytes after which the child is killed


class SandboxError(Exception):
    """The sandbox itself does not work: our fault or the machine's, never the student's."""


@dataclass(frozen=True)
class Limits:
    """What one child may use: seconds to load the files, bytes of memory beyond what it starts with."""

    load_seconds: float = 10.0
    memory: int = 2 << 30


@dataclass(frozen=True)
class Ended:
    """The child is gone: why, in words for the student."""

    reason: str


class Handle(Protocol):
    """A started child: its pipes, and how to end it."""

    questions: int
    answers: int
    output: int

    def end(self) -> int | None:
        """Kill the child with all it started; its wait status as `os.waitpid` gives it, None where unknown."""


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
    """Where children come from: a zygote that forks them, or a fresh process for each where fork is unsafe."""

    def __init__(self, fork: bool | None = None) -> None:
        self.fork = hasattr(os, "pidfd_open") and sys.platform == "linux" if fork is None else fork
        self.isolation = Isolation("process", "namespaces, Landlock and seccomp are not used")
        self._stopped = False
        self._children: set[Child] = set()
        self._home = tempfile.mkdtemp(prefix="torchgrade-")
        self._zygote = _Zygote(self._home) if self.fork else None

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        shutil.rmtree(self._home, ignore_errors=True)

    def stop(self) -> None:
        """Kill every child at once and start no other; whoever waits for an answer gets `Ended`."""
        self._stopped = True
        if self._zygote is not None:
            self._zygote.close()
        for child in list(self._children):
            child.kill()

    @contextlib.contextmanager
    def child(self) -> Iterator[tuple[Child, str]]:
        """A fresh child and the path of its private folder; both are gone afterwards."""
        if self._stopped:
            raise SandboxError("The sandbox was stopped.")
        folder = tempfile.mkdtemp(dir=self._home)
        child = Child(self._zygote.start() if self._zygote is not None else _Spawned(self._home))
        self._children.add(child)
        try:
            yield child, folder
        finally:
            self._children.discard(child)
            child.close()
            shutil.rmtree(folder, ignore_errors=True)


class _Zygote:
    """The judge's end of the zygote."""

    def __init__(self, home: str) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.sandbox.inside.zygote"],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=_environment(home),
                cwd=home,
                start_new_session=True,
            )
        self._ready = False
        self._lock = threading.Lock()

    def start(self) -> Handle:
        with self._lock:
            if not self._ready:
                if self._control.recv(5) != b"ready":
                    raise SandboxError(f"The sandbox could not start: {self._last_words()}.")
                self._ready = True
            return self._fork()

    def _fork(self) -> Handle:
        ours, theirs = socket.socketpair()
        questions, answers, output = os.pipe(), os.pipe(), os.pipe()
        fds = [questions[0], answers[1], output[1], theirs.fileno()]
        try:
            socket.send_fds(self._control, [b"f"], fds)
        except OSError:
            raise SandboxError(f"The sandbox has died: {self._last_words()}.") from None
        finally:
            theirs.close()
            for fd in fds[:3]:
                os.close(fd)
        return _Forked(questions[1], answers[0], output[0], ours)

    def close(self) -> None:
        self._control.close()
        try:
            self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _last_words(self) -> str:
        self._process.kill()
        text = self._process.stderr.read().decode(errors="replace") if self._process.stderr else ""
        return text.strip().rpartition("\n")[2] or "it gave no reason"


class _Forked:
    """A child of the zygote; dropping the leash kills it."""

    def __init__(self, questions: int, answers: int, output: int, leash: socket.socket) -> None:
        self.questions, self.answers, self.output = questions, answers, output
        self._leash = leash
        self._lock = threading.Lock()
        self._status: int | None = None
        self._done = False

    def end(self) -> int | None:
        with self._lock:
            if not self._done:
                with contextlib.suppress(OSError):
                    self._leash.shutdown(socket.SHUT_WR)
                status = self._leash.recv(STATUS.size)
                self._status = STATUS.unpack(status)[0] if len(status) == STATUS.size else None
                self._leash.close()
                self._done = True
        return self._status


class _Spawned:
    """A process of its own, where fork is unsafe (macOS, Windows): slower to start, the same otherwise."""

    def __init__(self, home: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.sandbox.inside.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=_environment(home),
            cwd=home,
            start_new_session=True,
            bufsize=0,
        )
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self.questions, self.answers, self.output = (os.dup(pipe.fileno()) for pipe in pipes if pipe)
        for pipe in pipes:
            if pipe:
                pipe.close()
        self._lock = threading.Lock()

    def end(self) -> int | None:
        with self._lock:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            code = self._process.wait()
        return -code if code < 0 else code << 8


def _environment(home: str) -> dict[str, str]:
    """A small fixed environment, so that nothing of the instructor's reaches student code."""
    environment = {
        "HOME": home,
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "Agg",
        "CUDA_VISIBLE_DEVICES": "",
        **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    }
    if site.ENABLE_USER_SITE:
        environment["PYTHONUSERBASE"] = site.getuserbase()
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment


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
