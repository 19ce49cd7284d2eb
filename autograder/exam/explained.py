"""Gives an exam its misconceptions: each when somebody looks at it, or all at once, on all cores.

What was made is kept beside the questions, in a file for each exercise.
"""

from __future__ import annotations

import contextlib
import functools
import multiprocessing
import signal
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.author import Faults, read_reference
from autograder.cores import usable_cores
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.codec import ExamFileError, decode_exam, encode_exam
from autograder.exam.later import Later
from autograder.exam.mistakes import Mistakes
from autograder.files import write_atomically
from autograder.model import Exam, ExamExercise, ExamMisconception, ExamSection, Inherited

OWN, OF_CLASSES = "misconceptions", "inherited"
"""The two parts of what an exercise knows of mistakes: fields of `ExamExercise`."""

Part = tuple[str, str]  # the name of an exercise, and one of the two


@dataclass(frozen=True)
class Explained:
    """The mistakes of an exam that has its questions; `folder` keeps what was made.

    `progress` is called with the number of a step, and the number of all, while the whole exam is made.
    """

    course: Course
    questions: Exam
    folder: Path
    progress: Callable[[int, int], None] = lambda step, of: None

    def later(self) -> Exam:
        """The exam whose misconceptions are made when somebody looks at them, which may raise `CourseError`."""
        return self._with(
            lambda one: Later(functools.partial(self._misconceptions, one)),
            lambda one: Later(functools.partial(self._inherited, one)) if one.uses else (),
        )

    def whole(self) -> Exam:
        """The exam with all misconceptions."""
        exercises = self.questions.exercises
        parts: list[Part] = [(one.name, OWN) for one in exercises] + [
            (one.name, OF_CLASSES) for one in exercises if one.uses
        ]
        made = {part: known for part in parts if (known := self._kept(part)) is not None}
        faults = Faults()
        for part, frame in _made(self.course, self.questions, [one for one in parts if one not in made], faults):
            self._keep(part, frame)
            made[part] = _exercise_in(frame)
            self.progress(len(made), len(parts))
        faults.raise_all()
        return self._with(
            lambda one: made[one.name, OWN].misconceptions,
            lambda one: made[one.name, OF_CLASSES].inherited if one.uses else (),
        )

    @functools.cached_property
    def _mistakes(self) -> Mistakes:
        return Mistakes(read_reference(self.course, self.questions.assignment))

    def _misconceptions(self, exercise: ExamExercise) -> Sequence[ExamMisconception]:
        part = exercise.name, OWN
        known = self._kept(part)
        if known is None:
            frame = _frame(self.questions, self._mistakes, part)
            self._keep(part, frame)
            known = _exercise_in(frame)
        return known.misconceptions

    def _inherited(self, exercise: ExamExercise) -> Sequence[Inherited]:
        known = self._kept((exercise.name, OF_CLASSES))
        return self._mistakes.inherited(exercise) if known is None else known.inherited

    def _file(self, part: Part) -> Path:
        return self.folder / f"{'.'.join(part)}.exam"

    def _kept(self, part: Part) -> ExamExercise | None:
        try:
            return _exercise_in(self._file(part).read_bytes())
        except (OSError, ExamFileError):
            return None

    def _keep(self, part: Part, frame: bytes) -> None:
        with contextlib.suppress(OSError):
            write_atomically(self._file(part), frame)

    def _with(
        self,
        misconceptions: Callable[[ExamExercise], Sequence[ExamMisconception]],
        inherited: Callable[[ExamExercise], Sequence[Inherited]],
    ) -> Exam:
        def explained(section: ExamSection) -> ExamSection:
            exercises = (
                replace(one, misconceptions=misconceptions(one), inherited=inherited(one)) for one in section.exercises
            )
            return replace(section, exercises=tuple(exercises))

        return replace(self.questions, sections=tuple(map(explained, self.questions.sections)))


def _frame(questions: Exam, mistakes: Mistakes, part: Part) -> bytes:
    """An exam with one exercise, which has this part of its mistakes and no checks."""
    name, field = part
    section = next(one for one in questions.sections if any(exercise.name == name for exercise in one.exercises))
    exercise = next(one for one in section.exercises if one.name == name)
    alone = replace(exercise, checks=())
    if field == OWN:
        alone = replace(alone, misconceptions=mistakes.misconceptions(exercise))
    else:
        alone = replace(alone, inherited=mistakes.inherited(exercise))
    return encode_exam(replace(questions, sections=(replace(section, exercises=(alone,)),), probes={}, judging={}))


def _exercise_in(frame: bytes) -> ExamExercise:
    return decode_exam(frame, "what was kept").exercises[0]


def _made(course: Course, questions: Exam, parts: Sequence[Part], faults: Faults) -> Iterator[tuple[Part, bytes]]:
    """The frame of each part as it is made, on all cores where that is faster; `faults` get what was contradicted."""
    cores = usable_cores()
    if cores == 1 or len(parts) < 2 * cores:
        mistakes = Mistakes(read_reference(course, questions.assignment)) if parts else None
        for part in parts:
            with faults.collect():
                assert mistakes is not None
                yield part, _frame(questions, mistakes, part)
        return
    before = set(multiprocessing.active_children())
    pool = ProcessPoolExecutor(
        min(cores, len(parts)), multiprocessing.get_context("spawn"), _start, (course, encode_exam(questions))
    )
    try:
        futures = {pool.submit(_make, part): part for part in parts}
        for future in as_completed(futures):
            with faults.collect():
                yield futures[future], future.result()
    except BrokenProcessPool:
        raise CourseError(
            f"A process that asks the misconceptions of {questions.assignment} was ended: is there too little memory?"
        ) from None
    except BaseException:
        for process in set(multiprocessing.active_children()) - before:
            process.terminate()
        raise
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


_work: tuple[Exam, Mistakes]  # of a process of the pool


def _start(course: Course, questions: bytes) -> None:
    """Get a process of the pool ready; Ctrl-C ends it without a word."""
    global _work
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    exam = decode_exam(questions, "the first process")
    _work = exam, Mistakes(read_reference(course, exam.assignment))


def _make(part: Part) -> bytes:
    return _frame(*_work, part)
