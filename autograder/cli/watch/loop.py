"""Takes one event after another, updates the state and draws it, until the user or the terminal ends the watch."""

from __future__ import annotations

import contextlib
import os
import queue
import signal
import sys
import threading
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NoReturn

from rich.console import Console

from autograder.cli.exits import FAULT, INTERRUPTED
from autograder.cli.watch.changes import file_changes
from autograder.cli.watch.events import Ended, Event, FilesChanged, KeyPressed, Resized, ScreenLost
from autograder.cli.watch.grader import Grader
from autograder.cli.watch.keys import read_keys
from autograder.cli.watch.state import first_state
from autograder.cli.watch.terminal import Screen, whole_screen
from autograder.cli.watch.training import TrainingRun
from autograder.cli.watch.update import update
from autograder.cli.watch.verdicts import with_passed
from autograder.cli.watch.view import screen_lines, summary
from autograder.course import Course
from autograder.errors import UserError
from autograder.handout import done_exercises, write_passed
from autograder.model import Exam
from autograder.sandbox import Sandbox
from autograder.submission import code_digests

HUNG_UP, TERMINATED = 129, 143  # exit statuses after SIGHUP, when the terminal was closed, and after SIGTERM
LONGEST_WAIT = 1.0  # seconds, so that Windows notices Ctrl-C and another size

Events = queue.SimpleQueue[Event]


def check_terminal() -> None:
    """Refuse to run without a terminal, before any work is done."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()) or os.environ.get("TERM") == "dumb":
        raise UserError("--watch needs a terminal: it reads single keys and draws on the whole screen.")


def watch(
    course: Course,
    exam: Exam,
    path: Path,
    sandbox: Sandbox,
    console: Console,
    device: str,
    training: bool,
    own: bool,
    search_seconds: float,
) -> NoReturn:
    """Watch until the user or the terminal ends it, then exit. With `own`, what passes is remembered.

    `search_seconds` is the time to look for the place of the mistakes in one exercise.
    """
    loop = _Loop(course, exam, path, sandbox, device, training, own, search_seconds)
    try:
        with whole_screen(console, path) as screen:
            loop.run(screen)
        status = loop.state.exit_status
    except KeyboardInterrupt:
        status = INTERRUPTED
    except OSError as error:
        if not sys.stdout.isatty():
            sys.exit(HUNG_UP)  # a closed terminal shows no message
        raise UserError(f"The terminal cannot be used: {error.strerror}.") from None
    if loop.state.fault is not None:
        raise loop.state.fault
    with contextlib.suppress(OSError):
        print(f"{exam.assignment}: {summary(loop.state.verdicts)}")
    sys.exit(status)


class _Loop:
    """The state and the threads. Only the main thread calls the methods."""

    def __init__(
        self,
        course: Course,
        exam: Exam,
        path: Path,
        sandbox: Sandbox,
        device: str,
        training: bool,
        own: bool,
        search_seconds: float,
    ) -> None:
        self._course, self._exam, self._path, self._sandbox, self._device = course, exam, path, sandbox, device
        self._own = own
        self._remembered = done_exercises(course, exam.assignment) if own else frozenset()
        self.state = first_state(exam, self._remembered, training)
        self._events: Events = queue.SimpleQueue()
        self._ended = threading.Event()
        self._grader = Grader(course, path, sandbox, self.state, search_seconds)
        self._training: TrainingRun | None = None

    def run(self, screen: Screen) -> None:
        with _signals(self._events):
            grading = self._start(self._grader.events())
            try:
                self._start(map(KeyPressed, read_keys()))
                self._start(file_changes(self._path, self._ended))
                while self.state.exit_status is None:
                    self._draw(screen)
                    for event in self._next_events():
                        self._take(event, screen)
            finally:
                self._ended.set()
                self._grader.stop()
                self._stop_training()
                self._sandbox.stop()
                grading.join(timeout=10)
                self._remember(with_passed(self.state.verdicts).passed)  # the last grading may not have finished

    def _start(self, source: Iterable[Event]) -> threading.Thread:
        thread = threading.Thread(target=_forward, args=(source, self._events), daemon=True)
        thread.start()
        return thread

    def _draw(self, screen: Screen) -> None:
        size = screen.size
        if size != self.state.size:
            self._take(Resized(*size), screen)
        screen.draw(screen_lines(self.state), columns=size[0])

    def _next_events(self) -> Iterator[Event]:
        """Wait for an event, and yield all that are in the queue; nothing after the last one."""
        with contextlib.suppress(queue.Empty):
            yield self._events.get(timeout=LONGEST_WAIT)
            while self.state.exit_status is None:
                yield self._events.get_nowait()

    def _take(self, event: Event, screen: Screen) -> None:
        """Update the state, which happens nowhere else, and do what follows from the event and the new state."""
        self.state = self._grader.state = update(self.state, event, self._course)
        match event:
            case KeyPressed("\n" | "\r"):
                self._grader.request()
            case FilesChanged():
                self._grader.request()
                self._grader.interrupt_outdated()
            case Resized() | ScreenLost():
                screen.forget()
        self._follow_training()
        self._remember(self.state.verdicts.passed)

    def _follow_training(self) -> None:
        """Stop a training that is not in the state any more, and start the one that is."""
        training = self.state.training
        if self._training is not None and self._training.training is not training:
            self._stop_training()
        if self._training is None and training is not None:
            self._training = TrainingRun(training, self._exam, self._device)
            self._start(self._training.events())

    def _stop_training(self) -> None:
        if self._training is not None:
            self._training.stop()
        self._training = None

    def _remember(self, passed: frozenset[str]) -> None:
        """Write down which exercises passed, if the student's own work is watched and they are others than before."""
        work = self.state.submission
        if self._own and passed != self._remembered and work is not None:
            self._remembered = passed
            with contextlib.suppress(OSError):  # the watch goes on without
                write_passed(self._course.folder, self._exam.assignment, code_digests(work, passed))


def _forward(source: Iterable[Event], events: Events) -> None:
    """Put all events of a source into the queue; an error of the source ends the watch."""
    try:
        for event in source:
            events.put(event)
    except BaseException as error:  # noqa: BLE001 - the main thread raises it again
        events.put(Ended(FAULT, error))


@contextlib.contextmanager
def _signals(events: Events) -> Iterator[None]:
    """Put an event into the queue for each signal that ends the watch or changes the screen."""
    meanings: dict[str, Event] = {
        "SIGHUP": Ended(HUNG_UP),
        "SIGTERM": Ended(TERMINATED),
        "SIGWINCH": ScreenLost(),
        "SIGCONT": ScreenLost(),
    }
    handlers = {}
    for name, event in meanings.items():
        number = getattr(signal, name, None)  # Windows lacks most of them
        if number is not None:
            handlers[number] = signal.signal(number, lambda *_, event=event: events.put(event))
    try:
        yield
    finally:
        for number, handler in handlers.items():
            signal.signal(number, handler)
