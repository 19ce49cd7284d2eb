"""What there is to steal from a judge and to harm, and what must be as it was after every run."""

from __future__ import annotations

import contextlib
import ctypes
import os
import secrets
import signal
import socket
import tempfile
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from autograder.sandbox.sandbox import Sandbox

from ..course import ROOT

OUTSIDE = ("/", "/tmp", "/var/tmp", "/dev/shm", "/run", "/mnt", "/proc", "/etc", "/usr/lib", str(ROOT))
LEAKS = ("@reference(", "root:x:0", "b'tgr1", "def _items(section", "inside/worker.py")
"""Texts of the answer key, the password file, an exam and the engine: none has a place in feedback."""


@dataclass
class Targets:
    """Where the secret lies, by the words that stand for the places in hostile submissions."""

    secret: str
    temp: Path  # the only folder below which the sandboxes keep their files
    texts: dict[str, str] = field(default_factory=dict)
    received: list[int] = field(default_factory=list)  # signals that reached the judge
    sandbox: Sandbox | None = None

    def hide_in(self, sandbox: Sandbox) -> None:
        """Watch this sandbox from now on, with the secret where the folder of another child would be."""
        self.sandbox = sandbox
        other = Path(sandbox._home) / "other-child"
        other.mkdir(exist_ok=True)
        (other / "canary.txt").write_text(self.secret, encoding="utf-8")

    def stolen(self, text: str) -> list[str]:
        """The secrets that stand in a text."""
        return [secret for secret in (self.secret, *LEAKS) if secret in text]

    def traces(self) -> set[str]:
        """Whatever a run could leave behind, in words."""
        assert self.sandbox is not None
        home = Path(self.sandbox._home)
        found = {f"process {pid}" for pid in processes(home)}
        found |= {f"file {path}" for folder in (self.temp, home) for path in sorted(folder.iterdir())}
        found |= {f"file {path}" for path in self._outside() if os.path.lexists(path)}
        found |= {f"signal {number}" for number in self.received}
        found |= {f"{kind} {number}" for kind, number in _shared(processes(home) | {os.getpid()})}
        return found | {f"descriptor {name}" for name in _descriptors()}

    def sweep(self) -> None:
        """Remove what was left outside, so that one hole is not found twice."""
        self.received.clear()
        for path in self._outside():
            with contextlib.suppress(OSError):
                path.unlink()

    def _outside(self) -> list[Path]:
        return [Path(folder) / self.texts["TOKEN"] for folder in (*OUTSIDE, self.texts["HOME"])]


@contextlib.contextmanager
def planted(folder: Path, exams: Path) -> Iterator[Targets]:
    """The secret in all the places where a judge could have one; `exams` is the folder of an exam."""
    secret = f"canary-{secrets.token_hex(16)}"
    token = f"hostile-{secrets.token_hex(4)}"
    targets = Targets(secret, folder / "temp")
    home, students = folder / "home", folder / "students"
    exam = next(exams.rglob("*.questions.exam"))
    for path in (
        exams / "canary.txt",
        home / "canary.txt",
        targets.temp / "canary.txt",
        students / "bob" / "parameter_counting.py",
        Path("/dev/shm") / f"{token}-canary",
    ):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"1 {secret}\n", encoding="utf-8")
    targets.texts.update(
        EXAM=str(exam),
        COURSE=str(ROOT),
        HOME=str(home),
        TEMP=str(targets.temp),
        STUDENTS=str(students),
        NOTE=str(exams / "canary.txt"),
        SHARED=str(Path("/dev/shm") / f"{token}-canary"),
        JUDGE=str(os.getpid()),
        TOKEN=token,
    )
    with contextlib.ExitStack() as stack:
        stack.callback(lambda: (exams / "canary.txt").unlink())
        stack.callback(lambda: Path(targets.texts["SHARED"]).unlink())
        stack.enter_context(_in_memory(targets))
        stack.enter_context(_listening(targets, folder))
        stack.enter_context(_in_the_process(targets, home))
        yield targets


@contextlib.contextmanager
def _in_the_process(targets: Targets, home: Path) -> Iterator[None]:
    """In the environment and an inheritable file descriptor; a signal that does no harm is noticed."""
    old = {name: os.environ.get(name) for name in ("TORCHGRADE_TOKEN", "HOME")}
    os.environ.update(TORCHGRADE_TOKEN=targets.secret, HOME=str(home))
    before = signal.signal(signal.SIGURG, lambda number, _: targets.received.append(number))
    temp, tempfile.tempdir = tempfile.tempdir, str(targets.temp)
    fd = os.open(home / "canary.txt", os.O_RDONLY)
    os.set_inheritable(fd, True)
    try:
        yield
    finally:
        os.close(fd)
        tempfile.tempdir = temp
        signal.signal(signal.SIGURG, before)
        for name, value in old.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextlib.contextmanager
def _in_memory(targets: Targets) -> Iterator[None]:
    """In shared memory of System V, whose number is no secret."""
    libc = ctypes.CDLL(None)
    libc.shmat.restype = ctypes.c_void_p
    number = libc.shmget(0, 4096, 0o1666)
    address = libc.shmat(number, None, 0)
    ctypes.memmove(address, targets.secret.encode(), len(targets.secret))
    libc.shmdt(ctypes.c_void_p(address))
    targets.texts["SEGMENT"] = str(number)
    try:
        yield
    finally:
        libc.shmctl(number, 0, None)


@contextlib.contextmanager
def _listening(targets: Targets, folder: Path) -> Iterator[None]:
    """Behind three sockets that tell it to whoever connects."""
    name = targets.texts["TOKEN"]
    with contextlib.ExitStack() as stack:
        port = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        targets.texts["PORT"] = str(port.getsockname()[1])
        targets.texts["SOCKET"] = str(folder / "socket")
        servers = [port]
        for address in f"\0{name}", targets.texts["SOCKET"]:
            server = stack.enter_context(socket.socket(socket.AF_UNIX))
            server.bind(address)
            server.listen()
            servers.append(server)

        def serve(server: socket.socket) -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = server.accept()
                    with client:
                        client.sendall(targets.secret.encode())

        threads = [threading.Thread(target=serve, args=(server,)) for server in servers]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            for server in servers:
                server.shutdown(socket.SHUT_RDWR)
            for thread in threads:
                thread.join()


def processes(home: Path) -> set[int]:
    """The processes that descend from this one, or that were started for the sandbox whose home this is."""
    parents: dict[int, int] = {}
    found = set()
    for path in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError, IndexError):
            parents[int(path.name)] = int((path / "stat").read_bytes().rpartition(b") ")[2].split()[1])
            if f"HOME={home}".encode() in (path / "environ").read_bytes().split(b"\0"):
                found.add(int(path.name))
    family = {os.getpid()}
    while grown := {pid for pid, parent in parents.items() if parent in family} - family:
        family |= grown
    return found | family - {os.getpid()}


def _shared(ours: set[int]) -> Iterator[tuple[str, str]]:
    """What is shared by System V's means: kind and number of all that no living process of others has made."""
    for kind, column in ("shm", 4), ("msg", 5):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/sysvipc/{kind}").read_text().splitlines()[1:]:
                fields = line.split()
                if int(fields[column]) in ours or not Path(f"/proc/{fields[column]}").exists():
                    yield kind, fields[1]


def _descriptors() -> list[str]:
    """The open file descriptors of the judge, but for that of the listing itself."""
    return [path.name for path in list(Path("/proc/self/fd").iterdir()) if os.path.lexists(path)]
