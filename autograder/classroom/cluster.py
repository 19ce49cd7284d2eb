"""The same grading on the workers of a Dask cluster: exam and submissions travel as bytes, only grades come back.

No reference is needed on a worker, only torchgrade itself. Each worker has a sandbox of its own, and what it graded
does not depend on which one it was.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import metadata
from itertools import islice
from typing import TYPE_CHECKING, Any

from autograder.classroom.batch import Executor, Task
from autograder.errors import UserError
from autograder.exam import decode_exam, encode_exam
from autograder.grade_json import from_json, to_json
from autograder.grading import grade
from autograder.model import Exam, Grade, SourceFile, Submission
from autograder.sandbox import Sandbox, SandboxError, reaches

if TYPE_CHECKING:
    from distributed import Client, Future

SECONDS_TO_CONNECT = 10
ATTEMPTS = 4  # how often a submission is tried whose worker is lost
VERSIONS = ("torchgrade", "torch", "numpy")
SCHEMES = ("tcp", "tls", "ws", "wss", "ucx")
GPU = "GPU"  # the name of the Dask resource


@contextlib.contextmanager
def connect(address: str, isolation: str, device: str) -> Iterator[Executor]:
    """An executor on the cluster of this scheduler, whose workers all reach the isolation tier; or UserError."""
    try:
        from distributed import Client
    except ImportError:
        raise UserError("--cluster needs Dask: pip install 'torchgrade[cluster]'") from None
    scheme, _, place = address.rpartition("://")
    if not place or scheme not in ("", *SCHEMES):
        raise UserError(f"{address} is no address of a Dask scheduler, which looks like tcp://10.0.0.1:8786")
    try:
        client = Client(address, timeout=SECONDS_TO_CONNECT)
    except (OSError, ValueError, TimeoutError) as error:
        raise UserError(f"There is no Dask scheduler at {address} that can be reached: {error}") from None
    with client:
        client.wait_for_workers(1, timeout=SECONDS_TO_CONNECT * 6)
        _check(client, isolation, device)
        yield _ClusterExecutor(client, isolation, device)


@dataclass
class _ClusterExecutor:
    """Submits tasks, a few more than the workers have threads, and yields their grades as they come."""

    client: Client
    isolation: str
    device: str

    def __call__(self, exam: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
        from distributed import as_completed

        content = encode_exam(exam)
        key = hashlib.sha256(content).hexdigest()
        frame = self.client.scatter(content, broadcast=True, hash=False)
        waiting = iter(tasks)
        running: dict[Future, Task] = {}

        def submit(task: Task) -> Future:
            future = self.client.submit(
                grade_on_worker,
                key,
                frame,
                _tell(task.submission),
                self.isolation,
                self.device,
                pure=False,
                retries=ATTEMPTS,
                resources={GPU: 1} if self.device == "cuda" else None,
            )
            running[future] = task
            return future

        threads = sum(self.client.nthreads().values())
        ready = as_completed([submit(task) for task in islice(waiting, 2 * max(1, threads))])
        for future in ready:
            task = running.pop(future)
            yield task, _result(future)
            for following in islice(waiting, 1):
                ready.add(submit(following))


def grade_on_worker(key: str, frame: bytes, submission: bytes, isolation: str, device: str) -> str:
    """On a worker: the grade as JSON, or as `{"failed": sentence}` why there is none."""
    try:
        sandbox = _worker.sandbox(device)
        if not reaches(sandbox.isolation.tier, isolation):
            return json.dumps({"failed": f"a worker reaches only the isolation tier {sandbox.isolation.tier}"})
        return to_json(grade(_worker.exam(key, frame), _read(submission), sandbox, jobs=1))
    except SandboxError as error:
        _worker.forget()
        return json.dumps({"failed": str(error)})


class _Worker:
    """What a worker keeps between submissions: its sandbox, and the exam."""

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

    def forget(self) -> None:
        """The sandbox has died; the next submission gets a new one."""
        with self._lock:
            if self._sandbox is not None:
                self._sandbox.__exit__()
            self._sandbox = None


_worker = _Worker()


def _worker_tells(device: str) -> dict[str, Any]:
    """On a worker: its versions, its isolation tier."""
    told: dict[str, Any] = {name: metadata.version(name) for name in VERSIONS}
    try:
        isolation = _worker.sandbox(device).isolation
        return {**told, "tier": isolation.tier, "reason": isolation.reason, "pid": os.getpid()}
    except SandboxError as error:
        return {**told, "tier": "none", "reason": str(error), "pid": os.getpid()}


def _check(client: Client, isolation: str, device: str) -> None:
    """Refuse workers that would grade otherwise than this machine, or in a weaker sandbox."""
    own = {name: metadata.version(name) for name in VERSIONS}
    try:
        workers = client.run(_worker_tells, device)
    except Exception as error:  # noqa: BLE001 - whatever a worker raises, above all that torchgrade is missing there
        raise UserError(f"The workers cannot grade: {type(error).__name__}: {error}") from None
    for name, told in workers.items():
        for package, version in own.items():
            if told[package] != version:
                raise UserError(f"The worker {name} has {package} {told[package]}, this machine has {version}")
        if not reaches(told["tier"], isolation):
            raise UserError(f"The worker {name} reaches only the isolation tier {told['tier']}: {told['reason']}")


def _result(future: Future) -> Grade | str:
    try:
        text = future.result()
    except Exception as error:  # noqa: BLE001 - a lost worker or a bug of ours must not end the batch
        return f"could not be graded: {type(error).__name__}: {error}"
    failed = json.loads(text).get("failed")
    return f"could not be graded: {failed}" if failed else from_json(text)


def _tell(submission: Submission) -> bytes:
    files = [[file.name, file.cells] for file in submission.files]
    return json.dumps([submission.student, files, submission.problems]).encode()


def _read(told: bytes) -> Submission:
    student, files, problems = json.loads(told)
    return Submission(student, tuple(SourceFile(name, tuple(cells)) for name, cells in files), tuple(problems))
