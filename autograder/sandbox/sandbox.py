"""The sandbox of a judge: starts closed children, proves what closes them, and leaves nothing of them behind."""

from __future__ import annotations

import contextlib
import os
import secrets
import shutil
import sys
import tempfile
import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

from autograder.model import Isolation, Stopped
from autograder.sandbox.child import Child
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.agreement import FILE_BYTES, KEPT_VARIABLES, layers
from autograder.sandbox.launch import Bounds, SandboxError, SpawnedProcess, Zygote, clean_environment
from autograder.sandbox.tier import Evidence, Proof


@dataclass(frozen=True)
class Limits:
    """What one child may use: seconds to load the files, bytes of memory beyond what it starts with, seconds of CPU.

    `total_seconds` bounds all questions about one file together; training is given ten times as much of both.
    """

    load_seconds: float = 10.0
    memory: int = 2 << 30
    cpu_seconds: int = 600
    total_seconds: float = 600.0


@dataclass
class _StartedChild:
    """A child, its folder on the disk, and why a layer of it is missing."""

    child: Child
    folder: str
    failures: dict[str, str] = field(default_factory=dict)


class Sandbox:
    """Where children come from: a zygote that forks them, or a fresh process for each where fork is unsafe.

    Training has a zygote of its own, which has imported torch's optimizers and may see a GPU; `prepare_training`
    starts it ahead of time. `device` is `cpu`, `cuda`, or `auto`: a GPU where there is one. `leave_out` names layers
    that are not to be used (`sandbox/inside/confine.py`), for proving that a missing one is noticed. At most
    `training_slots` children train at once; the others wait for their turn, which costs them nothing. With `ahead`, so
    many children are started before they are asked for, and ended behind the scenes: a batch needs one after another.
    """

    def __init__(
        self,
        fork: bool | None = None,
        device: str = "cpu",
        leave_out: Iterable[str] = (),
        training_slots: int | None = None,
        ahead: int = 0,
    ) -> None:
        self.fork = sys.platform == "linux" and hasattr(os, "pidfd_open") if fork is None else fork
        self.device = device
        self._leave_out = layers(leave_out)
        self._slots = contextlib.nullcontext() if training_slots is None else threading.BoundedSemaphore(training_slots)
        self._ahead = ahead
        self._behind = ThreadPoolExecutor(max_workers=1 + ahead, thread_name_prefix="sandbox")
        self._waiting: deque[Future[_StartedChild]] = deque()
        self._stopped = False
        self._children: set[Child] = set()
        self._asked: set[Child] = set()
        self._home = tempfile.mkdtemp(prefix="torchgrade-")
        if hasattr(os, "getuid") and os.getuid() == 0:
            Path(self._home).chmod(0o711)  # children run as another user, and pass through here
        self._lock = threading.RLock()
        self._zygotes: dict[bool, Zygote] = {}
        self._proofs: dict[bool, Proof] = {}
        if self.fork:
            self._zygote(training=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._behind.shutdown(wait=True, cancel_futures=True)
        for future in self._waiting:
            if not future.cancelled() and future.exception() is None:
                self._end(future.result())
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def isolation(self) -> Isolation:
        """The tier that every child reaches, proved by one that tried to break out; SandboxError if it is none."""
        if not self.fork:
            return Isolation("process", "namespaces, Landlock and seccomp need Linux")
        return self._proven(training=False).isolation

    def proof(self, training: bool = False) -> Proof:
        """The proof of isolation for ordinary children, or for those that train; made once."""
        with self._lock:
            if training not in self._proofs:
                self._proofs[training] = self._prove(training)
            return self._proofs[training]

    def _proven(self, training: bool) -> Proof:
        proof = self.proof(training)
        if proof.tier == "none":
            raise SandboxError(f"No sandbox can be used here; {proof.isolation.reason}. To mend it: {proof.remedy}")
        return proof

    def prepare_training(self) -> None:
        """Start what training needs, without waiting for it."""
        if self.fork:
            self._zygote(training=True)

    def stop(self) -> None:
        """Kill every child at once and start no other; whoever waits for an answer gets `Stopped`."""
        self._stopped = True
        for zygote in list(self._zygotes.values()):
            zygote.close()
        self._kill(self._children)

    def interrupt(self) -> None:
        """Kill the children that are asked, so that who waits for an answer gets `SandboxError`; others can be used."""
        self._kill(self._asked)

    @contextlib.contextmanager
    def child(self, training: bool = False, limits: Limits | None = None) -> Iterator[Child]:
        """A fresh child, closed as far as was proved; it is gone afterwards, with its private folder."""
        proven = self._proven(training) if self.fork else None
        slot = self._slots if training else contextlib.nullcontext()
        with slot:
            started = self._next(training, limits or Limits())
            self._asked.add(started.child)
            try:
                if proven is not None and set(started.failures) - set(proven.evidence.failures):
                    raise SandboxError(f"A sandbox is weaker than the one that was proved: {started.failures}.")
                yield started.child
            finally:
                self._asked.discard(started.child)
                if self._ahead and not self._stopped:
                    self._behind.submit(self._end, started)
                else:
                    self._end(started)

    def _kill(self, children: Iterable[Child]) -> None:
        for child in list(children):
            with contextlib.suppress(SandboxError):
                child.kill()

    def _next(self, training: bool, limits: Limits) -> _StartedChild:
        """A child that was started ahead, while another is started for who comes next; or one that is started now."""
        if training or not self._ahead or limits != Limits():
            return self._start(training, limits)
        with self._lock:
            while len(self._waiting) <= self._ahead:
                self._waiting.append(self._behind.submit(self._start, False, limits))
            first = self._waiting.popleft()
        return first.result()

    def _start(self, training: bool, limits: Limits) -> _StartedChild:
        """A child that has closed itself and waits for its first frame."""
        folder = tempfile.mkdtemp(dir=self._home)
        bounds = Bounds(limits.memory, limits.cpu_seconds * (10 if training else 1), folder)
        handle = (
            self._zygote(training).start(bounds) if self.fork else SpawnedProcess(self._environment(training), bounds)
        )
        started = _StartedChild(Child(handle, bounds), folder)
        self._children.add(started.child)
        try:
            greeting = started.child.exchange(b"", 60)
            if isinstance(greeting, Stopped):
                told = started.child.take_output().strip() or greeting.reason
                raise SandboxError(f"A sandbox could not be closed: {told}.")
            started.failures = greeting["failures"]
        except BaseException:
            self._end(started)
            raise
        return started

    def _end(self, started: _StartedChild) -> None:
        self._children.discard(started.child)
        started.child.close()
        remove(Path(started.folder))

    def _prove(self, training: bool) -> Proof:
        canary = Path(self._home) / "canary"
        canary.write_text("canary")
        canary.chmod(0o666)
        limits = Limits()
        home = Path.home()
        targets = {
            "canary": str(canary),
            "home": str(home if home.is_dir() else "/"),
            "judge": os.getpid(),
            "memory": limits.memory,
            "files": FILE_BYTES,
            "variables": [*KEPT_VARIABLES, "HOME", "TMPDIR"],
        }
        started = self._start(training, limits)
        try:
            evidence = started.child.evidence()
            attempts = started.child.exchange(wire.encode({"prove": targets}), 60)
            if isinstance(attempts, Stopped):
                told = started.child.take_output().strip()
                raise SandboxError(f"A sandbox could not be proved: it {attempts.reason}. {told}")
        finally:
            self._end(started)
            canary.unlink(missing_ok=True)  # a zygote that died took its folder along
        return Proof(
            Evidence(
                attempts=attempts,
                status=evidence.get("status", {}),
                separate=frozenset(evidence.get("separate", ())),
                failures=started.failures,
                as_root=os.getuid() == 0,
            )
        )

    def _environment(self, training: bool) -> dict[str, str]:
        return clean_environment(self._home, self.device if training else "cpu")

    def _zygote(self, training: bool) -> Zygote:
        with self._lock:
            if self._stopped:
                raise SandboxError("The sandbox was stopped.")
            if training not in self._zygotes:
                gpu = training and uses_gpu(self.device)
                home = tempfile.mkdtemp(dir=self._home)  # the zygote's root is mounted there
                zygote = Zygote(self._environment(training), home, training, gpu, self._leave_out)
                self._zygotes[training] = zygote
            return self._zygotes[training]


def remove(folder: Path) -> None:
    """Remove a folder that hostile code has filled: however deep, and whatever the modes in it.

    Folders are moved to the top before they are emptied, so that no path grows long and nothing recurses.
    """
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        while inner := list(os.scandir(folder)):
            for entry in inner:
                if not entry.is_dir(follow_symlinks=False):
                    Path(entry.path).unlink()
                    continue
                Path(entry.path).chmod(0o700)
                for part in list(os.scandir(entry.path)):
                    if part.is_dir(follow_symlinks=False):
                        Path(part.path).chmod(0o700)
                        Path(part.path).rename(folder / f".removed-{secrets.token_hex(16)}")
                    else:
                        Path(part.path).unlink()
                Path(entry.path).rmdir()
        folder.rmdir()


def uses_gpu(device: str) -> bool:
    """Whether training on this device uses a GPU of NVIDIA's."""
    return device != "cpu" and Path("/dev/nvidiactl").exists()
