"""Makes the parts of an exam: each when somebody looks at it, or all at once, on all cores.

Of an exercise that nobody has started, only the outline is needed: its name, its checks, their points. Its questions
are drawn when it is asked; the steps inside the right networks, and what misconceptions answer, when an answer is
wrong. What was made is kept beside the outline, in a file for each part of an exercise.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import random
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.author import Faults, ReadReference, read_reference
from autograder.cores import usable_cores
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.build import Questions
from autograder.exam.codec import ExamFileError, decode_exam, encode_exam
from autograder.exam.later import Later
from autograder.exam.mistakes import Mistakes
from autograder.exam.traces import TRACED
from autograder.files import write_atomically
from autograder.model import Answer, Exam, ExamExercise, ExamMilestone, ExamMisconception, Inherited, Item, Question

QUESTIONS, TRACES, MISCONCEPTIONS, INHERITED = "questions", "traces", "misconceptions", "inherited"

Part = tuple[str, str]  # the name of an exercise, and one of the four
Progress = Callable[[int, int], None]
"""Called at each step of a long work with its number, from 1 on, and the number of all."""

NO_QUESTION = Question("", "")


@dataclass(frozen=True)
class Parts:
    """Makes what the outline of an exam lacks; `folder` keeps what was made, `data` is the reference's data folder.

    `progress` is called while the whole exam is made, with the number of a step, and the number of all, for each part
    that was not kept; or else before the questions of an exercise are drawn, with its number.
    """

    course: Course
    outline: Exam
    folder: Path
    data: Path | None = None
    progress: Progress = lambda step, of: None

    def later(self) -> Exam:
        """The exam whose parts are made when somebody looks at them, which may raise `CourseError`."""
        numbers = {one.name: number for number, one in enumerate(self.outline.exercises, 1)}
        return _with_exercises(self.outline, lambda one: self._later(one, numbers[one.name], len(numbers)))

    def whole(self) -> Exam:
        """The exam with all its parts; one `CourseError` names all contradictions of the reference."""
        names = [one.name for one in self.outline.exercises]
        steps = 4 * len(names)
        asked, faults = {}, Faults()
        for step, exercise in enumerate(self.outline.exercises, 1):
            with faults.collect():
                asked[exercise.name] = self._part(exercise, QUESTIONS, functools.partial(self.progress, step, steps))
        faults.raise_all()
        exam = _with_exercises(self.outline, lambda one: asked[one.name])
        parts: list[Part] = [(name, kind) for kind in (TRACES, MISCONCEPTIONS, INHERITED) for name in names]
        parts = [(name, kind) for name, kind in parts if kind != INHERITED or asked[name].uses]
        done = steps - len(parts)  # with the questions, those that nobody needs
        made = {part: known for part in parts if (known := self._kept(part)) is not None}
        left = [one for one in parts if one not in made]
        for part, frame in _made_on_all_cores(self.course, exam, self.data, self.folder, left, faults):
            self._keep(part, frame)
            made[part] = _exercise_in(frame)
            self.progress(done + len(made), steps)
        faults.raise_all()

        def complete(one: ExamExercise) -> ExamExercise:
            traced = _with_traces(one, lambda check, item: made[one.name, TRACES].checks[check].items[item].traces)
            inherited = made[one.name, INHERITED].inherited if one.uses else ()
            return replace(traced, misconceptions=made[one.name, MISCONCEPTIONS].misconceptions, inherited=inherited)

        return _with_exercises(exam, complete)

    def _later(self, bare: ExamExercise, number: int, count: int) -> ExamExercise:
        """The exercise of an outline, whose parts are made when somebody looks at them."""
        asked = Later(lambda: [_with_traces(self._part(bare, QUESTIONS, lambda: self.progress(number, count)), trace)])
        traced = Later(lambda: [self._part(asked[0], TRACES)])

        def trace(check: int, item: int) -> Sequence[Answer]:
            return Later(lambda: traced[0].checks[check].items[item].traces)

        def items(check: int) -> Sequence[Item]:
            return Later(lambda: asked[0].checks[check].items)

        def inherited() -> Sequence[Inherited]:
            known = self._kept((bare.name, INHERITED))
            return self._mistakes.inherited(asked[0]) if known is None else known.inherited

        def misconceptions() -> Sequence[ExamMisconception]:
            return self._part(asked[0], MISCONCEPTIONS).misconceptions

        return replace(
            bare,
            checks=tuple(replace(check, items=items(place)) for place, check in enumerate(bare.checks)),
            uses=Later(lambda: asked[0].uses),
            misconceptions=Later(misconceptions),
            inherited=Later(inherited),
            milestones=tuple(self._later_milestone(one, place, asked) for place, one in enumerate(bare.milestones)),
        )

    @staticmethod
    def _later_milestone(bare: ExamMilestone, place: int, asked: Sequence[ExamExercise]) -> ExamMilestone:
        """A milestone whose picture comes with the questions of the exercise."""
        items = Later(lambda: asked[0].milestones[place].check.items)
        images = Later(lambda: asked[0].milestones[place].images)
        return replace(bare, check=replace(bare.check, items=items), images=images)

    def _part(self, exercise: ExamExercise, kind: str, before: Callable[[], None] = lambda: None) -> ExamExercise:
        """The exercise with this part: as it was kept, or made now, and then `before` is called first."""
        known = self._kept((exercise.name, kind))
        if known is None:
            before()
            frame = _frame(self.outline, _made(self._read, self.outline.seed, self.data, exercise, kind))
            self._keep((exercise.name, kind), frame)
            known = _exercise_in(frame)
        return known

    @functools.cached_property
    def _read(self) -> ReadReference:
        return read_reference(self.course, self.outline.assignment)

    @property
    def _mistakes(self) -> Mistakes:
        return Mistakes(self._read)

    def _kept(self, part: Part) -> ExamExercise | None:
        try:
            return _exercise_in(_file(self.folder, part).read_bytes())
        except (OSError, ExamFileError):
            return None

    def _keep(self, part: Part, frame: bytes) -> None:
        with contextlib.suppress(OSError):
            write_atomically(_file(self.folder, part), frame)


def _file(folder: Path, part: Part) -> Path:
    return folder / f"{'.'.join(part)}.exam"


def _with_exercises(exam: Exam, changed: Callable[[ExamExercise], ExamExercise]) -> Exam:
    sections = (replace(section, exercises=tuple(map(changed, section.exercises))) for section in exam.sections)
    return replace(exam, sections=tuple(sections))


def _with_traces(exercise: ExamExercise, trace: Callable[[int, int], Sequence[Answer]]) -> ExamExercise:
    """The exercise with `trace(number of a check, number of an item)` in each item that runs a network."""
    checks = (
        replace(
            check, items=tuple(replace(item, traces=trace(number, place)) for place, item in enumerate(check.items))
        )
        if check.probe == TRACED
        else check
        for number, check in enumerate(exercise.checks)
    )
    return replace(exercise, checks=tuple(checks))


def _made(read: ReadReference, seed: int, data: Path | None, exercise: ExamExercise, kind: str) -> ExamExercise:
    """What is to be kept of a part of an exercise; all parts but the questions need an exercise that has them."""
    if kind == QUESTIONS:
        return Questions(read, seed, data).of(exercise)
    if kind == TRACES:
        traced = Questions(read, seed, data).with_traces(exercise)
        checks = tuple(replace(one, items=_only_traces(one.items)) for one in traced.checks)
        return replace(exercise, checks=checks, milestones=())
    alone = replace(exercise, checks=(), milestones=())
    if kind == MISCONCEPTIONS:
        return replace(alone, misconceptions=Mistakes(read).misconceptions(exercise), inherited=())
    return replace(alone, misconceptions=(), inherited=Mistakes(read).inherited(exercise))


def _only_traces(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(Item("", NO_QUESTION, (), traces=item.traces) for item in items)


def _frame(exam: Exam, exercise: ExamExercise) -> bytes:
    """An exam with this exercise alone."""
    section = next(one for one in exam.sections if any(other.name == exercise.name for other in one.exercises))
    return encode_exam(replace(exam, sections=(replace(section, exercises=(exercise,)),), probes={}, judging={}))


def _exercise_in(frame: bytes) -> ExamExercise:
    return decode_exam(frame, "what was kept").exercises[0]


def _made_on_all_cores(
    course: Course, exam: Exam, data: Path | None, folder: Path, parts: Sequence[Part], faults: Faults
) -> Iterator[tuple[Part, bytes]]:
    """The frame of each part as it is made, in processes where that is faster; `faults` get what was contradicted.

    The order is a random one: who makes the same exam at the same time makes other parts, and each finds the other's in
    the `folder`.
    """
    cores = usable_cores()
    if cores == 1 or len(parts) < 2 * cores:
        for part in parts:
            with faults.collect():
                yield part, _frame_of(exam, read_reference(course, exam.assignment), data, part)
        return
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        min(cores, len(parts)), multiprocessing.get_context("spawn"), _start, (course, encode_exam(exam), data, folder)
    )
    try:
        futures = {pool.submit(_make, part): part for part in random.sample(parts, len(parts))}
        for future in as_completed(futures):
            with faults.collect():
                yield futures[future], future.result()
    except BrokenProcessPool:
        raise CourseError(
            f"A process that asks the misconceptions of {exam.assignment} was ended: is there too little memory?"
        ) from None
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _frame_of(exam: Exam, read: ReadReference, data: Path | None, part: Part) -> bytes:
    exercise = next(one for one in exam.exercises if one.name == part[0])
    return _frame(exam, _made(read, exam.seed, data, exercise, part[1]))


_work: tuple[Exam, ReadReference, Path | None]  # of a process of the pool
_folder: Path


def _start(course: Course, exam: bytes, data: Path | None, folder: Path) -> None:
    """Get a process of the pool ready; Ctrl-C ends it without a word."""
    global _work, _folder
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    asked = decode_exam(exam, "the first process")
    _work, _folder = (asked, read_reference(course, asked.assignment), data), folder


def _make(part: Part) -> bytes:
    with contextlib.suppress(OSError, ExamFileError):
        frame = _file(_folder, part).read_bytes()
        _exercise_in(frame)
        return frame
    return _frame_of(*_work, part)
