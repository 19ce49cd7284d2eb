"""Many submissions -> results: what is finished is kept, what is not is graded, and nothing is lost on the way.

A grade depends on the submission and the exam alone, so a result of the same submission and the same exam is kept, and
how many are graded at once changes nothing but the time.
"""

from __future__ import annotations

import contextlib
import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path

from autograder.classroom.gradebook import Entry
from autograder.classroom.intake import Handin, read_handin
from autograder.classroom.results import Batch, StoredResult, write_entry
from autograder.grading import grade
from autograder.model import Exam, Grade, Submission
from autograder.sandbox import Sandbox, SandboxError
from autograder.submission import SubmissionError, digest

MEMORY = 400 << 20  # bytes that one submission may need at the same time as others, its judge included


@dataclass(frozen=True)
class Task:
    """One submission that is to be graded, and what was known of it before."""

    handed: Handin
    submission: Submission
    digest: str
    before: StoredResult | None = None


@dataclass(frozen=True)
class Outcome:
    """What became of one submission."""

    task: Task
    entry: Entry


Executor = Callable[[Exam, Iterable[Task]], Iterator[tuple[Task, Grade | str]]]


def plan(
    handed: Iterable[Handin], kept: Mapping[str, StoredResult], fingerprint: str
) -> Iterator[tuple[Handin, Task | Entry, StoredResult | None]]:
    """For each student a task, or the entry that needs no grading; with the result that is there."""
    for one in handed:
        before = kept.get(one.student.key)
        if one.state != "graded":
            yield one, Entry(one.student, one.state, problem=one.problem), before
            continue
        try:
            submission = read_handin(one)
        except SubmissionError as error:
            yield one, Entry(one.student, "unreadable", problem=str(error)), before
            continue
        if not any(cell.strip() for file in submission.files for cell in file.cells):
            yield one, Entry(one.student, "unreadable", problem="holds no code: every file is empty"), before
            continue
        content = digest(submission)
        same = before is not None and (before.submission, before.fingerprint) == (content, fingerprint)
        if same and before is not None and before.entry.state == "graded":
            entry = replace(before.entry, student=one.student, problem=one.problem, sources=submission.files)
            yield one, entry, before
        else:
            yield one, Task(one, submission, content, before), before


def grade_all(exam: Exam, tasks: Iterable[Task], execute: Executor) -> Iterator[Outcome]:
    """The outcome of each task, in the order in which they are ready."""
    for task, result in execute(exam, tasks):
        student, files = task.handed.student, task.submission.files
        if isinstance(result, str):
            yield Outcome(task, Entry(student, "failed", problem=result, sources=files))
        else:
            problem = "; ".join(part for part in (task.handed.problem,) if part)
            yield Outcome(task, Entry(student, "graded", result, problem, sources=files))


def keep(folder: Path, batch: Batch, outcome: Outcome) -> None:
    """Write the outcome of a task."""
    write_entry(folder, outcome.entry, outcome.task.digest, batch.fingerprint)


@dataclass
class LocalExecutor:
    """Grades on this machine, `jobs` submissions at once; a sandbox that should die is made anew."""

    sandbox: Sandbox
    make: Callable[[], Sandbox]
    jobs: int

    def __call__(self, exam: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
        with contextlib.ExitStack() as stack:
            box = _Box(self.sandbox, self.make, stack)
            pool = ThreadPoolExecutor(self.jobs)
            try:
                yield from _in_turn(pool, tasks, self.jobs, lambda task: _grade(exam, task, box))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                box.current().stop()


class _Box:
    """The sandbox of a batch; whoever finds it dead gets a new one."""

    def __init__(self, first: Sandbox, make: Callable[[], Sandbox], stack: contextlib.ExitStack) -> None:
        self._sandbox = first
        self._make = make
        self._stack = stack
        self._lock = threading.Lock()

    def current(self, dead: Sandbox | None = None) -> Sandbox:
        with self._lock:
            if self._sandbox is dead:
                dead.stop()
                self._sandbox = self._stack.enter_context(self._make())
            return self._sandbox


def _grade(exam: Exam, task: Task, box: _Box) -> Grade | str:
    """The grade, or a sentence on a fault of ours; a sandbox that died is made anew once."""
    sandbox = box.current()
    for attempt in (1, 2):
        try:
            return grade(exam, task.submission, sandbox, jobs=1)
        except SandboxError as error:
            if attempt == 2:
                return f"could not be graded: {error}"
            sandbox = box.current(dead=sandbox)
        except Exception as error:  # noqa: BLE001 - one submission that meets a bug of ours must not end the others
            return f"could not be graded: {type(error).__name__}: {error}"
    raise AssertionError("unreachable")


def _in_turn(
    pool: ThreadPoolExecutor, tasks: Iterable[Task], ahead: int, work: Callable[[Task], Grade | str]
) -> Iterator[tuple[Task, Grade | str]]:
    """Results as they are ready; no more tasks are read than are needed to keep everybody busy."""
    waiting = iter(tasks)
    running: dict[Future[Grade | str], Task] = {pool.submit(work, task): task for task in islice(waiting, 2 * ahead)}
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            task = running.pop(future)
            for following in islice(waiting, 1):
                running[pool.submit(work, following)] = following
            yield task, future.result()


def sensible_jobs(wanted: int | None) -> int:
    """How many submissions are graded at once: as told, else one per core, as far as the memory goes."""
    if wanted:
        return wanted
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return max(1, min(cores, _free_memory() // MEMORY))


def _free_memory() -> int:
    """Bytes of memory that are free to use; plenty where that cannot be told."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    return 1 << 40
