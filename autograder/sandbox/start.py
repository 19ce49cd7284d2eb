"""How a sandboxed process is started: forked from a zygote that has imported torch, or spawned afresh."""

from __future__ import annotations

import contextlib
import os
import signal
import site
import socket
import subprocess
import sys
import threading
from typing import Protocol

from autograder.sandbox.inside.zygote import STATUS


class SandboxError(Exception):
    """The sandbox itself does not work: our fault or the machine's, never the student's."""


class Handle(Protocol):
    """A started child: its pipes, and how to end it."""

    questions: int
    answers: int
    output: int

    def end(self) -> int | None:
        """Kill the child with all it started; its wait status as `os.waitpid` gives it, None where unknown."""


class Zygote:
    """The judge's end of the zygote."""

    def __init__(self, environment: dict[str, str], home: str, training: bool) -> None:
        self._control, theirs = socket.socketpair()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.sandbox.inside.zygote", *(["training"] if training else [])],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
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


class Spawned:
    """A process of its own, where fork is unsafe (macOS, Windows): slower to start, the same otherwise."""

    def __init__(self, environment: dict[str, str], home: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.sandbox.inside.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
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
