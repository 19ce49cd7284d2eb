"""A clean process that has imported torch and forks a child for each source file it is asked for.

It runs no operation of torch, has one thread, and is told nothing but "one more child". Each request brings
four file descriptors: questions, answers, output, and a leash. When the judge drops the leash the child is
killed with everything it started; when the child ends, its wait status is written to the leash.
"""

from __future__ import annotations

import array
import contextlib
import ctypes
import gc
import os
import selectors
import shutil
import signal
import socket
import struct
import sys
from pathlib import Path

STATUS = struct.Struct("i")
FDS = 4
PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36


def main() -> None:
    """Serve the control socket that is stdin until the judge closes it."""
    control = socket.socket(fileno=os.dup(0))
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    home = Path.cwd()
    sys.path.remove(str(home))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _prctl(PR_SET_CHILD_SUBREAPER, 1)
    _preload(training="training" in sys.argv)
    control.sendall(b"ready")
    Zygote(control).run()
    shutil.rmtree(home, ignore_errors=True)  # the judge does it too, unless it was killed
    os._exit(0)  # tearing torch down takes a fifth of a second


class Zygote:
    """The loop: one selector over the control socket, the leashes, and the children."""

    def __init__(self, control: socket.socket) -> None:
        self._control = control
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, ("request", 0))
        self._leashes: dict[int, int] = {}  # pid -> fd of the leash
        self._watches: dict[int, int] = {}  # pid -> pidfd

    def run(self) -> None:
        while True:
            for key, _ in self._selector.select():
                kind, pid = key.data
                if kind == "request" and not self._fork():
                    for child in list(self._watches):
                        self._end(child)
                    return
                if kind != "request" and pid in self._watches:
                    self._end(pid)

    def _fork(self) -> bool:
        message, fds = _receive(self._control)
        if not message:
            return False
        if len(fds) != FDS:
            raise RuntimeError("a request came without its file descriptors")
        if _threads() != 1:
            raise RuntimeError("the zygote has more than one thread, so its children could hang")
        questions, answers, output, leash = fds
        pid = os.fork()
        if pid == 0:
            _child(questions, answers, output)
        for fd in (questions, answers, output):
            os.close(fd)
        self._leashes[pid], self._watches[pid] = leash, os.pidfd_open(pid)
        self._selector.register(leash, selectors.EVENT_READ, ("leash", pid))
        self._selector.register(self._watches[pid], selectors.EVENT_READ, ("child", pid))
        return True

    def _end(self, pid: int) -> None:
        """Kill what is left of a child and of its descendants, and report how the child ended."""
        os.kill(pid, signal.SIGKILL)
        _, status = os.waitpid(pid, 0)
        self._sweep()
        watch, leash = self._watches.pop(pid), self._leashes.pop(pid)
        for fd in (watch, leash):
            self._selector.unregister(fd)
        with contextlib.suppress(OSError):
            os.write(leash, STATUS.pack(status))
        os.close(watch)
        os.close(leash)

    def _sweep(self) -> None:
        """Kill orphans: processes that a child left behind come to us, since we are their subreaper."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while orphans := {int(pid) for pid in children.read_text().split()} - set(self._watches):
            for orphan in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            for orphan in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(orphan, 0)


def _child(questions: int, answers: int, output: int) -> None:
    """Become a sandboxed child: own session, own output, no other file descriptor; never returns."""
    status = 1
    try:
        _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.dup2(output, 1)
        os.dup2(output, 2)
        keep = sorted({questions, answers})
        for low, high in zip([2, *keep], [*keep, 1 << 20], strict=True):
            os.closerange(low + 1, high)
        _serve(questions, answers)
        sys.stdout.flush()
        sys.stderr.flush()
        status = 0
    finally:
        os._exit(status)


def _serve(questions: int, answers: int) -> None:
    from .worker import serve

    gc.enable()
    serve(questions, answers)


def _preload(training: bool) -> None:
    """Import what a child needs at once, so that forks share it; optimizers bring 800 modules more."""
    import torch
    import torch.nn.functional
    import torch.utils.data

    from . import probes, worker  # noqa: F401 - imported so that the children have them

    if training:
        import torch._dynamo
        import torch.optim.lr_scheduler
    torch.backends.nnpack.is_available()  # a child without /proc/cpuinfo would round differently
    gc.collect()
    gc.freeze()
    gc.disable()


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    fds = array.array("i")
    message, ancillary, _, _ = control.recvmsg(1, socket.CMSG_SPACE(FDS * fds.itemsize))
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    return message, list(fds)


def _threads() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Threads:"))


def _prctl(option: int, value: int) -> None:
    ctypes.CDLL(None).prctl(option, value, 0, 0, 0)


if __name__ == "__main__":
    main()
