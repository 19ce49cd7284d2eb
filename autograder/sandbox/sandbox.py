"""The judge's sandbox: starts confined children, proves that they are confined, and removes all that they leave."""

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
from autograder.sandbox.inside.constants import FILE_BYTES, INHERITED_VARIABLES, parse_layers
from autograder.sandbox.inside.frames import ForkRequest, ProofRequest, ProofTargets
from autograder.sandbox.launch import SandboxError, SpawnedChild, ZygoteClient, clean_environment
from autograder.sandbox.tier import Evidence, Proof

START_SECONDS = 60  # for a child to confine itself, and for the attempts of a proof


@dataclass(frozen=True)
class Limits:
    """What one child may use. Training gets ten times `cpu_seconds` and `total_seconds`."""

    load_seconds: float = 10.0
    memory: int = 2 << 30  # bytes beyond what the child has when it starts
    cpu_seconds: int = 600
    total_seconds: float = 600.0  # for all questions about one file


@dataclass
class _StartedChild:
    child: Child
    folder: str
    failures: dict[str, str] = field(default_factory=dict)  # missing layer -> reason


class Sandbox:
    """Starts children: a zygote forks them, or each is a new process where fork is unsafe.

    Training has a zygote of its own that has imported torch's optimizers and may use a GPU. `prepare_training` starts
    it early.

    - `device`: `cpu`, `cuda`, or `auto`, a GPU where there is one.
    - `leave_out`: layers not to use. Tests leave out a layer to see that its absence is noticed.
    - `training_slots`: how many children train at once. The others wait, and their time does not run.
    - `spare_children`: how many children start before they are needed. A batch needs one after another.
    """

    def __init__(
        self,
        fork: bool | None = None,
        device: str = "cpu",
        leave_out: Iterable[str] = (),
        training_slots: int | None = None,
        spare_children: int = 0,
    ) -> None:
        self.fork = sys.platform == "linux" and hasattr(os, "pidfd_open") if fork is None else fork
        self.device = device
        self._leave_out = parse_layers(leave_out)
        self._slots = contextlib.nullcontext() if training_slots is None else threading.BoundedSemaphore(training_slots)
        self._spare_count = spare_children
        self._spare_children: deque[Future[_StartedChild]] = deque()
        self._background = ThreadPoolExecutor(max_workers=1 + spare_children, thread_name_prefix="sandbox")
        self._stopped = False
        self._children: set[Child] = set()
        self._busy: set[Child] = set()
        self._home = tempfile.mkdtemp(prefix="torchgrade-")
        self._make_home()
        self._lock = threading.RLock()
        self._zygotes: dict[bool, ZygoteClient] = {}
        self._proofs: dict[bool, Proof] = {}
        if self.fork:
            self._zygote(training=False)

    def __enter__(self) -> Sandbox:
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()
        self._background.shutdown(wait=True, cancel_futures=True)
        for future in self._spare_children:
            if not future.cancelled() and future.exception() is None:
                self._end(future.result())
        shutil.rmtree(self._home, ignore_errors=True)

    @property
    def isolation(self) -> Isolation:
        """The tier that every child reaches, proved by a child that tried to break out; SandboxError for `none`."""
        if not self.fork:
            return Isolation("process", "namespaces, Landlock and seccomp need Linux", "nothing was tried or proved")
        return self._proof_of_some_tier(training=False).isolation

    def proof(self, training: bool = False) -> Proof:
        """Return the proof for ordinary children, or for children that train; each is made once."""
        with self._lock:
            if training not in self._proofs:
                self._proofs[training] = self._prove(training)
            return self._proofs[training]

    def _proof_of_some_tier(self, training: bool) -> Proof:
        proof = self.proof(training)
        if proof.tier == "none":
            raise SandboxError(f"No sandbox works here; {proof.isolation.reason}. To fix it: {proof.remedy}")
        return proof

    def prepare_training(self) -> None:
        """Start the zygote for training; do not wait until it is ready."""
        if self.fork:
            self._zygote(training=True)

    def stop(self) -> None:
        """Kill every child now and start no more; an exchange that waits raises `SandboxError`."""
        self._stopped = True
        for zygote in list(self._zygotes.values()):
            zygote.close()
        self._kill(self._children)

    def interrupt(self) -> None:
        """Kill the children in use; their exchanges raise `SandboxError`. New children can still start."""
        self._kill(self._busy)

    @contextlib.contextmanager
    def child(self, training: bool = False, limits: Limits | None = None) -> Iterator[Child]:
        """Yield a fresh child with the isolation that was proved; end it afterwards and remove its folder."""
        proof = self._proof_of_some_tier(training) if self.fork else None
        slot = self._slots if training else contextlib.nullcontext()
        with slot:
            started = self._take(training, limits or Limits())
            self._busy.add(started.child)
            try:
                if proof is not None and set(started.failures) - set(proof.evidence.failures):
                    raise SandboxError(f"A sandbox is weaker than the one that was proved: {started.failures}.")
                yield started.child
            finally:
                self._busy.discard(started.child)
                if self._spare_count and not self._stopped:
                    self._background.submit(self._end, started)
                else:
                    self._end(started)

    def _kill(self, children: Iterable[Child]) -> None:
        for child in list(children):
            with contextlib.suppress(SandboxError):
                child.kill()

    def _take(self, training: bool, limits: Limits) -> _StartedChild:
        """Take a spare child and let another one start; start a child now for training or for unusual limits."""
        if training or not self._spare_count or limits != Limits():
            return self._start(training, limits)
        with self._lock:
            while len(self._spare_children) <= self._spare_count:
                self._spare_children.append(self._background.submit(self._start, False, limits))
            first = self._spare_children.popleft()
        return first.result()

    def _start(self, training: bool, limits: Limits) -> _StartedChild:
        """Start a child and wait until it has confined itself."""
        zygote = self._zygote(training) if self.fork else None
        try:
            folder = tempfile.mkdtemp(dir=self._home)
        except FileNotFoundError:
            raise SandboxError("The sandbox has died.") from None
        cpu_seconds = limits.cpu_seconds * (10 if training else 1)
        request = ForkRequest(memory=limits.memory, cpu_seconds=cpu_seconds, folder=folder)
        process = zygote.fork(request) if zygote else SpawnedChild(self._environment(training), request)
        started = _StartedChild(Child(process, request), folder)
        self._children.add(started.child)
        try:
            greeting = started.child.exchange(b"", START_SECONDS)
            if isinstance(greeting, Stopped):
                reason = started.child.new_output().strip() or greeting.reason
                raise SandboxError(f"A sandbox could not be closed: {reason}.")
            started.failures = greeting["failures"]
        except BaseException:
            self._end(started)
            raise
        return started

    def _end(self, started: _StartedChild) -> None:
        self._children.discard(started.child)
        started.child.close()
        remove_tree(Path(started.folder))

    def _prove(self, training: bool) -> Proof:
        """Let a child try to break out, and collect what the kernel says about it."""
        canary = Path(self._home) / "canary"
        canary.write_text("canary")
        canary.chmod(0o666)
        started = self._start(training, Limits())
        try:
            evidence = started.child.evidence()
            request = ProofRequest(prove=_proof_targets(canary))
            attempts = started.child.exchange(wire.encode(request), START_SECONDS)
            if isinstance(attempts, Stopped):
                output = started.child.new_output().strip()
                raise SandboxError(f"A sandbox could not be proved: it {attempts.reason}. {output}")
        finally:
            self._end(started)
            canary.unlink(missing_ok=True)  # a zygote that died has removed the folder
        return Proof(
            Evidence(
                attempts=attempts,
                status=evidence["status"] if evidence else {},
                separate=frozenset(evidence["separate"] if evidence else ()),
                failures=started.failures,
                as_root=os.getuid() == 0,
            )
        )

    def _environment(self, training: bool) -> dict[str, str]:
        return clean_environment(self._home, self.device if training else "cpu")

    def _make_home(self) -> None:
        """Make the folder of all children, which a zygote removes when it ends."""
        Path(self._home).mkdir(mode=0o700, exist_ok=True)
        if hasattr(os, "getuid") and os.getuid() == 0:
            Path(self._home).chmod(0o711)  # children run as another user, and their folders are in here

    def _zygote(self, training: bool) -> ZygoteClient:
        with self._lock:
            if self._stopped:
                raise SandboxError("The sandbox was stopped.")
            if training in self._zygotes and not self._zygotes[training].alive:
                dead = self._zygotes.pop(training)  # student code has ended it; another one takes over
                dead.close()
                remove_tree(Path(dead.home))
                self._make_home()
            if training not in self._zygotes:
                gpu = training and uses_gpu(self.device)
                home = tempfile.mkdtemp(dir=self._home)  # the zygote mounts its root there
                zygote = ZygoteClient(self._environment(training), home, training, gpu, self._leave_out)
                self._zygotes[training] = zygote
            return self._zygotes[training]


def _proof_targets(canary: Path) -> ProofTargets:
    home = Path.home()
    return {
        "canary": str(canary),
        "home": str(home if home.is_dir() else "/"),
        "judge": os.getpid(),
        "memory": Limits().memory,
        "files": FILE_BYTES,
        "variables": [*INHERITED_VARIABLES, "HOME", "TMPDIR"],
    }


def remove_tree(folder: Path) -> None:
    """Remove a folder that hostile code has filled, of any depth and with any modes.

    Inner folders move to the top before they are emptied. No path grows long and nothing recurses.
    """
    with contextlib.suppress(OSError):
        folder.chmod(0o700)
        while entries := list(os.scandir(folder)):
            for entry in entries:
                if entry.is_dir(follow_symlinks=False):
                    _flatten(Path(entry.path), folder)
                else:
                    Path(entry.path).unlink()
        folder.rmdir()


def _flatten(inner: Path, top: Path) -> None:
    """Remove the folder `inner` and its files; move its folders into `top`."""
    inner.chmod(0o700)
    for entry in list(os.scandir(inner)):
        if entry.is_dir(follow_symlinks=False):
            Path(entry.path).chmod(0o700)
            Path(entry.path).rename(top / f".removed-{secrets.token_hex(16)}")
        else:
            Path(entry.path).unlink()
    inner.rmdir()


def uses_gpu(device: str) -> bool:
    """Whether training on this device uses an NVIDIA GPU."""
    return device != "cpu" and Path("/dev/nvidiactl").exists()
