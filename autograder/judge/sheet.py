"""Exam + answers -> verdicts: comparison and skipping. It never sees a student's objects, only answers."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.judge.accept import accepts, refusal
from autograder.judge.explain import counted, named
from autograder.judge.feedback import raised, result
from autograder.judge.picture import picture_of, wrong_item
from autograder.judge.train import Ask, judge_training
from autograder.model import (
    Answer,
    CheckResult,
    ExamCheck,
    ExamExercise,
    ExerciseResult,
    Item,
    Raised,
    Returned,
    Stopped,
)
from autograder.sandbox.inside.load import worded

OURS = frozenset({"NotImplementedError", "Missing", "Forbidden", "TooLarge"})  # that are told in words of their own
LARGE = 4 << 20  # bytes of an answer beyond twice what is due
MAX_STOPS = 2  # checks of one exercise that may end the sandbox before the others are given up


@dataclass
class ExerciseJudge:
    """What is known so far of one exercise: the verdicts, and the answers that they rest on.

    `looked` holds what was asked for the pictures, for each wrong check; nothing until `look` is called. `told` hears
    of each verdict at once, before misconceptions are looked for.
    """

    exercise: ExamExercise
    results: dict[str, CheckResult] = field(default_factory=dict)
    answers: dict[str, Sequence[Answer]] = field(default_factory=dict)
    looked: dict[str, Sequence[Answer]] = field(default_factory=dict)
    told: Callable[[CheckResult], None] = lambda result: None
    seconds: float = 0.0

    def ask(self, ask: Ask, training: bool) -> None:
        """Ask the checks that train, and those that need one of them; or all the others."""
        start = time.monotonic()
        trains: set[str] = set()
        for check in self.exercise.checks:
            if check.training or trains & set(check.needs):
                trains.add(check.name)
            if (check.name in trains) is training:
                self._ask_check(check, ask)
                self.told(self.results[check.name])
        self.seconds += time.monotonic() - start

    def look(self, ask: Ask) -> None:
        """Ask what the pictures of wrong answers need, when all verdicts stand."""
        for check, item, _ in self._wrong():
            self.looked[check.name] = [ask(look.question, check.seconds) for look in item.looks]

    def _wrong(self) -> Iterable[tuple[ExamCheck, Item, Answer]]:
        """The checks whose answers are wrong, each with the item and the answer that the feedback tells of."""
        for check in self.exercise.checks:
            verdict = self.results[check.name]
            if verdict.verdict in ("failed", "raised") and not (check.hidden or check.measure or verdict.not_started):
                number = wrong_item(check, self.answers[check.name])
                if number is not None:
                    yield check, check.items[number], self.answers[check.name][number]

    def refuse(self, why: str) -> None:
        """Fail what has passed so far, for a reason that lies in the source."""
        for check in self.exercise.checks:
            if check.name in self.results and self.results[check.name].verdict == "passed":
                self.results[check.name] = result(check, "failed", why)

    def result(self, file: str = "") -> ExerciseResult:
        """The verdicts on the exercise, when all checks were asked."""
        ordered = {check.name: self.results[check.name] for check in self.exercise.checks}
        for check, item, answer in self._wrong() if self.looked else ():
            picture = picture_of(check, self.exercise.signature, item, answer, self.looked[check.name])
            ordered[check.name] = replace(ordered[check.name], picture=picture)
        told = tuple(counted(self.exercise, named(self.exercise, ordered, self.answers), self.answers))
        return ExerciseResult(
            name=self.exercise.name,
            earned=sum(result.earned for result in told),
            points=self.exercise.points,
            seconds=round(self.seconds, 3),
            checks=told,
            file=file,
        )

    def _ask_check(self, check: ExamCheck, ask: Ask) -> None:
        needs = list(self.results) if check.measure else check.needs
        unmet = [name for name in needs if self.results[name].verdict != "passed"]
        if unmet:
            self.results[check.name] = _skipped(check, self.results[unmet[0]])
        elif sum(result.verdict == "stopped" for result in self.results.values()) >= MAX_STOPS:
            why = "is not asked: two checks of this exercise were stopped"
            self.results[check.name] = result(check, "stopped", why)
        elif check.measure:
            self.results[check.name] = judge_training(check, ask)
        else:
            self.answers[check.name] = _answers(check, ask)
            self.results[check.name] = _judge(self.exercise, check, self.answers[check.name])


def judge_exercise(exercise: ExamExercise, ask: Ask, train: Ask, file: str = "") -> ExerciseResult:
    """The verdicts on one exercise: first what needs no training, then what does."""
    sheet = ExerciseJudge(exercise)
    sheet.ask(ask, training=False)
    sheet.ask(train, training=True)
    return sheet.result(file)


def _answers(check: ExamCheck, ask: Ask) -> list[Answer]:
    """One answer per item, up to the first that stops the sandbox, within the seconds of the check."""
    answers: list[Answer] = []
    end = ask.asked_seconds + check.seconds
    for item in check.items:
        answer = ask(item.question, max(0.1, end - ask.asked_seconds))
        if isinstance(answer, Stopped) and "did not finish" in answer.reason:
            answer = Stopped(f"did not finish within {check.seconds:g} seconds")
        if isinstance(answer, Returned):
            answer = Returned(_slim(answer.value, LARGE + 2 * max(map(_size, item.expected))))
        answers.append(answer)
        if isinstance(answer, Stopped):
            break
    return answers


def _size(value: Any) -> int:
    """Bytes of the arrays in a value or an answer."""
    if isinstance(value, np.ndarray):
        return value.nbytes
    if isinstance(value, Returned):
        return _size(value.value)
    if isinstance(value, dict):
        return sum(map(_size, value.values()))
    return sum(map(_size, value)) if isinstance(value, (list, tuple)) else 0


def _slim(value: Any, most: int) -> Any:
    """The value with arrays that are far larger than what is due replaced by zeros that take no memory.

    They are wrong by their shape, and an answer is kept until the exercise is judged.
    """
    if isinstance(value, np.ndarray):
        return value if value.nbytes <= most else np.broadcast_to(np.zeros((), value.dtype), value.shape)
    if _size(value) <= most:
        return value
    if isinstance(value, dict):
        return {key: _slim(item, 0) for key, item in value.items()}
    return type(value)(_slim(item, 0) for item in value)


def _judge(exercise: ExamExercise, check: ExamCheck, answers: Sequence[Answer]) -> CheckResult:
    for item, answer in zip(check.items, answers, strict=False):
        if accepts(check, item.expected, answer):
            continue
        if isinstance(answer, Stopped):
            return result(check, "stopped", f"{item.call} {answer.reason}")
        if isinstance(answer, Raised) and isinstance(item.expected[0], Raised) and answer.error not in OURS:
            due = item.expected[0].error
            return result(check, "raised", f"{item.call}: expected {due}, got {worded(answer.error, answer.message)}")
        if isinstance(answer, Raised):
            return raised(check, item.call, answer, exercise.signature)
        return result(check, "failed", f"{item.call}: {refusal(check, item.expected[0], answer)}")
    return replace(result(check, "passed"), earned=check.points)


def _skipped(check: ExamCheck, cause: CheckResult) -> CheckResult:
    if cause.not_started:
        return replace(result(check, "skipped", "not started"), not_started=True)
    return result(check, "skipped", f"skipped until “{cause.title}” passes")
