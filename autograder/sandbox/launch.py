"""Starts sandboxed processes: forked from a zygote that has imported torch, or spawned where fork is unsafe."""

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
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Protocol, cast

from autograder.sandbox.inside.constants import EXIT_RECORD, GOODBYE, LIMIT_LETTERS
from autograder.sandbox.inside.folder_limits import exceeds_file_limits
from autograder.sandbox.inside.frames import ChildEvidence, ForkRequest, ZygoteSettings

START_SECONDS = 120.0  # for a zygote to import torch, on a busy machine
LEASH_SECONDS = 30.0  # for a zygote to answer
LAST_SECONDS = 5.0  # for a zygote to end
WATCH_SECONDS = 0.04
TEMPORARY_FOLDER = ("TMPDIR", "TEMP", "TMP")  # the variables in which Python's tempfile looks for it


class SandboxError(Exception):
    """The sandbox itself does not work. The cause is torchgrade or the machine, never the student."""


@dataclass(frozen=True)
class Exit:
    """How a child ended."""

    status: int | None  # wait status; None if unknown
    limit: str = ""  # the limit that it exceeded, "memory" or "files"
    cpu_seconds: float = 0.0


class ChildProcess(Protocol):
    """A running child; the three file descriptors are the judge's ends of its pipes."""

    questions: int
    answers: int
    output: int

    def end(self) -> Exit:
        """Kill the child and every process that it started."""

    def evidence(self) -> ChildEvidence | None:
        """Ask the kernel about the child; None where nothing is known."""


class ZygoteClient:
    """The judge's connection to a zygote."""

    def __init__(
        self, environment: dict[str, str], home: str, training: bool, gpu: bool, leave_out: Iterable[str] = ()
    ) -> None:
        self.home = home
        settings = ZygoteSettings(training=training, gpu=gpu, leave_out=sorted(leave_out))
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "autograder.sandbox.inside.zygote", json.dumps(settings)],
                stdin=theirs.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.PIPE,
                env=environment,
                cwd=home,
                start_new_session=True,
            )
        self._ready = False
        self._lock = threading.Lock()
        self._control.settimeout(START_SECONDS)

    @property
    def alive(self) -> bool:
        return self._process.poll() is None

    def fork(self, request: ForkRequest) -> ChildProcess:
        with self._lock:
            if not self._ready:
                if self._first_word() != b"ready":
                    raise SandboxError(f"The sandbox could not start: {self._last_words()}.")
                self._ready = True
            return self._send(json.dumps(request).encode())

    def _send(self, request: bytes) -> ChildProcess:
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
        return _ForkedChild(questions[1], answers[0], output[0], ours, self.kill)

    def _first_word(self) -> bytes:
        try:
            return self._control.recv(5)
        except OSError:  # it takes too long, or another thread has closed this zygote, which was dead
            return b""

    def kill(self) -> None:
        """Kill a zygote that does not answer, since student code has stopped or killed it, and all its children."""
        if not self.alive:
            return  # its number may be another process's by now
        with contextlib.suppress(ProcessLookupError, PermissionError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.kill()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(LAST_SECONDS)

    def close(self) -> None:
        """End the zygote and all its children."""
        with contextlib.suppress(OSError):  # it is dead, or closed already
            self._control.send(GOODBYE, socket.MSG_DONTWAIT)
        self._control.close()
        if not self._ready:  # it still imports torch, and has no children
            self._process.kill()
        try:
            self._process.wait(LAST_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
        if self._process.stderr is not None:
            self._process.stderr.close()

    def _last_words(self) -> str:
        self.kill()
        try:
            text = self._process.communicate(timeout=LAST_SECONDS)[1].decode(errors="replace")
        except (subprocess.TimeoutExpired, ValueError, OSError):  # another process holds the pipe, or it is closed
            text = ""
        return text.strip().rpartition("\n")[2] or "it gave no reason"


class _ForkedChild:
    """A child of the zygote. Closing the *leash*, a socket to the zygote, kills it.

    `kill_zygote` is called if the zygote does not answer.
    """

    def __init__(
        self, questions: int, answers: int, output: int, leash: socket.socket, kill_zygote: Callable[[], None]
    ) -> None:
        self.questions, self.answers, self.output = questions, answers, output
        self._leash = leash
        self._leash.settimeout(LEASH_SECONDS)
        self._kill_zygote = kill_zygote
        self._lock = threading.Lock()
        self._exit: Exit | None = None

    def end(self) -> Exit:
        with self._lock:
            if self._exit is None:
                with contextlib.suppress(OSError):
                    self._leash.shutdown(socket.SHUT_WR)
                self._exit = self._read_exit(self._receive(1))
            return self._exit

    def evidence(self) -> ChildEvidence | None:
        with self._lock:
            if self._exit is None:
                with contextlib.suppress(OSError):
                    self._leash.sendall(b"?")
                kind = self._receive(1)
                if kind == b"t":
                    (size,) = struct.unpack("=I", self._receive(4))
                    return cast(ChildEvidence, json.loads(self._receive(size)))
                self._exit = self._read_exit(kind)
        return None

    def _read_exit(self, kind: bytes) -> Exit:
        """Read the last message on the leash; the status is unknown if the zygote is gone."""
        record = self._receive(EXIT_RECORD.size) if kind == b"e" else b""
        self._leash.close()
        if len(record) != EXIT_RECORD.size:
            self._kill_zygote()
            return Exit(None)
        status, letter, seconds = EXIT_RECORD.unpack(record)
        return Exit(status, LIMIT_LETTERS.get(letter.decode(), ""), seconds)

    def _receive(self, count: int) -> bytes:
        """So many bytes from the zygote; fewer if it is gone, or was killed because it did not answer."""
        parts = b""
        try:
            while len(parts) < count and (part := self._leash.recv(count - len(parts))):
                parts += part
        except TimeoutError:
            self._kill_zygote()
        except OSError:
            pass
        return parts


class SpawnedChild:
    """A new Python process, for macOS and Windows, where fork is unsafe; it starts more slowly.

    A thread watches its private folder, since nothing else limits the number and the sum of the files in it.
    """

    def __init__(self, environment: dict[str, str], request: ForkRequest) -> None:
        folder = request["folder"]
        self._process = subprocess.Popen(
            [sys.executable, "-m", "autograder.sandbox.inside.worker", str(request["memory"])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment | dict.fromkeys(("HOME", *TEMPORARY_FOLDER), folder),
            cwd=folder,
            start_new_session=True,
            bufsize=0,
        )
        pipes = (self._process.stdin, self._process.stdout, self._process.stderr)
        self.questions, self.answers, self.output = (os.dup(pipe.fileno()) for pipe in pipes if pipe)
        for pipe in pipes:
            if pipe:
                pipe.close()
        self._lock = threading.Lock()
        self._limit = ""  # that it exceeded
        self._ended = threading.Event()
        threading.Thread(target=self._watch, args=(folder,), daemon=True).start()

    def end(self) -> Exit:
        self._ended.set()
        with self._lock:
            if hasattr(os, "killpg"):
                with contextlib.suppress(ProcessLookupError, PermissionError):
                    os.killpg(self._process.pid, signal.SIGKILL)
            self._process.kill()
            code = self._process.wait()
        return Exit(-code if code < 0 else code << 8, self._limit)

    def evidence(self) -> None:
        return None

    def _watch(self, folder: str) -> None:
        while not self._ended.wait(WATCH_SECONDS):
            if exceeds_file_limits(folder, self._process.pid):
                self._limit = "files"
                self.end()


def clean_environment(home: str, device: str) -> dict[str, str]:
    """A small, fixed environment: no variable of the instructor reaches student code."""
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
