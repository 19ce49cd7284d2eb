"""How a sandboxed process is started: forked from a zygote that has imported torch, or spawned afresh."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import site
import socket
import struct
import subprocess
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.sandbox.inside.agreement import ENDED, REASONS


class SandboxError(Exception):
    """The sandbox itself does not work: our fault or the machine's, never the student's."""


@dataclass(frozen=True)
class Ending:
    """How a child ended: its wait status (None where unknown), what it used too much of, its seconds of CPU."""

    status: int | None
    excess: str = ""
    cpu_seconds: float = 0.0


@dataclass(frozen=True)
class Bounds:
    """What a child may use: bytes of memory, seconds of CPU; its folder on the disk, where it has none of its own."""

    memory: int
    cpu_seconds: int
    folder: str


class Handle(Protocol):
    """A started child: its pipes, and how to end it."""

    questions: int
    answers: int
    output: int

    def end(self) -> Ending:
        """Kill the child with all it started."""

    def evidence(self) -> dict[str, Any]:
        """What the kernel says about the child: `status` (as /proc tells it) and `separate` namespaces."""


class Zygote:
    """The judge's end of the zygote."""

    def __init__(
        self, environment: dict[str, str], home: str, training: bool, gpu: bool, leave_out: Iterable[str] = ()
    ) -> None:
        told = {"training": training, "gpu": gpu, "leave_out": sorted(leave_out)}
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.sandbox.inside.zygote", json.dumps(told)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                cwd=home,
                start_new_session=True,
            )
        self._ready = False
        self._lock = threading.Lock()

    def start(self, bounds: Bounds) -> Handle:
        with self._lock:
            if not self._ready:
                if self._control.recv(5) != b"ready":
                    raise SandboxError(f"The sandbox could not start: {self._last_words()}.")
                self._ready = True
            return self._fork(json.dumps(vars(bounds)).encode())

    def _fork(self, request: bytes) -> Handle:
        ours, theirs = socket.socketpair()
        questions, answers, output = os.pipe(), os.pipe(), os.pipe()
        fds = [questions[0], answers[1], output[1], theirs.fileno()]
        try:
            socket.send_fds(self._control, [request], fds)
        except OSError:
            ours.close()
            for fd in (questions[1], answers[0], output[0]):
                os.close(fd)
            raise SandboxError(f"The sandbox has died: {self._last_words()}.") from None
        finally:
            theirs.close()
            for fd in fds[:3]:
                os.close(fd)
        return _ForkedChild(questions[1], answers[0], output[0], ours)

    def close(self) -> None:
        """End the zygote and with it all its children."""
        self._control.close()
        if not self._ready:  # it still imports, and has no children
            self._process.kill()
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


class _ForkedChild:
    """A child of the zygote; dropping the leash kills it."""

    def __init__(self, questions: int, answers: int, output: int, leash: socket.socket) -> None:
        self.questions, self.answers, self.output = questions, answers, output
        self._leash = leash
        self._lock = threading.Lock()
        self._ending: Ending | None = None

    def end(self) -> Ending:
        with self._lock:
            if self._ending is None:
                with contextlib.suppress(OSError):
                    self._leash.shutdown(socket.SHUT_WR)
                self._read_ending(self._receive(1))
            assert self._ending is not None
            return self._ending

    def evidence(self) -> dict[str, Any]:
        with self._lock:
            if self._ending is None:
                with contextlib.suppress(OSError):
                    self._leash.sendall(b"?")
                kind = self._receive(1)
                if kind == b"t":
                    (size,) = struct.unpack("=I", self._receive(4))
                    return dict(json.loads(self._receive(size)))
                self._read_ending(kind)
        return {}

    def _read_ending(self, kind: bytes) -> None:
        """The last word of the leash: how the child ended, unless the zygote is gone."""
        told = self._receive(ENDED.size) if kind == b"e" else b""
        self._leash.close()
        self._ending = Ending(None)
        if len(told) == ENDED.size:
            status, reason, seconds = ENDED.unpack(told)
            self._ending = Ending(status, REASONS.get(reason.decode(), ""), seconds)

    def _receive(self, count: int) -> bytes:
        return self._leash.recv(count, socket.MSG_WAITALL)


class SpawnedProcess:
    """A process of its own, where fork is unsafe (macOS, Windows): slower to start, the same otherwise."""

    def __init__(self, environment: dict[str, str], bounds: Bounds) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.sandbox.inside.worker", str(bounds.memory)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
            cwd=bounds.folder,
            start_new_session=True,
            bufsize=0,
        )
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self.questions, self.answers, self.output = (os.dup(pipe.fileno()) for pipe in pipes if pipe)
        for pipe in pipes:
            if pipe:
                pipe.close()
        self._lock = threading.Lock()

    def end(self) -> Ending:
        with self._lock:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            code = self._process.wait()
        return Ending(-code if code < 0 else code << 8)

    def evidence(self) -> dict[str, Any]:
        return {}


def clean_environment(home: str, device: str) -> dict[str, str]:
    """A small fixed environment, so that nothing of the instructor's reaches student code."""
    environment = {
        "HOME": home,
        "LANG": "C.UTF-8",
        "PATH": os.defpath,
        "PYTHONHASHSEED": "0",
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONUTF8": "1",
        "MPLBACKEND": "Agg",
        **dict.fromkeys(("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"), "1"),
    }
    if device == "cpu":
        environment["CUDA_VISIBLE_DEVICES"] = ""
    elif "CUDA_VISIBLE_DEVICES" in os.environ:
        environment["CUDA_VISIBLE_DEVICES"] = os.environ["CUDA_VISIBLE_DEVICES"]
    if site.ENABLE_USER_SITE:
        environment["PYTHONUSERBASE"] = site.getuserbase()
    if "SYSTEMROOT" in os.environ:
        environment["SYSTEMROOT"] = os.environ["SYSTEMROOT"]
    return environment
