"""A submission, an exam and a sandbox -> a grade: finds each exercise, asks file by file, adds up."""

from __future__ import annotations

import difflib
import os
import time
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial

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
    Raised,
    SectionResult,
    SourceFile,
    Submission,
)
from autograder.sandbox import Limits, Sandbox, Session, SharedChild
from autograder.submission import duplicate_notes, find_files, forbidden_use

Progress = Callable[[str], None]
Checked = Callable[[str, CheckResult], None]


def grade(
    exam: Exam,
    submission: Submission,
    sandbox: Sandbox,
    *,
    limits: Limits | None = None,
    jobs: int | None = None,
    progress: Progress = lambda name: None,
    pictures: bool = False,
    checked: Checked = lambda name, result: None,
) -> Grade:
    """The verdicts on a submission; `jobs` files are asked at once, which never changes a verdict.

    With `pictures`, wrong answers are drawn too; what that takes is asked in a room of its own, once the verdicts
    stand. `progress` is told the name of each exercise when its verdicts stand, and `checked` of each verdict at once,
    before its hint is looked for.
    """
    start = time.monotonic()
    if any(check.training for exercise in exam.exercises for check in exercise.checks):
        sandbox.prepare_training()
    homes = {exercise.name: find_files(exercise.name, section.name, submission) for section, exercise in _each(exam)}
    results: dict[str, ExerciseResult] = {}
    settled: set[str] = set()
    notes: list[str] = []
    output: dict[str, str] = {}
    with SharedChild(sandbox, submission, limits) as room:
        for turn in range(max(map(len, homes.values()), default=0)):
            now = {name: files[turn] for name, files in homes.items() if turn < len(files) and name not in settled}
            works = [
                _ask_file(room, file, [one for _, one in _each(exam) if now.get(one.name) == file], checked)
                for file in submission.files
                if file in now.values()
            ]
            _train_files(works, sandbox, submission, limits, jobs, progress)
            if pictures:
                _look(works, sandbox, submission, limits)
            for work in works:
                settled |= _take(results, work)
                notes += [note for note in work.notes if note not in notes]
                output[work.file.name] = output.get(work.file.name, "") + work.output
    notes += list(duplicate_notes(homes, results))
    for _, exercise in _each(exam):
        if exercise.name not in results:
            results[exercise.name] = judge_exercise(exercise, *2 * (_Nobody(exercise.name),))
    sections = tuple(_section(section, results) for section in exam.sections)
    return Grade(
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
        notes=(*submission.problems, *notes),
        output={name: text for name, text in output.items() if text},
    )


@dataclass
class _Work:
    """What grading one file has given so far: exercise by exercise, notes on loading it, its output."""

    file: SourceFile
    sheets: list[ExerciseJudge]
    absent: frozenset[str]
    notes: list[str]
    output: str

    @property
    def results(self) -> dict[str, ExerciseResult]:
        return {sheet.exercise.name: sheet.result(self.file.name) for sheet in self.sheets}


def _take(results: dict[str, ExerciseResult], work: _Work) -> set[str]:
    """Add what a file gave, a stub only where nothing was; the names for which no other file need be asked."""
    found = work.results
    settled = {name for name, result in found.items() if not result.not_started and name not in work.absent}
    for name, result in found.items():
        if name in settled or name not in results or (result.not_started and not results[name].not_started):
            results[name] = result
    return settled


def _ask_file(room: SharedChild, file: SourceFile, exercises: list[ExamExercise], checked: Checked) -> _Work:
    """Ask all that needs no training."""
    names = [exercise.name for exercise in exercises]
    sheets = [ExerciseJudge(exercise, told=partial(checked, exercise.name)) for exercise in exercises]
    with Session(room, file, names) as session:
        for sheet in sheets:
            sheet.ask(_Asker(session, sheet.exercise.name, {}), training=False)
            used = forbidden_use(file, sheet.exercise.name, forbidden_in(sheet.exercise))
            if used is not None:
                sheet.refuse(f"{sheet.exercise.name} uses {used}, which this exercise asks you to do without")
    known = session.defined is not None and not session.broken
    absent = frozenset(names) - (session.defined or frozenset()) if known else frozenset()
    return _Work(file, sheets, absent, [*session.broken, *session.notes], session.output)


def _look(works: list[_Work], sandbox: Sandbox, submission: Submission, limits: Limits | None) -> None:
    """Ask for the pictures, where nothing that is asked can change a verdict any more."""
    with SharedChild(sandbox, submission, limits) as room:
        for work in works:
            session = Session(room, work.file, [sheet.exercise.name for sheet in work.sheets])
            for sheet in work.sheets:
                sheet.look(_Asker(session, sheet.exercise.name, {}))


def forbidden_in(exercise: ExamExercise) -> frozenset[str]:
    """What the exercise asks to do without."""
    return frozenset(name for check in exercise.checks for item in check.items for name in item.question.forbids)


def _train_files(
    works: list[_Work],
    sandbox: Sandbox,
    submission: Submission,
    limits: Limits | None,
    jobs: int | None,
    progress: Progress,
) -> None:
    """Ask what trains, `jobs` files at once, each in a child of its own."""

    def train(work: _Work) -> None:
        with SharedChild(sandbox, submission, limits, training=True) as gym:
            session = Session(gym, work.file, [sheet.exercise.name for sheet in work.sheets])
            for sheet in work.sheets:
                sheet.ask(_Asker(session, sheet.exercise.name, {"device": sandbox.device}), training=True)
                progress(sheet.exercise.name)

    with ThreadPoolExecutor(max_workers=jobs or os.cpu_count() or 1) as pool:
        try:
            list(pool.map(train, works))
        except BaseException as error:
            pool.shutdown(wait=False, cancel_futures=True)
            if not isinstance(error, Exception):  # the user wants an end; else others go on in this sandbox
                sandbox.stop()
            raise


@dataclass(frozen=True)
class _Asker:
    """Asks the session; a name that is missing because it could not be read or was misspelt says so."""

    session: Session
    name: str
    options: Mapping[str, str]

    @property
    def asked_seconds(self) -> float:
        return self.session.asked_seconds

    def __call__(self, question: Question, seconds: float) -> Answer:
        if self.options:
            question = replace(question, options={**question.options, **self.options})
        answer = self.session.ask(question, seconds)
        if isinstance(answer, Raised) and answer.error == "Missing":
            return Raised("Missing", _why_missing(self.session, self.name) or answer.message)
        return answer


@dataclass(frozen=True)
class _Nobody:
    """Answers that the exercise is missing."""

    name: str
    asked_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        return Raised("Missing", f"there is no `{self.name}`")


def _why_missing(session: Session, name: str) -> str:
    if name in (session.defined or ()):
        return ""
    if name in session.undefined:
        return f"`{name}` could not be defined: {session.undefined[name]}"
    if session.broken:
        return f"`{name}` could not be read: {session.broken[0].partition(chr(10))[0]}"
    near = difflib.get_close_matches(name, session.others, n=1, cutoff=0.8)
    return f"there is no `{name}`, but a `{near[0]}`: is it misspelt?" if near else ""


def _each(exam: Exam) -> list[tuple[ExamSection, ExamExercise]]:
    return [(section, exercise) for section in exam.sections for exercise in section.exercises]


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
