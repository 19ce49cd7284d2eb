"""Exam + answers -> grade: comparison, misconceptions, skipping. It never sees a student's objects, only answers."""

from __future__ import annotations

import math
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from autograder.acceptance import accepts, refusal
from autograder.compare import BY_VALUE
from autograder.judge_training import Ask, judge_training
from autograder.model import (
    Answer,
    CheckResult,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExerciseResult,
    Item,
    Raised,
    Returned,
    Stopped,
    Value,
)
from autograder.pictures import picture_of, wrong_item
from autograder.verdict import raised, result

OURS = frozenset({"NotImplementedError", "Missing", "Forbidden", "TooLarge"})  # that are told in words of their own
LARGE = 4 << 20  # bytes of an answer beyond twice what is due
MAX_STOPS = 2  # checks of one exercise that may end the sandbox before the others are given up


@dataclass
class Sheet:
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
        named = tuple(_counted(self.exercise, _name_misconception(self.exercise, ordered, self.answers), self.answers))
        return ExerciseResult(
            name=self.exercise.name,
            earned=sum(result.earned for result in named),
            points=self.exercise.points,
            seconds=round(self.seconds, 3),
            checks=named,
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
    sheet = Sheet(exercise)
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
            return result(check, "raised", f"{item.call}: expected {due}, got {answer.error}: {answer.message}")
        if isinstance(answer, Raised):
            return raised(check, item.call, answer, exercise.signature)
        return result(check, "failed", f"{item.call}: {refusal(check, item.expected[0], answer)}")
    return replace(result(check, "passed"), earned=check.points)


def _name_misconception(
    exercise: ExamExercise, results: Mapping[str, CheckResult], answers: Mapping[str, Sequence[Answer]]
) -> Iterable[CheckResult]:
    """Each result, with the misconception that gave exactly the same answers where there is one.

    The misconception that explains the most failed checks is named first. A check that looks at behaviour instead
    of values names one only if that misconception fails and passes the same checks as the student, and if no other
    does so too, unless only one of them gets the same feedback: no hint is better than a wrong one.
    """
    same = {wrong.name: _explained(exercise, wrong, results, answers) for wrong in exercise.misconceptions}
    ranked = sorted(exercise.misconceptions, key=lambda wrong: -len(same[wrong.name]))
    for check in exercise.checks:
        result = results[check.name]
        fitting = [wrong for wrong in ranked if check.name in same[wrong.name]]
        if len(fitting) > 1 and check.comparator not in BY_VALUE and result.verdict == "failed":
            alike = [wrong for wrong in fitting if _alike(check, wrong.answers[check.name], answers[check.name])]
            fitting = alike if len(alike) == 1 else []
        yield replace(result, misconception=fitting[0].name, hint=fitting[0].hint) if fitting else result


def _counted(
    exercise: ExamExercise, results: Iterable[CheckResult], answers: Mapping[str, Sequence[Answer]]
) -> Iterable[CheckResult]:
    """Each result, without the points of what the student's process only says of itself.

    Who answers with the values of a misconception has written that one: what it does well counts.
    """
    told = {one.name: one for one in results}
    checks = {check.name: check for check in exercise.checks}
    for name, given in told.items():
        unmet = [
            one for one in checks[name].counts_with if one in told and not _proved(told[one], checks[one], answers)
        ]
        values = {one: answers.get(one, ()) for one in unmet}
        if given.verdict != "passed" or not unmet or _wrote_one(exercise, name, values):
            yield given
        else:
            why = f"right so far; it counts when “{told[unmet[0]].title}” passes"
            yield replace(given, verdict="skipped", earned=0.0, feedback=why)


def _proved(result: CheckResult, check: ExamCheck, answers: Mapping[str, Sequence[Answer]]) -> bool:
    """Whether there is a network behind the answers: all are right, or those for one set of arguments."""
    if result.verdict == "passed" or check.comparator != "agrees":
        return result.verdict == "passed"
    pairs = zip(check.items, answers.get(check.name, ()), strict=False)
    return any(accepts(check, item.expected, answer) for item, answer in pairs)


def _wrote_one(exercise: ExamExercise, passed: str, values: Mapping[str, Sequence[Answer]]) -> bool:
    """Whether these wrong values are those of a misconception that passes the check `passed`."""
    checks = {check.name: check for check in exercise.checks}
    return any(
        passed not in wrong.answers
        and all(
            any(isinstance(answer, Returned) for answer in wrong.answers.get(name, ()))
            and _same(checks[name], wrong.answers[name], given)
            for name, given in values.items()
        )
        for wrong in exercise.misconceptions
    )


def _explained(
    exercise: ExamExercise,
    wrong: ExamMisconception,
    results: Mapping[str, CheckResult],
    answers: Mapping[str, Sequence[Answer]],
) -> set[str]:
    """The failed checks that this misconception explains."""
    refused = {name for name, result in results.items() if result.verdict in ("failed", "raised")}
    asked = {name for name, result in results.items() if result.verdict != "skipped"}
    by_value, by_behaviour = set(), set()
    for check in exercise.checks:
        if check.name not in refused or check.name not in wrong.answers:
            continue
        if check.comparator not in BY_VALUE and results[check.name].verdict == "failed":
            if [*map(type, wrong.answers[check.name])] == [*map(type, answers[check.name])]:
                by_behaviour.add(check.name)
        elif _same(check, wrong.answers[check.name], answers[check.name]):
            by_value.add(check.name)
    failed = {check.name for check in exercise.checks if _computes_wrongly(check, wrong.answers.get(check.name, ()))}
    if any(name not in refused for name in asked & failed):
        return set()  # the student is right where this misconception is wrong
    whole = by_value | by_behaviour
    explains_all = whole == refused and refused == asked & set(wrong.answers)
    return whole if explains_all else by_value


def _computes_wrongly(check: ExamCheck, answers: Sequence[Answer]) -> bool:
    """Whether a value is wrong, not only an error missing: who computes wrongly may still refuse bad input."""
    pairs = zip(check.items, answers, strict=False)
    return any(not isinstance(item.expected[0], Raised) and not accepts(check, item.expected, a) for item, a in pairs)


def _alike(check: ExamCheck, wrong: Sequence[Answer], given: Sequence[Answer]) -> bool:
    """Whether the student's answers are refused with the words with which the misconception's are."""
    pairs = zip(check.items, wrong, given, strict=False)
    return all(refusal(check, item.expected[0], a) == refusal(check, item.expected[0], b) for item, a, b in pairs)


def _same(check: ExamCheck, wrong: Sequence[Answer], given: Sequence[Answer]) -> bool:
    """Whether the student gave the misconception's answers, errors included."""
    return len(wrong) == len(given) == len(check.items) and all(
        _same_answer(check, item, left, right) for item, left, right in zip(check.items, wrong, given, strict=True)
    )


def _same_answer(check: ExamCheck, item: Item, wrong: Answer, given: Answer) -> bool:
    if isinstance(wrong, Raised) and isinstance(given, Raised):
        due = isinstance(item.expected[0], Raised)  # the student words an error that is due as they like
        return wrong.error == given.error and (due or wrong.message == given.message)
    if isinstance(wrong, Returned) and isinstance(given, Returned):
        wrong, given = Returned(_without_gaps(wrong.value)), Returned(_without_gaps(given.value))
    return refusal(check, wrong, given) is None


def _without_gaps(value: Value) -> Value:
    """The value with NaN and infinities told apart from the numbers, since comparators refuse them."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not np.isfinite(value).all():
        return [np.nan_to_num(value, nan=0.0, posinf=0.0, neginf=0.0), np.isnan(value), np.isposinf(value)]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _without_gaps(part) for key, part in value.items()}
    return type(value)(map(_without_gaps, value)) if type(value) in (list, tuple) else value


def _skipped(check: ExamCheck, cause: CheckResult) -> CheckResult:
    if cause.not_started:
        return replace(result(check, "skipped", "not started"), not_started=True)
    return result(check, "skipped", f"skipped until “{cause.title}” passes")
