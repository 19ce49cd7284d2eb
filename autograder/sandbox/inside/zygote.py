"""A clean process that has imported torch, closes itself, and forks a child for each source file it is asked for.

It runs no operation of torch, has one thread, and is told nothing but "one more child" with its limits. Each request
brings four file descriptors: questions, answers, output, and a leash. When the judge drops the leash the child is
killed with everything it started; when the child ends, the zygote writes to the leash how it ended.
"""

from __future__ import annotations

import array
import contextlib
import gc
import json
import os
import random
import selectors
import shutil
import signal
import socket
import stat
import struct
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from .agreement import DEEPEST, ENDED, FILE_BYTES, FILE_COUNT
from .confine import Closure, keep_only, namespaces_of
from .kernel import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl

FDS = 4
LARGEST_REQUEST = 1 << 14
WATCH_SECONDS = 0.04


@dataclass
class _Watched:
    """A child that lives: how to wait for it, and what it may use."""

    pidfd: int
    leash: int
    memory: int  # bytes of its own, beyond what it shared when it began
    folder: str  # where it may write on the disk; empty if its folder is of memory and has limits of its own
    reason: str = ""


def main() -> None:
    """Serve the control socket that is stdin until the judge closes it."""
    told = json.loads(sys.argv[1])
    home = Path.cwd()
    sys.path.remove(str(home))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    closure = Closure(frozenset(told["leave_out"]), told["gpu"])
    if closure.close_zygote():
        _stay_outside(home)
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    _preload(told["training"])
    closure.build_root(str(home))
    control.sendall(b"ready")
    Zygote(control, closure).run()
    if not closure.namespaces:
        shutil.rmtree(home.parent, ignore_errors=True)  # the judge does it too, unless it was killed
    os._exit(0)  # tearing torch down takes a fifth of a second


def _stay_outside(home: Path) -> None:
    """Fork the first process of the new pid namespace, and wait for it outside."""
    pid = os.fork()
    if pid == 0:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)  # so that the judge sees its control socket closed when the zygote dies
    _, status = os.waitpid(pid, 0)
    shutil.rmtree(home.parent, ignore_errors=True)
    os._exit(os.waitstatus_to_exitcode(status) & 0xFF)


class Zygote:
    """The loop: one selector over the control socket, the leashes, and the children."""

    def __init__(self, control: socket.socket, closure: Closure) -> None:
        self._control = control
        self._closure = closure
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, ("request", 0))
        self._children: dict[int, _Watched] = {}
        self._number = random.randrange(4096)

    def run(self) -> None:
        while True:
            for key, _ in self._selector.select(WATCH_SECONDS if self._children else None):
                kind, pid = key.data
                if kind == "request" and not self._fork():
                    for child in list(self._children):
                        self._end(child)
                    return
                if kind == "leash" and pid in self._children and os.read(self._children[pid].leash, 1) == b"?":
                    self._tell(pid)
                elif kind != "request" and pid in self._children:
                    self._end(pid)
            self._watch()

    def _fork(self) -> bool:
        message, fds = _receive(self._control)
        if not message:
            return False
        request = json.loads(message)
        if len(fds) != FDS:
            raise RuntimeError("a request came without its file descriptors")
        if _threads() != 1:
            raise RuntimeError("the zygote has more than one thread, so its children could hang")
        questions, answers, output, leash = fds
        self._number += 1
        pid = self._closure.fork()
        if pid == 0:
            _child(self._closure, self._number, request, questions, answers, output)
        for fd in (questions, answers, output):
            os.close(fd)
        on_disk = not self._closure.has("mount")
        memory = request["memory"] + _own_memory(os.getpid())
        watched = _Watched(os.pidfd_open(pid), leash, memory, request["folder"] if on_disk else "")
        self._children[pid] = watched
        self._selector.register(leash, selectors.EVENT_READ, ("leash", pid))
        self._selector.register(watched.pidfd, selectors.EVENT_READ, ("child", pid))
        return True

    def _watch(self) -> None:
        """Kill children that use too much of what no limit of the kernel's bounds for them."""
        for pid, child in list(self._children.items()):
            if _own_memory(pid) > child.memory:
                child.reason = "m"
            elif child.folder and _too_full(pid, child.folder):
                child.reason = "f"
            if child.reason:
                self._end(pid)

    def _tell(self, pid: int) -> None:
        """What the kernel says about a child: evidence that it cannot forge."""
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        shared = [self._closure.host, namespaces_of("self")]
        separate = [
            kind for kind, name in namespaces_of(str(pid)).items() if all(other.get(kind) != name for other in shared)
        ]
        told = {"status": status, "separate": separate, "cpu_seconds": _cpu_seconds(pid)}
        text = json.dumps(told).encode()
        os.write(self._children[pid].leash, b"t" + struct.pack("=I", len(text)) + text)

    def _end(self, pid: int) -> None:
        """Kill what is left of a child and of its descendants, and report how the child ended."""
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        self._sweep()
        child = self._children.pop(pid)
        for fd in (child.pidfd, child.leash):
            self._selector.unregister(fd)
        with contextlib.suppress(OSError):
            seconds = usage.ru_utime + usage.ru_stime
            os.write(child.leash, b"e" + ENDED.pack(status, child.reason.encode() or b"\0", seconds))
        os.close(child.pidfd)
        os.close(child.leash)

    def _sweep(self) -> None:
        """Kill orphans: processes that a child left behind come to us, since we are their subreaper."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while orphans := {int(pid) for pid in children.read_text().split()} - set(self._children):
            for orphan in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            for orphan in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(orphan, 0)


def _child(
    closure: Closure, number: int, request: dict[str, Any], questions: int, answers: int, output: int
) -> NoReturn:
    """Become a sandboxed child: closed in every layer, no file descriptor but its own; never returns."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if "descriptors" not in closure.leave_out:
            keep_only({0, 1, 2, questions, answers})
        closure.close_child(number, request["folder"], request["memory"], request["cpu_seconds"])
        _serve(questions, answers, closure)
        sys.stdout.flush()
        sys.stderr.flush()
        status = 0
    except OSError:
        traceback.print_exc()
    finally:
        os._exit(status)


def _serve(questions: int, answers: int, closure: Closure) -> None:
    from .worker import serve

    gc.enable()
    serve(questions, answers, closure.failures)


def _preload(training: bool) -> None:
    """Import what a child needs at once, so that forks share it; optimizers bring 800 modules more."""
    import torch
    import torch.nn.functional
    import torch.utils.data

    from . import probes, proof, worker  # noqa: F401 - imported so that the children have them

    if training:
        import torch._dynamo
        import torch.optim.lr_scheduler
    torch.backends.nnpack.is_available()  # a child without /proc/cpuinfo would round differently
    gc.collect()
    gc.freeze()
    gc.disable()


def _receive(control: socket.socket) -> tuple[bytes, list[int]]:
    fds = array.array("i")
    message, ancillary, _, _ = control.recvmsg(LARGEST_REQUEST, socket.CMSG_SPACE(FDS * fds.itemsize))
    for level, kind, data in ancillary:
        if (level, kind) == (socket.SOL_SOCKET, socket.SCM_RIGHTS):
            fds.frombytes(data[: len(data) - len(data) % fds.itemsize])
    return message, list(fds)


def _threads() -> int:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("Threads:"))


def _own_memory(pid: int) -> int:
    """Bytes of memory of a process that are not of files: what it has written to, and shared memory."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("RssAnon:", "RssShmem:")))


def _cpu_seconds(pid: int) -> float:
    """Seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _too_full(pid: int, folder: str) -> bool:
    """Whether a private folder on the disk holds more than it may, files that were deleted but are open included."""
    count = size = 0
    folders = [folder]
    try:
        while folders:
            with os.scandir(folders.pop()) as entries:
                for entry in entries:
                    count += 1
                    size += entry.stat(follow_symlinks=False).st_blocks * 512
                    if entry.is_dir(follow_symlinks=False):
                        folders.append(entry.path)
                    if count > FILE_COUNT or size > FILE_BYTES or entry.path.count("/") - folder.count("/") > DEEPEST:
                        return True
    except FileNotFoundError:
        pass  # it is being changed; the next look will tell
    except OSError:
        return True  # a path too long, or a folder that was closed
    return size + _deleted(pid) > FILE_BYTES


def _deleted(pid: int) -> int:
    """Bytes of files that a process has open and that have no name any more."""
    size = 0
    with contextlib.suppress(OSError):
        for fd in os.scandir(f"/proc/{pid}/fd"):
            with contextlib.suppress(OSError):
                told = fd.stat()
                size += told.st_blocks * 512 if stat.S_ISREG(told.st_mode) and not told.st_nlink else 0
    return size


if __name__ == "__main__":
    main()
