"""Starts sandboxed children and exchanges frames with them, within limits that only this side measures."""

from __future__ import annotations

import contextlib
import os
import select
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from concurrent.futures import TimeoutError as FutureTimeoutError
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.model import Isolation
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.agreement import FILE_BYTES, FILE_COUNT, KEPT_VARIABLES, layers
from autograder.sandbox.start import Bounds, Ending, Handle, SandboxError, Spawned, Zygote, clean_environment
from autograder.sandbox.tier import Evidence, Proof

OUTPUT_KEPT = 256 << 10  # bytes of stdout and stderr that are kept for the student to read
OUTPUT_LIMIT = 16 << 20  # bytes after which the child is killed
PATIENCE = 4  # times the seconds of a check that it may wait on a busy machine
ENOUGH = 0.1  # share of the seconds of a check below which it is not worth waiting on
NO_MEMORY = b"bad_alloc", b"Cannot allocate memory", b"can't allocate memory", b"MemoryError"


@dataclass(frozen=True)
class Limits:
    """What one child may use: seconds to load the files, bytes of memory beyond what it starts with, seconds of CPU.

    `total_seconds` bounds all questions about one file together; training is given ten times as much of both.
    """

    load_seconds: float = 10.0
    memory: int = 2 << 30
    cpu_seconds: int = 600
    total_seconds: float = 600.0


@dataclass(frozen=True)
class Ended:
    """The child is gone: why, in words for the student."""

    reason: str


class Child:
    """One sandboxed process. `exchange` sends a frame and waits for the frame that answers it."""

    def __init__(self, handle: Handle, bounds: Bounds) -> None:
        self._handle = handle
        self._bounds = bounds
        self._ended: Ended | None = None
        self.asked_seconds = 0.0  # of wall-clock time that exchanges took
        self.at: tuple[str, int] | None = None  # the statement that runs, while a file is loaded
        self._lost = ""  # why nothing that follows tells anything about the student's code
        self._kept = bytearray()
        self._printed = 0
        self._taken = 0  # of what is kept
        self._output_lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=1)
        self._listener = threading.Thread(target=self._listen, daemon=True)
        self._listener.start()

    def exchange(self, frame: bytes, seconds: float) -> Any | Ended:
        """The tree of the answering frame, or `Ended` with the reason why none came.

        Raises `SandboxError` if it was not the child that failed but the sandbox around it.
        """
        if self._lost:
            raise SandboxError(self._lost)
        if self._ended is not None:
            return self._ended
        start = time.monotonic()
        answer: Future[Any] = self._pool.submit(self._exchange, frame)
        try:
            return self._wait(answer, seconds)
        except FutureTimeoutError:
            return self._end(f"did not finish within {seconds:g} seconds")
        except wire.WireError as error:
            return self._end(f"broke the protocol of the sandbox ({error})")
        except (EOFError, OSError):
            return self._end("")
        finally:
            self.asked_seconds += time.monotonic() - start

    def _wait(self, answer: Future[Any], seconds: float) -> Any:
        """Wait so long, and longer while the child did not get the processor for so long: others must not cost time.

        What the child used before this exchange is not known exactly, only that it is at most the time of the earlier
        exchanges; that is given to it.
        """
        end = time.monotonic() + PATIENCE * seconds
        left = seconds
        while True:
            try:
                return answer.result(timeout=left)
            except FutureTimeoutError:
                used = self.evidence().get("cpu_seconds", seconds + self.asked_seconds) - self.asked_seconds
                left = min(seconds - used, end - time.monotonic())
                if left < ENOUGH * seconds:
                    raise

    def kill(self) -> None:
        """End the child now; an exchange that waits raises `SandboxError`."""
        self._lost = "The sandbox was stopped."
        self._end("was interrupted")

    def close(self) -> None:
        """End the child and wait until nothing of it is left."""
        self._end("ended")
        self._pool.shutdown(wait=True)
        self._listener.join()
        for fd in (self._handle.questions, self._handle.answers, self._handle.output):
            os.close(fd)

    @property
    def usable(self) -> bool:
        """Whether it has not ended."""
        return self._ended is None

    def take_output(self) -> str:
        """What the child wrote to stdout and stderr since this was asked last, as far as it is kept."""
        if self._ended is None:
            self._drain()
        with self._output_lock:
            text = bytes(self._kept[self._taken :]).decode(errors="replace")
            cut = self._printed > OUTPUT_KEPT > self._taken
            self._taken = len(self._kept)
        return f"{text}\n[the rest of the output is left out]\n" if cut else text

    def _drain(self) -> None:
        """Wait until all that was written before the last answer is read; it is in the pipe by then."""
        while self._listener.is_alive():
            with self._output_lock:
                if not select.select([self._handle.output], [], [], 0)[0]:
                    return
            time.sleep(0.0005)

    def _exchange(self, frame: bytes) -> Any:
        view = memoryview(frame)
        while view:
            view = view[os.write(self._handle.questions, view) :]
        while isinstance(tree := wire.read_frame(self._read), dict) and set(tree) == {"at"}:
            self.at = _place(tree["at"])
        return tree

    def _read(self, count: int) -> bytes:
        parts = []
        while count and (part := os.read(self._handle.answers, min(count, 1 << 20))):
            parts.append(part)
            count -= len(part)
        return b"".join(parts)

    def _listen(self) -> None:
        fd = self._handle.output
        with contextlib.suppress(OSError, ValueError):
            while select.select([fd], [], []):
                with self._output_lock:
                    part = os.read(fd, 1 << 16)
                    self._kept += part[: max(0, OUTPUT_KEPT - len(self._kept))]
                    self._printed += len(part)
                if not part:
                    return
                if self._printed > OUTPUT_LIMIT:
                    self._handle.end()

    def _end(self, reason: str) -> Ended:
        if self._ended is None:
            ending = self._handle.end()
            if ending.status is None:
                self._lost = self._lost or "The sandbox has died."
            if self._printed > OUTPUT_LIMIT:
                reason = f"printed more than {OUTPUT_LIMIT >> 20} MB"
            self._ended = Ended(used_too_much(ending.excess, self._bounds.memory) or reason or self._why(ending))
        if self._lost and reason != "ended":
            raise SandboxError(self._lost)
        return self._ended

    def evidence(self) -> dict[str, Any]:
        """What the kernel says about the child."""
        return self._handle.evidence()

    def _why(self, ending: Ending) -> str:
        """Words for the student on how the process ended without an answer."""
        if ending.cpu_seconds >= self._bounds.cpu_seconds:
            return f"used more than {self._bounds.cpu_seconds} seconds of processor time"
        crashed = ending.status is not None and os.name == "posix" and os.WIFSIGNALED(ending.status)
        self._listener.join(1)  # what it printed last may tell more
        if crashed and any(word in self._kept[-2000:] for word in NO_MEMORY):
            return used_too_much("memory", self._bounds.memory)
        return _describe(ending.status)


def used_too_much(what: str, memory: int) -> str:
    """Words for the student on a limit of the sandbox; empty for an unknown one."""
    words = {
        "memory": f"used more than {memory / (1 << 30):.2g} GB of memory",
        "files": f"wrote more than {FILE_BYTES >> 20} MB or {FILE_COUNT} files",
        "threads": "started more threads than the sandbox allows",
    }
    return words.get(what, "")


class Sandbox:
    """Where children come from: a zygote that forks them, or a fresh process for each where fork is unsafe.

    Training has a zygote of its own, which has imported torch's optimizers and may see a GPU; `prepare_training`
    starts it ahead of time. `device` is `cpu`, `cuda`, or `auto`: a GPU where there is one. `leave_out` names layers
    that are not to be used (`sandbox/inside/confine.py`), for proving that a missing one is noticed. At most
    `training_slots` children train at once; the others wait for their turn, which costs them nothing.
    """

    def __init__(
        self,
        fork: bool | None = None,
        device: str = "cpu",
        leave_out: Iterable[str] = (),
        training_slots: int | None = None,
    ) -> None:
        self.fork = sys.platform == "linux" and hasattr(os, "pidfd_open") if fork is None else fork
        self.device = device
        self._leave_out = layers(leave_out)
        self._slots = contextlib.nullcontext() if training_slots is None else threading.BoundedSemaphore(training_slots)
        self._stopped = False
        self._children: set[Child] = set()
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
            raise SandboxError(f"No sandbox can be used here; {proof.isolation.reason}. To mend it: {proof.mend}")
        return proof

    def prepare_training(self) -> None:
        """Start what training needs, without waiting for it."""
        if self.fork:
            self._zygote(training=True)

    def stop(self) -> None:
        """Kill every child at once and start no other; whoever waits for an answer gets `Ended`."""
        self._stopped = True
        for zygote in list(self._zygotes.values()):
            zygote.close()
        for child in list(self._children):
            with contextlib.suppress(SandboxError):
                child.kill()

    @contextlib.contextmanager
    def child(self, training: bool = False, limits: Limits | None = None) -> Iterator[Child]:
        """A fresh child, closed as far as was proved; it is gone afterwards, with its private folder."""
        proven = self._proven(training) if self.fork else None
        slot = self._slots if training else contextlib.nullcontext()
        with slot, self._start(training, limits or Limits()) as (child, failures):
            if proven is not None and set(failures) - set(proven.evidence.failures):
                raise SandboxError(f"A sandbox is weaker than the one that was proved: {failures}.")
            yield child

    @contextlib.contextmanager
    def _start(self, training: bool, limits: Limits) -> Iterator[tuple[Child, dict[str, str]]]:
        """A child that has closed itself and waits for its first frame, and why a layer of it is missing."""
        folder = tempfile.mkdtemp(dir=self._home)
        bounds = Bounds(limits.memory, limits.cpu_seconds * (10 if training else 1), folder)
        handle = self._zygote(training).start(bounds) if self.fork else Spawned(self._environment(training), bounds)
        child = Child(handle, bounds)
        self._children.add(child)
        try:
            greeting = child.exchange(b"", 60)
            if isinstance(greeting, Ended):
                if self._stopped:
                    raise SandboxError("The sandbox was stopped.")
                raise SandboxError(f"A sandbox could not be closed: {child.take_output().strip() or greeting.reason}.")
            yield child, greeting["failures"]
        finally:
            self._children.discard(child)
            child.close()
            shutil.rmtree(folder, ignore_errors=True)

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
        with self._start(training, limits) as (child, failures):
            evidence = child.evidence()
            attempts = child.exchange(wire.encode({"prove": targets}), 60)
            if isinstance(attempts, Ended):
                raise SandboxError(
                    f"A sandbox could not be proved: it {attempts.reason}. {child.take_output().strip()}"
                )
        canary.unlink()
        return Proof(
            Evidence(
                attempts=attempts,
                status=evidence.get("status", {}),
                separate=frozenset(evidence.get("separate", ())),
                failures=failures,
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


def uses_gpu(device: str) -> bool:
    """Whether training on this device uses a GPU of NVIDIA's."""
    return device != "cpu" and Path("/dev/nvidiactl").exists()


def _place(told: Any) -> tuple[str, int] | None:
    """The statement that a child says it is about to run."""
    if isinstance(told, (list, tuple)) and len(told) == 2 and isinstance(told[0], str) and isinstance(told[1], int):
        return told[0], told[1]
    return None


def _describe(status: int | None) -> str:
    """Words for the student on how a process ended without an answer."""
    if status is None:
        return "ended the process without an answer"
    if os.name == "posix" and os.WIFSIGNALED(status):
        name = signal.Signals(os.WTERMSIG(status)).name
        names = {"SIGSEGV": "crashed Python (segmentation fault)", "SIGKILL": "was killed"}
        return names.get(name, f"crashed Python ({name})")
    code = status >> 8
    return f"ended Python by itself (exit status {code})"
