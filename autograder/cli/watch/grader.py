"""Grades the exercises that a change of the files has touched, one after another."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.cli.watch.changes import read_work
from autograder.cli.watch.events import (
    ExerciseGraded,
    GradingEvent,
    GradingFinished,
    GradingStarted,
    Searched,
    SearchStarted,
    WorkChanged,
    WorkUnreadable,
)
from autograder.cli.watch.order import in_order, wrong_checks_first
from autograder.cli.watch.state import State
from autograder.course import Course
from autograder.exam import only, without_training
from autograder.grading import CheckJudged, grade_in_steps, is_open, repairs_of
from autograder.handout import hide_quizzes, is_quiz
from autograder.model import ExerciseResult, Grade, Submission
from autograder.sandbox import Sandbox, SandboxError
from autograder.submission import SubmissionError

MIN_INTERRUPTED = 1.0  # seconds; a shorter grading ends by itself before the next one


@dataclass
class _Run:
    """The grading of one exercise, or the search in it; `outdated` once it was interrupted for newer files."""

    work: Submission
    is_search: bool = False
    start: float = field(default_factory=time.monotonic)
    outdated: bool = False


class Grader:
    """Grades in the thread that iterates `events`; all other methods may be called by other threads.

    `state` is what the screen shows, which decides what is graded first. The main loop replaces it.
    """

    def __init__(self, course: Course, path: Path, sandbox: Sandbox, state: State, search_seconds: float = 0.0) -> None:
        self.state = state
        self._course = course
        self._search_seconds = search_seconds  # of the clock, for one exercise
        self._wrong: dict[str, ExerciseResult] = {}  # exercises whose mistakes were not looked for yet
        self._path = path
        self._sandbox = sandbox
        self._exam = without_training(state.verdicts.exam)
        self._work: Submission | None = None
        self._changed = 0.0  # time.monotonic() of the last change
        self._due: list[str] = []  # exercises
        self._requested = threading.Event()
        self._stopped = False
        self._run: _Run | None = None
        self._lock = threading.Lock()  # an interruption hits only the run that it is meant for

    def request(self) -> None:
        """Read the files again, and grade what has changed."""
        self._requested.set()

    def stop(self) -> None:
        """End `events`, at the latest after the exercise that is being graded."""
        self._stopped = True
        self._requested.set()

    def interrupt_outdated(self) -> None:
        """Interrupt a search, or a grading that takes long, perhaps in an endless loop, if the files have changed."""
        run = self._run
        if run is None or (not run.is_search and time.monotonic() - run.start < MIN_INTERRUPTED):
            return
        try:
            changed = read_work(self._path, run.work).files != run.work.files
        except SubmissionError:
            return
        with self._lock:
            if changed and self._run is run:
                run.outdated = True
                if not run.is_search:  # which ends by itself
                    self._sandbox.interrupt()

    def events(self) -> Iterator[GradingEvent]:
        """Grade all exercises, then after each request those that have changed, until `stop`."""
        _ = self._sandbox.isolation  # proves the sandbox while the screen says that it starts
        self.request()
        while self._wait():
            try:
                work = read_work(self._path, self._work)
            except SubmissionError as error:
                self._due = []
                yield WorkUnreadable(f"{error}.")
                continue
            if self._work is None or work.files != self._work.files:
                yield self._change(work)
            if self._due:
                yield from self._grade(self._due[0], work)
            if not self._due:
                yield GradingFinished()
                yield from self._search(work)

    def _wait(self) -> bool:
        """Wait for a request if nothing is due; False after `stop`."""
        if not self._due:
            self._requested.wait()
        self._requested.clear()
        return not self._stopped

    def _change(self, work: Submission) -> WorkChanged:
        """Put the exercises that have changed in front of those that are due."""
        touched = in_order(self._exam, self._work, work, self.state.page.exercise)
        self._due = list(dict.fromkeys([*touched, *self._due]))
        shown = touched[0] if self._work is not None and touched else ""
        self._work, self._changed = work, time.monotonic()
        self._wrong = {name: one for name, one in self._wrong.items() if name not in touched}
        return WorkChanged(work, tuple(touched), shown)

    def _grade(self, name: str, work: Submission) -> Iterator[GradingEvent]:
        """Grade one exercise; it stays due if newer files interrupt it."""
        yield GradingStarted(name)
        exam = wrong_checks_first(self._exam, name, self.state.verdicts.checks.get(name, {}))
        at_once = not (exam.quiz_after and is_quiz(exam.exercises[0]))
        run = self._run = _Run(work)
        try:
            for event in grade_in_steps(exam, work, self._sandbox):
                if isinstance(event, CheckJudged) and at_once:
                    yield event
        except SandboxError:
            if not run.outdated:
                raise
            return
        finally:
            with self._lock:
                self._run = None
        assert isinstance(event, Grade)
        self._due.remove(name)
        shown = hide_quizzes(event, exam, self._course.folder)
        (self._wrong[name],) = (result for section in shown.sections for result in section.exercises)
        yield ExerciseGraded(shown, time.monotonic() - self._changed, datetime.now())

    def _search(self, work: Submission) -> Iterator[GradingEvent]:
        """Look for the mistake in the exercise that is shown, if no hint explains it, until newer files come."""
        name = self.state.page.exercise
        result = self._wrong.pop(name, None)
        if result is None or not is_open(result) or not self._search_seconds:
            return
        yield SearchStarted(name)
        run = self._run = _Run(work, is_search=True)

        def goes_on() -> bool:
            return not run.outdated and not self._stopped

        try:
            asked = only(self._exam, [name])
            found = repairs_of([result], asked, work, self._sandbox, self._search_seconds, goes_on=goes_on)
        finally:
            self._run = None
        yield Searched(name, None if run.outdated else found.get(name))
