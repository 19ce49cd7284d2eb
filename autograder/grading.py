"""A submission, an exam and a sandbox -> a grade.

Each exercise is looked for in the files of the submission. A *round* asks for each exercise one file in which it may
be defined: the first file where that decides, the next one where only a stub stood in it (stubs beside a notebook).
"""

from __future__ import annotations

import os
import queue
import time
from collections.abc import Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

from autograder.judge import ExerciseJudge, judge_exercise
from autograder.model import (
    Answer,
    CheckResult,
    Exam,
    ExamExercise,
    ExamSection,
    ExerciseResult,
    Grade,
    Question,
    Refused,
    SectionResult,
    SourceFile,
    Submission,
)
from autograder.sandbox import Limits, Sandbox, Session, SharedChild
from autograder.submission import duplicate_notes, find_files, forbidden_use
from autograder.suggest import misspelt


@dataclass(frozen=True)
class CheckJudged:
    """One check has its verdict, before misconceptions are looked for."""

    exercise: str
    result: CheckResult


@dataclass(frozen=True)
class ExerciseJudged:
    """All checks of an exercise in one file have their verdicts."""

    exercise: str


Event = CheckJudged | ExerciseJudged | Grade


def grade(
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    pictures: bool = False,
) -> Grade:
    """The verdicts on a submission; see `grade_in_steps`."""
    *_, last = grade_in_steps(exam, submission, sandbox, limits=limits, jobs=jobs, pictures=pictures)
    assert isinstance(last, Grade)
    return last


def grade_in_steps(
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    pictures: bool = False,
) -> Iterator[Event]:
    """What happens while a submission is graded, as it happens; the last event is the grade.

    `jobs` files are trained at once, by default one per core, which changes no verdict. With `pictures`, wrong answers
    are drawn too; what that takes is asked in a child of its own, after the verdicts stand.
    """
    start = time.monotonic()
    if any(check.training for exercise in exam.exercises for check in exercise.checks):
        sandbox.prepare_training()
    rounds = _Rounds(exam, submission)
    asking = _Asking(sandbox, submission, limits, jobs)
    with SharedChild(sandbox, submission, limits) as shared:
        for files in rounds:
            works = []
            for file, exercises in files:
                work = yield from asking.without_training(shared, file, exercises)
                works.append(work)
            yield from asking.trainings(works)
            if pictures:
                asking.pictures(works)
            rounds.take(works)
    rounds.finish()
    sections = tuple(_section(section, rounds.results) for section in exam.sections)
    yield Grade(
        assignment=exam.assignment,
        student=submission.student,
        earned=sum(section.earned for section in sections),
        points=sum(section.points for section in sections if not section.extra),
        extra=sum(section.earned for section in sections if section.extra),
        isolation=sandbox.isolation,
        seed=exam.seed,
        digest=exam.digest,
        versions=exam.versions,
        seconds=round(time.monotonic() - start, 3),
        sections=sections,
        notes=(*submission.problems, *rounds.notes),
        output={name: text for name, text in rounds.output.items() if text},
    )


def forbidden_names(exercise: ExamExercise) -> frozenset[str]:
    """The names of torch functions that the exercise asks to do without."""
    return frozenset(name for check in exercise.checks for item in check.items for name in item.question.forbids)


@dataclass
class _Work:
    """What asking one file has given: the judges of its exercises, notes on loading it, its output."""

    file: SourceFile
    judges: list[ExerciseJudge]
    absent: frozenset[str]
    notes: list[str]
    output: str

    @property
    def names(self) -> list[str]:
        return [judge.exercise.name for judge in self.judges]


class _Rounds:
    """Which files are asked for which exercises, round by round, and the results so far."""

    def __init__(self, exam: Exam, submission: Submission) -> None:
        self._exercises = {exercise.name: exercise for exercise in exam.exercises}
        self._submission = submission
        self._homes = {
            exercise.name: find_files(exercise.name, section.name, submission)
            for section in exam.sections
            for exercise in section.exercises
        }
        self._settled: set[str] = set()
        self.results: dict[str, ExerciseResult] = {}
        self.notes: list[str] = []
        self.output: dict[str, str] = {}

    def __iter__(self) -> Iterator[list[tuple[SourceFile, list[ExamExercise]]]]:
        """For each round the files in their order, each with the exercises that it is asked for."""
        for turn in range(max(map(len, self._homes.values()), default=0)):
            now = {
                name: files[turn]
                for name, files in self._homes.items()
                if turn < len(files) and name not in self._settled
            }
            yield [
                (file, [self._exercises[name] for name, home in now.items() if home == file])
                for file in self._submission.files
                if file in now.values()
            ]

    def take(self, works: Sequence[_Work]) -> None:
        """Add what a round gave; a stub counts only where nothing else was found."""
        for work in works:
            for judge in work.judges:
                result = judge.result(work.file.name)
                name = result.name
                if not result.not_started and name not in work.absent:
                    self._settled.add(name)
                    self.results[name] = result
                elif name not in self.results or (result.not_started and not self.results[name].not_started):
                    self.results[name] = result
            self.notes += [note for note in work.notes if note not in self.notes]
            self.output[work.file.name] = self.output.get(work.file.name, "") + work.output

    def finish(self) -> None:
        """Add the exercises that are in no file, and notes on those that are in two."""
        self.notes += duplicate_notes(self._homes, self.results)
        for name, exercise in self._exercises.items():
            if name not in self.results:
                self.results[name] = judge_exercise(exercise, _Nobody(name), _Nobody(name))


@dataclass(frozen=True)
class _Asking:
    """Puts the questions of exercises to files, in children of the sandbox."""

    sandbox: Sandbox
    submission: Submission
    limits: Limits | None
    jobs: int | None

    def without_training(
        self, shared: SharedChild, file: SourceFile, exercises: Sequence[ExamExercise]
    ) -> Generator[CheckJudged, None, _Work]:
        """Ask all that needs no training."""
        judges = [ExerciseJudge(exercise) for exercise in exercises]
        names = [exercise.name for exercise in exercises]
        with Session(shared, file, names) as session:
            for judge in judges:
                name = judge.exercise.name
                for result in judge.ask_in_steps(_Asker(session, name), training=False):
                    yield CheckJudged(name, result)
                used = forbidden_use(file, name, forbidden_names(judge.exercise))
                if used is not None:
                    judge.fail_passed(f"{name} uses {used}, which this exercise asks you to do without")
        known = session.defined is not None and not session.broken
        absent = frozenset(names) - (session.defined or frozenset()) if known else frozenset()
        return _Work(file, judges, absent, [*session.broken, *session.notes], session.output)

    def trainings(self, works: Sequence[_Work]) -> Iterator[CheckJudged | ExerciseJudged]:
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

    def _train(self, work: _Work, events: queue.SimpleQueue[CheckJudged | ExerciseJudged | None]) -> None:
        with SharedChild(self.sandbox, self.submission, self.limits, training=True) as shared:
            session = Session(shared, work.file, work.names)
            for judge in work.judges:
                name = judge.exercise.name
                for result in judge.ask_in_steps(_Asker(session, name, {"device": self.sandbox.device}), training=True):
                    events.put(CheckJudged(name, result))
                events.put(ExerciseJudged(name))

    def pictures(self, works: Sequence[_Work]) -> None:
        """Ask for the pictures, where nothing that is asked can change a verdict any more."""
        with SharedChild(self.sandbox, self.submission, self.limits) as shared:
            for work in works:
                session = Session(shared, work.file, work.names)
                for judge in work.judges:
                    judge.ask_for_pictures(_Asker(session, judge.exercise.name))


@dataclass(frozen=True)
class _Asker:
    """Asks the session with these options more; a name that is missing gets the reason why."""

    session: Session
    name: str
    options: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked_seconds(self) -> float:
        return self.session.asked_seconds

    def __call__(self, question: Question, seconds: float) -> Answer:
        if self.options:
            question = replace(question, options={**question.options, **self.options})
        answer = self.session.ask(question, seconds)
        if isinstance(answer, Refused) and answer.kind == "missing":
            return replace(answer, message=_why_missing(self.session, self.name) or answer.message)
        return answer


@dataclass(frozen=True)
class _Nobody:
    """Answers that the exercise is missing."""

    name: str
    asked_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        return Refused("missing", f"there is no `{self.name}`")


def _why_missing(session: Session, name: str) -> str:
    """Why a loaded file does not define a name; empty where it does, or where nothing is known."""
    if name in (session.defined or ()):
        return ""
    if name in session.undefined:
        return f"`{name}` could not be defined: {session.undefined[name]}"
    if session.broken:
        return f"`{name}` could not be read: {session.broken[0].partition(chr(10))[0]}"
    near = misspelt(name, session.others)
    return f"there is no `{name}`, but a `{near}`: is it misspelt?" if near else ""


def _section(section: ExamSection, results: Mapping[str, ExerciseResult]) -> SectionResult:
    exercises = tuple(results[exercise.name] for exercise in section.exercises)
    return SectionResult(
        name=section.name,
        title=section.title,
        extra=section.extra,
        earned=sum(result.earned for result in exercises),
        points=sum(exercise.points for exercise in section.exercises),
        exercises=exercises,
    )
