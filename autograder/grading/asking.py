"""Puts the questions of exercises to files, in children of the sandbox."""

from __future__ import annotations

import contextlib
import functools
import os
import queue
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import partial

from autograder.grading.events import CheckJudged, ExerciseJudged
from autograder.grading.rounds import Work
from autograder.grading.without_forbidden import (
    fail_by_answers,
    forbidden_names,
    is_asked_without,
    passes_without,
)
from autograder.judge import ExerciseJudge, Rules
from autograder.model import Answer, CheckResult, ExamExercise, Question, Refused, SourceFile, Submission
from autograder.sandbox import Limits, LostTime, Sandbox, Session, SharedChild
from autograder.submission import (
    definition,
    exercises_used,
    forbidden_use,
    is_stub,
    is_untouched,
    missing_use,
    untouched_exercises,
    without_lines,
)
from autograder.suggest import likely_intended

MANY_STOPPED = 3  # exercises of a submission, after which all others are hurried


@dataclass(frozen=True)
class Asking:
    """Puts the questions of exercises to files, in children of the sandbox; `names` are those of all exercises."""

    sandbox: Sandbox
    submission: Submission
    limits: Limits | None
    jobs: int | None
    rules: Rules
    probes: Mapping[str, str]
    names: frozenset[str] = frozenset()
    lost: LostTime = field(default_factory=LostTime)
    stopped: set[str] = field(default_factory=set)  # exercises that were stopped

    @functools.cached_property
    def untouched(self) -> frozenset[str]:
        """The exercises of which the submission holds only the stub."""
        return untouched_exercises(self.names, self.submission)

    def shared_child(self, training: bool = False) -> SharedChild:
        """A child for the files of the submission, with the probes that the exam asks for."""
        return SharedChild(self.sandbox, self.submission, self.limits, training, self.probes, self.lost)

    def child_without(self, exercises: Iterable[ExamExercise]) -> SharedChild:
        """A child in which all operators refuse to work that one of these exercises forbids."""
        names = frozenset[str]().union(*map(forbidden_names, exercises))
        return SharedChild(self.sandbox, self.submission, self.limits, False, self.probes, self.lost, names)

    def without_training(
        self, shared: SharedChild, without: SharedChild, file: SourceFile, exercises: Sequence[ExamExercise]
    ) -> Generator[CheckJudged, None, Work]:
        """Ask all that needs no training; `without` is a child of `child_without` for these exercises and others."""
        judges = [ExerciseJudge(exercise, self.rules) for exercise in exercises]
        names = [exercise.name for exercise in exercises]
        stubs = {name for name in names if name in self.untouched and definition(file, name)}
        if stubs.issuperset(names) and is_untouched(file):
            for judge in judges:
                yield from _events(judge.exercise.name, judge.take_as_not_started())
            return Work(file, judges, frozenset(), [], "")
        printed: list[str] = []
        with Session(shared, file, names) as session, Session(without, file, names, loads_silently=True) as restricted:
            session.load()
            for judge in judges:
                name = judge.exercise.name
                if name in stubs:
                    yield from _events(name, judge.take_as_not_started())
                    continue
                if session.defined is not None and name not in session.defined:
                    why = _why_missing(session, name, self.names) or f"there is no `{name}`"
                    yield from _events(name, judge.take_as_missing(why))
                    continue
                many = len(self.stopped) >= MANY_STOPPED
                judge.hurried = many or bool(self.stopped and exercises_used(file, name, self.stopped))
                first = is_asked_without(judge.exercise) and session.defined is not None and not self.stopped
                if first and passes_without(judge, _SessionAsker(restricted, name)):
                    yield from _events(name, judge.results.values())
                    printed.append(restricted.new_output())
                    fail_by_source(judge, without_lines(file, session.left_out))
                else:
                    restricted.new_output()  # the code prints it again
                    yield from self._ask(judge, session, file)
                    fail_by_answers(judge, partial(self._ask_without, without, file))
                if judge.was_stopped:
                    self.stopped.add(name)
                if judge.will_train:
                    self.sandbox.prepare_training()
        defined = frozenset(names) if session.defined is None else session.defined
        absent = frozenset(name for name in names if name not in defined and _syntax_error(session, name) is None)
        notes = [*session.fatal_problems, *session.notes]
        return Work(file, judges, absent, notes, "".join([session.output, *printed]))

    def _ask(self, judge: ExerciseJudge, session: Session, file: SourceFile) -> Iterator[CheckJudged]:
        """Ask an exercise where everything works that student code may use."""
        name = judge.exercise.name
        asker = _SessionAsker(session, name, self.names)
        yield from _events(name, judge.ask_in_steps(asker, training=False))
        if is_stub(name, file):  # which needs no child that can train
            yield from _events(name, judge.ask_in_steps(asker, training=True))
        fail_by_source(judge, without_lines(file, session.left_out))

    def _ask_without(self, without: SharedChild, file: SourceFile, judge: ExerciseJudge, alone: bool) -> None:
        """Ask an exercise where operators refuse to work; `alone` in a child of its own, where only its own ones do."""
        name = judge.exercise.name
        with contextlib.ExitStack() as stack:
            shared = stack.enter_context(self.child_without([judge.exercise])) if alone else without
            session = stack.enter_context(Session(shared, file, [name]))
            judge.ask(_SessionAsker(session, name), training=False)

    def verdicts(self, file: SourceFile, exercise: ExamExercise) -> dict[str, CheckResult]:
        """The verdicts on the checks of one exercise that need no training, in a child of its own."""
        with self.shared_child() as shared, self.child_without([exercise]) as without:
            steps = self.without_training(shared, without, file, [exercise])
            while True:
                try:
                    next(steps)
                except StopIteration as end:
                    return dict(end.value.judges[0].results)

    def trainings(self, works: Sequence[Work]) -> Iterator[CheckJudged | ExerciseJudged]:
        """Ask what trains, `jobs` files at once, each in a child of its own."""
        events: queue.SimpleQueue[CheckJudged | ExerciseJudged | None] = queue.SimpleQueue()
        pool = ThreadPoolExecutor(max_workers=self.jobs or os.cpu_count() or 1)
        try:
            futures = [pool.submit(self._train, work, events) for work in works]
            for future in futures:
                future.add_done_callback(lambda done: events.put(None))
            left = len(futures)
            while left:
                event = events.get()
                if event is None:
                    left -= 1
                else:
                    yield event
            for future in futures:
                future.result()
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            if not isinstance(error, Exception):  # the user wants an end; else others go on in this sandbox
                self.sandbox.stop()
            raise
        pool.shutdown()

    def _train(self, work: Work, events: queue.SimpleQueue[CheckJudged | ExerciseJudged | None]) -> None:
        with (
            self.shared_child(training=True) as shared,
            Session(shared, work.file, work.names, loads_silently=True) as session,
        ):
            askers = [_SessionAsker(session, name, self.names, {"device": self.sandbox.device}) for name in work.names]
            for judge, asker in zip(work.judges, askers, strict=True):
                for result in judge.ask_in_steps(asker, training=True):
                    events.put(CheckJudged(asker.name, result))
                if not judge.failed_trainings:
                    events.put(ExerciseJudged(asker.name))
            for judge, asker in zip(work.judges, askers, strict=True):
                if judge.failed_trainings:
                    judge.ask_for_symptoms(asker)
                    events.put(ExerciseJudged(asker.name))
        work.output += session.output

    def pictures(self, works: Sequence[Work]) -> None:
        """Ask for the pictures, where nothing that is asked can change a verdict any more."""
        with self.shared_child() as shared:
            for work in works:
                session = Session(shared, work.file, work.names)
                for judge in work.judges:
                    judge.ask_for_pictures(_SessionAsker(session, judge.exercise.name))


@dataclass(frozen=True)
class _SessionAsker:
    """Asks the session with these options more; a name that is missing gets the reason why."""

    session: Session
    name: str
    names: frozenset[str] = frozenset()
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def question_seconds(self) -> float:
        return self.session.question_seconds

    def __call__(self, question: Question, seconds: float) -> Answer:
        if self.options:
            question = replace(question, options={**question.options, **self.options})
        answer = self.session.ask(question, seconds)
        if isinstance(answer, Refused) and answer.kind == "missing":
            return replace(answer, message=_why_missing(self.session, self.name, self.names) or answer.message)
        return answer


def _events(name: str, results: Iterable[CheckResult]) -> Iterator[CheckJudged]:
    return (CheckJudged(name, result) for result in results)


def _why_missing(session: Session, name: str, names: frozenset[str]) -> str:
    """Why a loaded file does not define a name; empty where it does, or where nothing is known."""
    if name in (session.defined or ()):
        return ""
    if name in session.failed_definitions:
        return f"`{name}` could not be defined: {session.failed_definitions[name]}"
    if (error := _syntax_error(session, name)) is not None:
        return f"`{name}` could not be read: {error.partition(chr(10))[0]}"
    near = likely_intended(name, [one for one in session.other_names if one not in names])
    return f"there is no `{name}`, but a `{near}`: is it misspelt?" if near else ""


def _syntax_error(session: Session, name: str) -> str | None:
    """The syntax error that may hide the definition of a name."""
    return session.unreadable.get(name, session.unreadable.get(""))


def fail_by_source(judge: ExerciseJudge, file: SourceFile) -> None:
    """Fail what has passed so far if the file uses a name that the exercise forbids, or lacks one that it requires."""
    name = judge.exercise.name
    used = forbidden_use(file, name, forbidden_names(judge.exercise))
    missing = missing_use(file, name, judge.exercise.requires)
    if used is not None:
        judge.fail_passed(f"{name} uses {used}, which this exercise asks you to do without")
    elif missing is not None:
        judge.fail_passed(f"{name} does not use {missing}, which this exercise asks for")
