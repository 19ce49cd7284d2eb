"""Grades a class: keeps stored results that are still valid, grades the rest, and yields one outcome per student.

A stored result stays valid while its submission and its exam are the same. The number of parallel jobs changes the
time of a batch and nothing else.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass, replace
from datetime import datetime, timezone
from itertools import islice
from pathlib import Path

from autograder.classroom.batch_file import Batch
from autograder.classroom.best_upload import FinalPoints, best_of_student
from autograder.classroom.gradebook import Entry
from autograder.classroom.hand_in import hand_in_of, kept
from autograder.classroom.intake import StudentFiles, read_student_files
from autograder.classroom.results import StoredResult, write_entry
from autograder.classroom.task import Task
from autograder.classroom.uploads import Uploads, sentence
from autograder.cores import usable_cores
from autograder.errors import CourseError
from autograder.grading import grade, refuse_unknown_probes
from autograder.model import Exam, Grade
from autograder.sandbox import Sandbox, SandboxError
from autograder.submission import SubmissionError, digest

MEMORY_PER_JOB = 400 << 20  # bytes that one submission may need while others run, its judge included
ATTEMPTS = 2  # the second one uses a new sandbox


@dataclass(frozen=True)
class Outcome:
    """The new gradebook entry of one student; `stored` is the earlier result, `task` is None if nothing was graded."""

    entry: Entry
    stored: StoredResult | None
    task: Task | None = None

    @property
    def is_stored(self) -> bool:
        """Whether the results folder holds this entry already."""
        return self.task is None and self.stored is not None and replace(self.entry, sources=()) == self.stored.entry


Executor = Callable[[Exam, Iterable[Task]], Iterator[tuple[Task, Grade | str]]]
"""Grades tasks; yields each with its grade, or with a sentence that says why it has none."""


def grade_class(
    students: Iterable[StudentFiles],
    stored: Mapping[str, StoredResult],
    fingerprint: str,
    exam: Exam,
    execute: Executor,
    best: FinalPoints | None = None,
) -> Iterator[Outcome]:
    """Yield one outcome for each student as soon as it is known.

    Raises `CourseError` for an exam that asks for unknown probes. A result with the same submission and the same exam
    `fingerprint` is not graded again. Submissions are read while others are graded, a few ahead. With `best`, all
    uploads of a student are graded, and the one with the most final points counts; without it, the newest does.
    """
    refuse_unknown_probes(exam)
    ready: list[Outcome] = []
    several: dict[str, Uploads] = {}

    def tasks() -> Iterator[Task]:
        for files in students:
            if best is not None and len(files.uploads) > 1:
                plans = _plan_uploads(files, stored.get(files.student.key), fingerprint, several, best)
                yield from (one for one in plans if isinstance(one, Task))
                ready.extend(one for one in plans if isinstance(one, Outcome))
                continue
            plan = _plan(files, stored.get(files.student.key), fingerprint)
            if isinstance(plan, Task):
                yield plan
            else:
                ready.append(plan)

    for task, result in execute(exam, tasks()):
        yield from ready
        ready.clear()
        uploads = several.get(task.files.student.key)
        if uploads is None:
            yield Outcome(_entry(task, result), task.stored, task)
        elif best is not None and (outcome := _chosen(uploads, task, result, best)):
            yield outcome
    yield from ready


def store_outcome(folder: Path, batch: Batch, outcome: Outcome, machine: Mapping[str, str]) -> None:
    """Write the entry of an outcome, graded on this `machine`, unless the folder holds it already."""
    entry = outcome.entry
    if outcome.task is not None:
        write_entry(folder, StoredResult(entry, outcome.task.digest, batch.fingerprint, machine=machine))
    elif not outcome.is_stored:
        stored = outcome.stored
        write_entry(folder, replace(stored, entry=entry) if stored else StoredResult(entry, "", ""))


def _plan_uploads(
    files: StudentFiles,
    stored: StoredResult | None,
    fingerprint: str,
    several: dict[str, Uploads],
    final_points: FinalPoints,
) -> list[Task] | list[Outcome]:
    """Plan every upload that can be read; if none is new, give the outcome. The roster knows only the time of the last.

    If another one is the best under the policy of now, all are graded again, because only the best one's grade is
    stored. Uploads to be graded are added to `several`.
    """
    last = len(files.uploads) - 1
    singles = [
        replace(files, paths=paths, state="graded", roster_time=files.roster_time if place == last else "")
        for place, paths in enumerate(files.uploads)
    ]
    plans = [_plan(replace(one, problem=files.unread), None, fingerprint) for one in singles]
    tasks = [one for one in plans if isinstance(one, Task)]
    tasks = [replace(one, stored=stored, upload=place) for place, one in enumerate(tasks)]
    if not tasks:
        return [replace(one, stored=stored) for one in plans[-1:] if isinstance(one, Outcome)]
    entry = stored.entry if stored is not None and stored.fingerprint == fingerprint else None
    if entry is not None and [one.digest for one in entry.uploads] == [one.digest for one in tasks]:
        uploads = tuple(
            replace(one, handed_in=kept(task.handed_in, one.handed_in))
            for one, task in zip(entry.uploads, tasks, strict=True)
        )
        best = uploads[best_of_student(uploads, files.student, final_points)]
        if best.counts:
            now = replace(entry, student=files.student, sources=best.files, came_as=files.came_as, uploads=uploads)
            return [Outcome(replace(now, handed_in=best.handed_in), stored)]
    several[files.student.key] = Uploads(tasks)
    return tasks


def _chosen(uploads: Uploads, task: Task, result: Grade | str, final_points: FinalPoints) -> Outcome | None:
    """The outcome of a student when all uploads are graded; None before that."""
    uploads.results[task.upload] = result
    if not uploads.complete:
        return None
    place = uploads.chosen(final_points)
    chosen = uploads.tasks[place]
    entry = _entry(chosen, uploads.results[chosen.upload])
    if entry.state == "graded":
        record = uploads.as_record(place)
        entry = replace(entry, uploads=record, problem="; ".join(filter(None, [sentence(record), entry.problem])))
    return Outcome(entry, chosen.stored, chosen)


def _plan(files: StudentFiles, stored: StoredResult | None, fingerprint: str) -> Task | Outcome:
    """Decide whether a student's files must be graded; if not, give the outcome."""
    student = files.student
    if files.state != "graded":
        return Outcome(Entry(student, files.state, problem=files.problem, came_as=files.came_as), stored)
    try:
        submission = read_student_files(files)
    except SubmissionError as error:
        return Outcome(Entry(student, "unreadable", problem=str(error), came_as=files.came_as), stored)
    if not any(cell.strip() for file in submission.files for cell in file.cells):
        problem = "holds no code: every file is empty"
        return Outcome(Entry(student, "unreadable", problem=problem, came_as=files.came_as), stored)
    content = digest(submission)
    handed_in = hand_in_of([path for _, path in files.paths], files.roster_time, files.collected)
    if stored is not None and stored.submission == content:
        handed_in = kept(handed_in, stored.entry.handed_in)
    same = stored is not None and (stored.submission, stored.fingerprint) == (content, fingerprint)
    if same and stored is not None and stored.entry.state == "graded":
        now = replace(stored.entry, student=student, problem=files.problem, sources=submission.files, uploads=())
        now = replace(now, came_as=files.came_as, handed_in=handed_in)
        return Outcome(now, stored)
    return Task(files, submission, content, stored, handed_in)


def _entry(task: Task, result: Grade | str) -> Entry:
    """Make the entry of a grade, or of the sentence that says why there is none."""
    files, sources = task.files, task.submission.files
    if isinstance(result, str):
        return Entry(files.student, "failed", None, result, (), sources, files.came_as, task.handed_in)
    now = datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%S")
    entry = Entry(files.student, "graded", result, files.problem, (), sources, files.came_as, task.handed_in)
    return replace(entry, graded_at=now)


@dataclass
class LocalExecutor:
    """Grades on this machine, `jobs` submissions at once; `new_sandbox` replaces a sandbox that died."""

    sandbox: Sandbox
    new_sandbox: Callable[[], Sandbox]
    jobs: int

    def __call__(self, exam: Exam, tasks: Iterable[Task]) -> Iterator[tuple[Task, Grade | str]]:
        with contextlib.ExitStack() as stack:
            shared = _SharedSandbox(self.sandbox, self.new_sandbox, stack)
            pool = ThreadPoolExecutor(self.jobs)
            try:
                yield from _run_in_pool(pool, tasks, self.jobs, lambda task: _grade(exam, task, shared))
            finally:
                pool.shutdown(wait=False, cancel_futures=True)
                shared.close()


class _SharedSandbox:
    """The sandbox that all threads of a batch use; the first thread that finds it dead replaces it."""

    def __init__(self, first: Sandbox, new_sandbox: Callable[[], Sandbox], stack: contextlib.ExitStack) -> None:
        self._sandbox = first
        self._new_sandbox = new_sandbox
        self._stack = stack
        self._lock = threading.Lock()
        self._is_closed = False

    def close(self) -> None:
        """Stop the sandbox for good: threads that still grade fail at once and start no other one."""
        with self._lock:
            self._is_closed = True
            self._sandbox.stop()

    def current(self, dead: Sandbox | None = None) -> Sandbox:
        """Give the sandbox in use; if that is `dead`, replace it first."""
        with self._lock:
            if self._sandbox is dead and not self._is_closed:
                dead.stop()
                self._sandbox = self._stack.enter_context(self._new_sandbox())
            return self._sandbox


def _grade(exam: Exam, task: Task, shared: _SharedSandbox) -> Grade | str:
    """Grade one task, with a second attempt if the sandbox dies; a fault of torchgrade becomes a sentence."""
    sandbox = shared.current()
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return grade(exam, task.submission, sandbox, jobs=1)
        except SandboxError as error:
            if attempt == ATTEMPTS:
                return f"could not be graded: {error}"
            sandbox = shared.current(dead=sandbox)
        except CourseError as error:
            return f"could not be graded: {error}"
        except Exception as error:  # noqa: BLE001 - a bug of ours on one submission must not end the batch
            return f"could not be graded: {type(error).__name__}: {error}"
    raise AssertionError("unreachable")


def _run_in_pool(
    pool: ThreadPoolExecutor, tasks: Iterable[Task], workers: int, work: Callable[[Task], Grade | str]
) -> Iterator[tuple[Task, Grade | str]]:
    """Yield results as they are ready; read at most two tasks per worker ahead."""
    waiting = iter(tasks)
    running: dict[Future[Grade | str], Task] = {pool.submit(work, task): task for task in islice(waiting, 2 * workers)}
    while running:
        done, _ = wait(running, return_when=FIRST_COMPLETED)
        for future in done:
            task = running.pop(future)
            for following in islice(waiting, 1):
                running[pool.submit(work, following)] = following
            yield task, future.result()


def choose_jobs(requested: int | None) -> int:
    """Give the requested number of parallel jobs, else one per core, limited by the free memory."""
    if requested:
        return requested
    return max(1, min(usable_cores(), _free_memory() // MEMORY_PER_JOB))


def _free_memory() -> int:
    """Give the free memory in bytes; 1 TiB where the system does not report it."""
    with contextlib.suppress(OSError, StopIteration):
        lines = Path("/proc/meminfo").read_text(encoding="ascii").splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith("MemAvailable:"))
    return 1 << 40
