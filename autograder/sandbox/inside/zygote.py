"""A clean process that has imported torch, confines itself, and forks a child for each request of the judge.

It runs no operation of torch, has one thread, and reads nothing but `ForkRequest`s. Each request brings four file
descriptors: questions, answers, output, and a *leash*. When the judge closes the leash, the zygote kills the child
and every process that the child started. When the child ends, the zygote writes its exit to the leash.
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
import struct
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from .confine import Confinement, close_other_descriptors, namespaces_of
from .constants import EXIT_RECORD, GOODBYE
from .folder_limits import exceeds_file_limits
from .frames import ChildEvidence, ForkRequest, ZygoteSettings
from .kernel import PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, prctl

FDS = 4
LARGEST_REQUEST = 1 << 14
WATCH_SECONDS = 0.04
JUDGE_IS_GONE = 77  # the exit status of a zygote whose judge was killed


@dataclass
class _Watched:
    """A running child and the limits that the zygote checks."""

    pidfd: int
    leash: int
    memory: int  # bytes of anonymous and shared memory
    folder: str  # on the disk; empty if the child's folder is a tmpfs with its own limits
    letter: str = ""  # of the exceeded limit, see LIMIT_LETTERS


def main() -> None:
    """Serve the control socket, which is stdin, until the judge closes it."""
    settings: ZygoteSettings = json.loads(sys.argv[1])
    home = Path.cwd()
    sys.path.remove(str(home))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    confinement = Confinement(frozenset(settings["leave_out"]), settings["gpu"])
    if confinement.enter_namespaces():
        _fork_into_pid_namespace(home)
    control = socket.socket(fileno=os.dup(0))
    os.dup2(os.open(os.devnull, os.O_RDWR), 0)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    _preload(settings["training"])
    confinement.enter_root(str(home))
    control.sendall(b"ready")
    judge_lives = Zygote(control, confinement).run()
    if not (judge_lives or confinement.namespaces):
        shutil.rmtree(home.parent, ignore_errors=True)
    os._exit(0 if judge_lives else JUDGE_IS_GONE)  # an ordinary exit of torch takes 0.2 seconds


def _fork_into_pid_namespace(home: Path) -> None:
    """Return in the first process of the new pid namespace; its parent waits for it and exits.

    The parent removes the folder of all children if the judge was killed. A judge that lives does this itself.
    """
    judge = os.getppid()
    pid = os.fork()
    if pid == 0:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        return
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)  # so that the judge sees its control socket closed when the zygote dies
    _, status = os.waitpid(pid, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == JUDGE_IS_GONE or os.getppid() != judge:
        shutil.rmtree(home.parent, ignore_errors=True)
    os._exit(code & 0xFF)


class Zygote:
    """One loop over the requests of the judge, the leashes, and the children that end."""

    def __init__(self, control: socket.socket, confinement: Confinement) -> None:
        self._control = control
        self._confinement = confinement
        self._selector = selectors.DefaultSelector()
        self._selector.register(control, selectors.EVENT_READ, ("request", 0))
        self._children: dict[int, _Watched] = {}
        self._number = random.randrange(4096)
        self._judge_lives = True

    def run(self) -> bool:
        """Serve until the judge says goodbye or its socket is closed; False if it was killed."""
        while True:
            for key, _ in self._selector.select(WATCH_SECONDS if self._children else None):
                kind, pid = key.data
                if kind == "request" and not self._fork():
                    for child in list(self._children):
                        self._end(child)
                    return self._judge_lives
                if kind == "leash" and pid in self._children and os.read(self._children[pid].leash, 1) == b"?":
                    self._send_evidence(pid)
                elif kind != "request" and pid in self._children:
                    self._end(pid)
            self._watch()

    def _fork(self) -> bool:
        message, fds = _receive(self._control)
        if message in (b"", GOODBYE):
            self._judge_lives = message == GOODBYE
            return False
        request: ForkRequest = json.loads(message)
        if len(fds) != FDS:
            raise RuntimeError("a request came without its file descriptors")
        if _threads() != 1:
            raise RuntimeError("the zygote has more than one thread, so its children could hang")
        questions, answers, output, leash = fds
        self._number += 1
        pid = self._confinement.fork()
        if pid == 0:
            _run_child(self._confinement, self._number, request, questions, answers, output)
        for fd in (questions, answers, output):
            os.close(fd)
        on_disk = not self._confinement.has("mount")
        memory = request["memory"] + _own_memory(os.getpid())
        watched = _Watched(os.pidfd_open(pid), leash, memory, request["folder"] if on_disk else "")
        self._children[pid] = watched
        self._selector.register(leash, selectors.EVENT_READ, ("leash", pid))
        self._selector.register(watched.pidfd, selectors.EVENT_READ, ("child", pid))
        return True

    def _watch(self) -> None:
        """Kill the children that exceed a limit that the kernel does not enforce."""
        for pid, child in list(self._children.items()):
            if _own_memory(pid) > child.memory:
                child.letter = "m"
            elif child.folder and exceeds_file_limits(child.folder, pid):
                child.letter = "f"
            if child.letter:
                self._end(pid)

    def _send_evidence(self, pid: int) -> None:
        """Send what the kernel says about a child; the child cannot forge it."""
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
        status = dict(line.split(":\t", 1) for line in lines if ":\t" in line)
        others = [self._confinement.host, namespaces_of("self")]
        separate = [
            kind for kind, name in namespaces_of(str(pid)).items() if all(other.get(kind) != name for other in others)
        ]
        evidence = ChildEvidence(
            status=status, separate=separate, cpu_seconds=_cpu_seconds(pid), waited_seconds=_waited_seconds(pid)
        )
        text = json.dumps(evidence).encode()
        os.write(self._children[pid].leash, b"t" + struct.pack("=I", len(text)) + text)

    def _end(self, pid: int) -> None:
        """Kill a child and its descendants, and write its exit to the leash."""
        os.kill(pid, signal.SIGKILL)
        _, status, usage = os.wait4(pid, 0)
        self._kill_orphans()
        child = self._children.pop(pid)
        for fd in (child.pidfd, child.leash):
            self._selector.unregister(fd)
        with contextlib.suppress(OSError):
            seconds = usage.ru_utime + usage.ru_stime
            os.write(child.leash, b"e" + EXIT_RECORD.pack(status, child.letter.encode() or b"\0", seconds))
        os.close(child.pidfd)
        os.close(child.leash)

    def _kill_orphans(self) -> None:
        """Kill the processes of children that ended. The zygote is their subreaper, so it has become their parent."""
        children = Path(f"/proc/self/task/{os.getpid()}/children")
        while orphans := {int(pid) for pid in children.read_text().split()} - set(self._children):
            for orphan in orphans:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(orphan, signal.SIGKILL)
            for orphan in orphans:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(orphan, 0)


def _run_child(
    confinement: Confinement, number: int, request: ForkRequest, questions: int, answers: int, output: int
) -> NoReturn:
    """Confine this process, a new child, and serve the judge's questions until there are no more."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_DFL)
        os.dup2(output, 1)
        os.dup2(output, 2)
        if "descriptors" not in confinement.leave_out:
            close_other_descriptors({0, 1, 2, questions, answers})
        confinement.confine_child(number, request["folder"], request["memory"], request["cpu_seconds"])
        _serve(questions, answers, confinement)
        sys.stdout.flush()
        sys.stderr.flush()
        status = 0
    except OSError:
        traceback.print_exc()
    finally:
        os._exit(status)


def _serve(questions: int, answers: int, confinement: Confinement) -> None:
    from .worker import serve

    gc.enable()
    serve(questions, answers, confinement.failures)


def _preload(training: bool) -> None:
    """Import what every child needs, so that all share its memory; torch's optimizers import 800 modules more."""
    import torch
    import torch.nn.functional
    import torch.utils.data

    from . import probes, proof, stand_in, switched_off, toolbox, worker  # noqa: F401 - children use them
    from .eager import run_uncompiled

    if training:
        import torch._dynamo
        import torch.optim.lr_scheduler
    run_uncompiled()
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
    """Bytes of a process's anonymous memory and shared memory, without mapped files."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text(errors="replace").splitlines()
    except OSError:
        return 0
    return sum(int(line.split()[1]) << 10 for line in lines if line.startswith(("RssAnon:", "RssShmem:")))


def _cpu_seconds(pid: int) -> float:
    fields = Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _waited_seconds(pid: int) -> float | None:
    """How long a thread of the process was ready to run and got no processor, of the one that waited longest.

    The sum of all threads would let a process claim time by competing with itself.
    """
    waits = []
    for schedstat in Path(f"/proc/{pid}/task").glob("*/schedstat"):
        with contextlib.suppress(OSError, ValueError):
            ran, waited, _ = map(int, schedstat.read_text().split())
            waits += [waited] if ran else []  # a kernel that does not count shows zeros
    return max(waits) / 1e9 if waits else None


if __name__ == "__main__":
    main()
