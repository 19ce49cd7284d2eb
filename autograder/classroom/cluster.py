"""Grades on the workers of a Dask cluster: exam and submissions travel to them as bytes, and only grades come back.

A worker needs torchgrade, but no reference. Each worker has a sandbox of its own. A grade does not depend on the
worker that made it.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import queue
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import CancelledError
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, TypedDict

from autograder.classroom.batch import Executor
from autograder.classroom.task import Task
from autograder.errors import UserError
from autograder.exam import decode_exam, encode_exam
from autograder.grade_json import from_json, to_json
from autograder.grading import grade
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox import Sandbox, SandboxError, reaches

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS_TO_CONNECT = 10
SECONDS_BETWEEN_LOOKS = 5
SECONDS_WITHOUT_WORKERS = 60
RETRIES = 4  # for a submission whose worker is lost
PACKAGES = ("torchgrade", "torch", "numpy")  # must have the same version on every worker
SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
GPU = "GPU"  # the name of the Dask resource


class ClusterLostError(UserError):
    """The cluster is gone in the middle of a batch; the grades that came back are kept."""


class WorkerInfo(TypedDict):
    """What a worker reports about itself; `versions` are those of `PACKAGES`."""

    versions: dict[str, str]
    tier: str
    reason: str
    pid: int


@contextlib.contextmanager
def connect(address: str, isolation: str, device: str) -> Iterator[Executor]:
    """Connect to a scheduler; raise UserError if one of its workers does not reach the isolation tier."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--cluster needs Dask: pip install 'torchgrade[cluster]'") from None
    scheme, _, place = address.rpartition("://")
    if not place or scheme not in ("", *SCHEMES):
        raise UserError(f"{address} is not the address of a Dask scheduler; an example is tcp://10.0.0.1:8786")
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(f"No Dask scheduler answers at {address}: {error}") from None
    for name in (
        "distributed",
        "distributed.client",
        "asyncio",
    ):  # a lost cluster is one sentence of ours, without their tracebacks
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with client:
        try:
            client.wait_for_workers(1, timeout=SECONDS_WITHOUT_WORKERS)
        except TimeoutError:
            raise UserError(
                f"The Dask scheduler at {address} has no worker, after {SECONDS_WITHOUT_WORKERS} seconds."
            ) from None
        _check_workers(client, isolation, device)
        yield _ClusterExecutor(client, isolation, device, address)


@dataclass
class _ClusterExecutor:
    """Submits two tasks per worker thread, then one for each grade that comes back.

    Raises `ClusterLostError` when the scheduler is lost, or all workers are for `SECONDS_WITHOUT_WORKERS`.
    """

    client: Client
    isolation: str
    device: str
    address: str

    def __call__(self, exam: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
        content = encode_exam(exam)
        key = hashlib.sha256(content).hexdigest()
        frame = self.client.scatter(content, broadcast=True, hash=False)
        waiting = iter(tasks)
        running: dict[Future, Task] = {}
        done: queue.SimpleQueue[Future] = queue.SimpleQueue()

        def submit(task: Task) -> None:
            future = self.client.submit(
                grade_on_worker,
                key,
                frame,
                _encode_submission(task.submission),
                self.isolation,
                self.device,
                pure=False,
                retries=RETRIES,
                resources={GPU: 1} if self.device == "cuda" else None,
            )
            running[future] = task
            future.add_done_callback(done.put)

        for task in islice(waiting, 2 * max(1, self._threads())):
            submit(task)
        alone_since = None
        while running:
            try:
                future = done.get(timeout=SECONDS_BETWEEN_LOOKS)
            except queue.Empty:
                alone_since = None if self._threads() else alone_since or time.monotonic()
                if alone_since is not None and time.monotonic() - alone_since > SECONDS_WITHOUT_WORKERS:
                    raise ClusterLostError(f"All workers of the Dask scheduler at {self.address} are lost.") from None
                continue
            alone_since = None
            if future.cancelled():
                raise self._lost()
            task = running.pop(future)
            yield task, _result(future)
            for following in islice(waiting, 1):
                submit(following)

    def _threads(self) -> int:
        """How many tasks the workers can do at once."""
        if self.client.status != "running":
            raise self._lost()
        try:
            return sum(self.client.nthreads(callback_timeout=SECONDS_TO_CONNECT).values())
        except (OSError, TimeoutError, CancelledError, ValueError):
            raise self._lost() from None

    def _lost(self) -> ClusterLostError:
        return ClusterLostError(f"The Dask scheduler at {self.address} is lost.")


def grade_on_worker(key: str, frame: bytes, submission: bytes, isolation: str, device: str) -> str:
    """Grade on the worker; return the grade as JSON, or `{"failed": sentence}` if there is none."""
    try:
        sandbox = _worker.sandbox(device)
        if not reaches(sandbox.isolation.tier, isolation):
            return json.dumps({"failed": f"a worker reaches only the isolation tier {sandbox.isolation.tier}"})
        return to_json(grade(_worker.exam(key, frame), _decode_submission(submission), sandbox, jobs=1))
    except SandboxError as error:
        _worker.drop_sandbox()
        return json.dumps({"failed": str(error)})


class _Worker:
    """The sandbox and the exam of a worker process; both stay between submissions."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._sandbox: Sandbox | None = None
        self._exam: tuple[str, Exam] | None = None

    def sandbox(self, device: str) -> Sandbox:
        with self._lock:
            if self._sandbox is None:
                self._sandbox = Sandbox(device=device, training_slots=1 if device == "cuda" else None)
            return self._sandbox

    def exam(self, key: str, frame: bytes) -> Exam:
        with self._lock:
            if self._exam is None or self._exam[0] != key:
                self._exam = key, decode_exam(frame, "the scheduler")
            return self._exam[1]

    def drop_sandbox(self) -> None:
        """End a sandbox that died, so that the next submission gets a new one."""
        with self._lock:
            if self._sandbox is not None:
                self._sandbox.__exit__()
            self._sandbox = None


_worker = _Worker()


def _versions() -> dict[str, str]:
    return {name: metadata.version(name) for name in PACKAGES}


def _worker_info(device: str) -> WorkerInfo:
    """Run on each worker, to find out whether it may grade."""
    try:
        isolation = _worker.sandbox(device).isolation
        tier, reason = str(isolation.tier), isolation.reason
    except SandboxError as error:
        tier, reason = "none", str(error)
    return {"versions": _versions(), "tier": tier, "reason": reason, "pid": os.getpid()}


def _check_workers(client: Client, isolation: str, device: str) -> None:
    """Raise UserError if a worker has other versions than this machine, or a weaker sandbox."""
    try:
        workers: dict[str, WorkerInfo] = client.run(_worker_info, device)
    except Exception as error:  # noqa: BLE001 - a worker may raise anything; often torchgrade is missing there
        raise UserError(f"The workers cannot grade: {type(error).__name__}: {error}") from None
    for name, info in workers.items():
        for package, version in _versions().items():
            if info["versions"][package] != version:
                other = info["versions"][package]
                raise UserError(f"The worker {name} has {package} {other}, this machine has {version}")
        if not reaches(info["tier"], isolation):
            raise UserError(f"The worker {name} reaches only the isolation tier {info['tier']}: {info['reason']}")


def _result(future: Future) -> Grade | str:
    try:
        text = future.result()
    except Exception as error:  # noqa: BLE001 - neither a lost worker nor a bug of ours may end the batch
        return f"could not be graded: {type(error).__name__}: {error}"
    failed = json.loads(text).get("failed")
    return f"could not be graded: {failed}" if failed else from_json(text)


def _encode_submission(submission: Submission) -> bytes:
    files = [[file.name, file.cells] for file in submission.files]
    return json.dumps([submission.student, files, submission.problems]).encode()


def _decode_submission(data: bytes) -> Submission:
    student, files, problems = json.loads(data)
    return Submission(student, tuple(SourceFile(name, tuple(cells)) for name, cells in files), tuple(problems))
