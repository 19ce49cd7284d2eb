"""The first attempts of a hostile submission, made by a confined child that has read no student's text.

The judge compares the result of each attempt with the promises of a tier, see `sandbox/tier.py`.
"""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from pathlib import Path

from .frames import ProofTargets

F_SETSIG, FIOASYNC = 10, 0x5452
PTRACE_SEIZE = 0x4206  # attaches without stopping the process


def attempts(targets: ProofTargets) -> dict[str, str]:
    """Make every attempt; return attempt -> error, an empty string for an attempt that succeeded."""
    canary, home = Path(targets["canary"]), Path(targets["home"])
    actions: dict[str, Callable[[], object]] = {
        "reads the canary": canary.read_text,
        "sees the canary": canary.stat,
        "lists the home folder": lambda: list(home.iterdir()),
        "reads /etc/passwd": Path("/etc/passwd").read_text,
        "lists the root": lambda: list(Path("/").iterdir()),
        "lists processes": Path(f"/proc/{targets['judge']}").stat,
        "writes beside the canary": lambda: _write(canary.with_name("written")),
        "writes beside Python's library": lambda: _write(Path(os.__file__).with_name("written-by-torchgrade")),
        "writes into /tmp": lambda: _write(Path("/tmp/written-by-torchgrade")),
        "opens a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM).close(),
        "opens a Unix socket": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
        "forks": _fork,
        "executes": lambda: os.execv("/nonexistent", ["nonexistent"]),
        "signals the judge": lambda: os.kill(targets["judge"], 0),
        "signals its parent": lambda: os.kill(os.getppid() or targets["judge"], 0),
        "signals the judge by a file": lambda: _signal_by_a_file(targets["judge"]),
        "traces the judge": lambda: _trace(targets["judge"]),
        "makes memory without address space": lambda: os.close(os.memfd_create("x")),
        "takes too much memory": lambda: mmap.mmap(-1, targets["memory"] + (64 << 20)).close(),
        "fills the disk": lambda: _fill(targets["files"] + (1 << 20)),
        "raises its limits": _raise_limits,
        "finds a foreign variable": lambda: _find_foreign_variable(targets["variables"]),
        "finds a foreign descriptor": _find_foreign_descriptor,
        # these must succeed
        "writes into its folder": lambda: _write(Path("written")),
        "starts a thread": _start_thread,
        "reads Python's library": Path(os.__file__).read_bytes,
        "reads torch's library": lambda: Path(sys.modules["torch"].__file__ or "").read_bytes(),
        "computes": lambda: sys.modules["torch"].ones(64, 64) @ sys.modules["torch"].ones(64, 64),
    }
    return {name: _error_of(action) for name, action in actions.items()}


def _error_of(action: Callable[[], object]) -> str:
    try:
        action()
    except Exception as error:  # noqa: BLE001 - any error is the result of the attempt
        return f"{type(error).__name__}: {error}"
    return ""


def _write(path: Path) -> None:
    path.write_text("x", encoding="utf-8")
    path.unlink()


def _fork() -> None:
    pid = os.fork()
    if pid == 0:
        os._exit(0)
    os.waitpid(pid, 0)


def _signal_by_a_file(pid: int) -> None:
    """Succeed if a pipe takes one of the settings by which it would signal a process; no signal is sent."""
    read, write = os.pipe()
    attempts: tuple[Callable[[], object], ...] = (
        lambda: fcntl.fcntl(read, fcntl.F_SETOWN, pid),
        lambda: fcntl.fcntl(read, F_SETSIG, signal.SIGURG),
        lambda: fcntl.fcntl(write, fcntl.F_SETFL, os.O_WRONLY | os.O_ASYNC),
        lambda: fcntl.ioctl(write, FIOASYNC, b"\1\0\0\0"),
    )
    try:
        for attempt in attempts:
            try:
                attempt()
            except PermissionError:
                continue
            return
    finally:
        os.close(read)
        os.close(write)
    raise PermissionError("no file sends a signal")


def _trace(pid: int) -> None:
    libc = ctypes.CDLL(None, use_errno=True)
    if libc.ptrace(ctypes.c_long(PTRACE_SEIZE), ctypes.c_long(pid), None, None) == -1:
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _fill(count: int) -> None:
    with contextlib.suppress(ValueError):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    try:
        with Path("large").open("wb") as file:
            os.posix_fallocate(file.fileno(), 0, count)
    finally:
        Path("large").unlink(missing_ok=True)


def _raise_limits() -> None:
    """Succeed if a limit is missing or can be raised."""
    import resource

    for limit in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        _, hard = resource.getrlimit(limit)
        if hard == resource.RLIM_INFINITY:
            return
        resource.setrlimit(limit, (hard + 1, hard + 1))


def _find_foreign_variable(known: list[str]) -> None:
    """Succeed if the environment has a variable that is not in `known`, or if TMPDIR is not the child's folder."""
    if not set(os.environ) - set(known) and os.environ.get("TMPDIR") == str(Path.cwd()):
        raise LookupError("no variable but its own")


def _find_foreign_descriptor() -> None:
    """Succeed if more is open than stdin, stdout, stderr, questions and answers."""
    found = 0
    for fd in range(1024):
        with contextlib.suppress(OSError):
            os.fstat(fd)
            found += 1
    if found <= 5:
        raise LookupError("no descriptor but its own")


def _start_thread() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.set)
    thread.start()
    thread.join()
    if not done.is_set():
        raise RuntimeError("the thread did not run")
