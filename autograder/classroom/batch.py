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
    """One submission that is to be graded, and the result that is there already."""

    handin: Handin
    submission: Submission
    digest: str
    before: StoredResult | None = None


@dataclass(frozen=True)
class Step:
    """What became of one student: the entry of the gradebook, and what was there before.

    `task` is None where nothing had to be graded.
    """

    entry: Entry
    before: StoredResult | None
    task: Task | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the stored result is this one already."""
        return self.task is None and self.before is not None and replace(self.entry, sources=()) == self.before.entry


Executor = Callable[[Exam, Iterable[Task]], Iterator[tuple[Task, Grade | str]]]


def grade_class(
    handins: Iterable[Handin], stored: Mapping[str, StoredResult], fingerprint: str, exam: Exam, execute: Executor
) -> Iterator[Step]:
    """One step for each student, as they become ready; what was graded with the same exam is not graded again.

    Submissions are read while others are graded, a few ahead of their turn.
    """
    ready: list[Step] = []

    def tasks() -> Iterator[Task]:
        for handin in handins:
            one = _plan(handin, stored.get(handin.student.key), fingerprint)
            if isinstance(one, Task):
                yield one
            else:
                ready.append(one)

    for task, result in execute(exam, tasks()):
        yield from ready
        ready.clear()
        yield Step(_entry(task, result), task.before, task)
    yield from ready


def store(folder: Path, batch: Batch, step: Step) -> None:
    """Write the result of a step, unless it is there already."""
    if step.task is not None:
        write_entry(folder, step.entry, step.task.digest, batch.fingerprint)
    elif not step.is_stored:
        before = step.before
        write_entry(folder, step.entry, before.submission if before else "", before.fingerprint if before else "")


def _plan(handin: Handin, before: StoredResult | None, fingerprint: str) -> Task | Step:
    """A task, or the step of a student for whom nothing is to be graded."""
    student = handin.student
    if handin.state != "graded":
        return Step(Entry(student, handin.state, problem=handin.problem), before)
    try:
        submission = read_handin(handin)
    except SubmissionError as error:
        return Step(Entry(student, "unreadable", problem=str(error)), before)
    if not any(cell.strip() for file in submission.files for cell in file.cells):
        return Step(Entry(student, "unreadable", problem="holds no code: every file is empty"), before)
    content = digest(submission)
    same = before is not None and (before.submission, before.fingerprint) == (content, fingerprint)
    if same and before is not None and before.entry.state == "graded":
        entry = replace(before.entry, student=student, problem=handin.problem, sources=submission.files)
        return Step(entry, before)
    return Task(handin, submission, content, before)


def _entry(task: Task, result: Grade | str) -> Entry:
    """The entry for a grade, or for the sentence on why there is none."""
    student, files = task.handin.student, task.submission.files
    if isinstance(result, str):
        return Entry(student, "failed", problem=result, sources=files)
    return Entry(student, "graded", result, task.handin.problem, sources=files)


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
