"""What a hostile submission would try first, tried from a closed child before any student's text is in it.

The judge compares what became of each attempt with what its tier promises, see `sandbox/tier.py`.
"""

from __future__ import annotations

import contextlib
import ctypes
import mmap
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

PTRACE_SEIZE = 0x4206  # attaches without stopping


def attempts(targets: Mapping[str, Any]) -> dict[str, str]:
    """By attempt: the name of the error that it met, or an empty string where it succeeded.

    `targets`: `canary` and `home` are paths, `judge` is a process, `memory` and `files` are the bytes allowed.
    """
    canary, home = Path(targets["canary"]), Path(targets["home"])
    tried: dict[str, Callable[[], object]] = {
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
        "opens a socket of files": lambda: socket.socket(socket.AF_UNIX, socket.SOCK_STREAM).close(),
        "forks": _fork,
        "executes": lambda: os.execv("/nonexistent", ["nonexistent"]),
        "signals the judge": lambda: os.kill(targets["judge"], 0),
        "signals its parent": lambda: os.kill(os.getppid() or targets["judge"], 0),
        "traces the judge": lambda: _trace(targets["judge"]),
        "makes memory without address space": lambda: os.close(os.memfd_create("x")),
        "takes too much memory": lambda: mmap.mmap(-1, targets["memory"] + (64 << 20)).close(),
        "fills the disk": lambda: _fill(targets["files"] + (1 << 20)),
        "raises its limits": _raise_limits,
        "finds a foreign variable": lambda: _foreign(targets["variables"]),
        "finds a foreign descriptor": _descriptors,
        # and what must go on working
        "writes into its folder": lambda: _write(Path("kept")),
        "starts a thread": _thread,
        "reads Python's library": Path(os.__file__).read_bytes,
        "reads torch's library": lambda: Path(sys.modules["torch"].__file__ or "").read_bytes(),
        "computes": lambda: sys.modules["torch"].ones(64, 64) @ sys.modules["torch"].ones(64, 64),
    }
    return {name: _outcome(attempt) for name, attempt in tried.items()}


def _outcome(attempt: Callable[[], object]) -> str:
    try:
        attempt()
    except Exception as error:  # noqa: BLE001 - whatever stands in the way is the result
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
    """Succeeds unless every limit that a sandbox needs is there, and stays."""
    import resource

    for limit in (resource.RLIMIT_CPU, resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        _, hard = resource.getrlimit(limit)
        if hard == resource.RLIM_INFINITY:
            return
        resource.setrlimit(limit, (hard + 1, hard + 1))


def _foreign(known: list[str]) -> None:
    """Succeeds if the environment tells more than it should, or of a folder that is not the child's own."""
    if not set(os.environ) - set(known) and os.environ.get("TMPDIR") == str(Path.cwd()):
        raise LookupError("no variable but its own")


def _descriptors() -> None:
    """Succeeds if there are more than stdin, stdout, stderr, questions and answers."""
    found = 0
    for fd in range(1024):
        with contextlib.suppress(OSError):
            os.fstat(fd)
            found += 1
    if found <= 5:
        raise LookupError("no descriptor but its own")


def _thread() -> None:
    done = threading.Event()
    thread = threading.Thread(target=done.set)
    thread.start()
    thread.join()
    if not done.is_set():
        raise RuntimeError("the thread did not run")
