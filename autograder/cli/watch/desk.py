"""What the threads of a watch share, and what the main thread does with what the others tell."""

from __future__ import annotations

import contextlib
import queue
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.cli.watch.board import Board

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.model import CheckResult, Exam, ExerciseResult, Grade, Submission
    from autograder.sandbox import Sandbox

Act = Callable[[], None]


@dataclass
class Training:
    """A training that goes on: of which exercise, of which state of the work, and where."""

    name: str
    work: str
    sandbox: Sandbox
    stopped: bool = False


@dataclass
class Asked:
    """A grading that goes on: of which state of the work, since when, and whether it was given up for a newer one."""

    work: str
    since: float = field(default_factory=time.monotonic)
    left: bool = False


@dataclass
class Desk:
    """What the threads share: where the work is, the queues between them, and what the main thread knows."""

    course: Course
    exam: Exam
    path: Path
    sandbox: Sandbox
    board: Board
    device: str
    remembers: bool
    acts: queue.SimpleQueue[Act] = field(default_factory=queue.SimpleQueue)
    saves: queue.SimpleQueue[bool] = field(default_factory=queue.SimpleQueue)
    ended: threading.Event = field(default_factory=threading.Event)
    status: int = 0
    fault: BaseException | None = None
    submission: Submission | None = None
    training: Training | None = None
    asked: Asked | None = None
    asking: threading.Lock = field(default_factory=threading.Lock)
    remembered: frozenset[str] = frozenset()
    drawn: str = ""


def guarded(desk: Desk, work: Callable[[Desk], None]) -> None:
    """Work in a thread whose faults end the program, unless it ends anyway."""

    def fail(error: BaseException) -> None:
        desk.fault = error
        desk.ended.set()

    try:
        work(desk)
    except BaseException as error:  # noqa: BLE001 - it is raised again in the main thread
        if not desk.ended.is_set():
            desk.acts.put(partial(fail, error))


def checked(desk: Desk, name: str, result: CheckResult) -> Act:
    def put() -> None:
        desk.board.checks.setdefault(name, {})[result.name] = result

    return put


def begin(desk: Desk, submission: Submission, work: str, touched: Sequence[str], current: str) -> None:
    """The work has changed: show the exercise that was worked on, and forget the trainings of those it may touch."""
    board = desk.board
    board.problem, board.note, board.work, board.notes = "", "", work, submission.problems
    desk.submission = submission
    for name in touched:
        board.trained.pop(name, None)
    if desk.training is not None and desk.training.work != work:
        stop_training(desk)
        board.note = "the training was given up, since the work has changed"
    if current and current != board.current:
        show(board, current)
    board.difference = ()


def grading(desk: Desk, name: str) -> None:
    desk.board.grading = name


def lost(desk: Desk, problem: str) -> None:
    desk.board.problem, desk.board.grading = f"{problem}.", "waiting for it"


def graded(desk: Desk, grade: Grade, seconds: float) -> None:
    """The verdicts on one exercise stand, hints included."""
    board = desk.board
    (result,) = (exercise for section in grade.sections for exercise in section.exercises)
    board.checks[result.name] = {check.name: check for check in result.checks}
    board.files[result.name] = result.file
    if result.name == board.current:
        board.hint = "" if result.earned >= result.points else board.hint
        board.notes = grade.notes
        board.note = f"graded at {datetime.now():%H:%M:%S} in {seconds:.2f} s"
    remember(desk)


def at_rest(desk: Desk) -> None:
    """All is graded; the trainings of the current exercise may follow."""
    board = desk.board
    board.grading, board.problem = "", ""
    _, exercise = board.place()
    if board.training and board.untrained(exercise) and exercise.name not in board.earlier:
        start_training(desk)


def start_training(desk: Desk) -> None:
    from autograder.sandbox import Sandbox

    name, work = desk.board.current, desk.board.work
    if desk.training is not None or desk.submission is None or name in desk.board.trained:
        return
    desk.training = Training(name, work, Sandbox(device=desk.device))
    desk.board.in_training = name
    threading.Thread(target=guarded, args=(desk, partial(_train, desk.training, desk.submission)), daemon=True).start()


def _train(training: Training, submission: Submission, desk: Desk) -> None:
    from autograder.exam import only
    from autograder.grading import grade

    try:
        with training.sandbox as sandbox:
            told = grade(only(desk.exam, [training.name]), submission, sandbox, jobs=1)
    except Exception:
        if not training.stopped:
            raise
        return
    if not training.stopped:
        desk.acts.put(partial(_trained, desk, training, told.sections[0].exercises[0]))


def _trained(desk: Desk, training: Training, result: ExerciseResult) -> None:
    if training.stopped:
        return
    board = desk.board
    known = board.checks.get(training.name, {})
    board.trained[training.name] = {one.name: one for one in result.checks if one.name not in known}
    desk.training, board.in_training = None, ""
    board.note = f"trained at {datetime.now():%H:%M:%S}"
    remember(desk)


def stop_training(desk: Desk) -> None:
    training, desk.training, desk.board.in_training = desk.training, None, ""
    if training is not None:
        training.stopped = True
        training.sandbox.stop()


def remember(desk: Desk) -> None:
    """Keep what passed: all that is complete, and what passed earlier and was not graded yet."""
    from autograder.handout import write_passed

    board = desk.board
    wrong = {e.name for e in board.exam.exercises if board.results(e.name) and not board.complete(e)}
    done = {exercise.name for exercise in board.exam.exercises if board.complete(exercise)}
    passed = frozenset(done | (desk.remembered - wrong))
    board.earlier = board.earlier & passed
    if desk.remembers and passed != desk.remembered:
        desk.remembered = passed
        with contextlib.suppress(OSError):  # who cannot be remembered can still go on
            write_passed(desk.course.folder, board.exam.assignment, passed)


def show(board: Board, name: str) -> None:
    board.current, board.hint, board.difference, board.note, board.scrolled = name, "", (), "", 0
