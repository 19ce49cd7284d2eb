"""Names the misconception that explains wrong answers, and decides which right answers count beside them."""

from __future__ import annotations

import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.judge.accept import Rules
from autograder.judge.candidates import by_way
from autograder.model import (
    Answer,
    CheckResult,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    Item,
    Raised,
    Refused,
    Returned,
)

NAME = r"\w+(?:\.\w+)+"  # of a parameter; a number may look like one
OWN = re.compile(rf"(?:{NAME}|-?\d[\d.,]*(?:e[+-]?\d+)?)(?:, (?:{NAME}|…))*")


def named(
    rules: Rules, exercise: ExamExercise, results: Mapping[str, CheckResult], answers: Mapping[str, Sequence[Answer]]
) -> Iterable[CheckResult]:
    """Add to each result the misconception that gives exactly the same answers, if there is one.

    The misconception that explains the most failed checks comes first. A check of behaviour, not of values, names a
    misconception only if it fails and passes the same checks as the student, and only if it alone gets the same
    feedback: no hint is better than a wrong one.
    """
    if not any(_may_be_explained(result, answers.get(name, ())) for name, result in results.items()):
        yield from (results[check.name] for check in exercise.checks)
        return
    same = [_explained(rules, exercise, wrong, results, answers) for wrong in exercise.misconceptions]
    ranked = sorted(zip(exercise.misconceptions, same, strict=True), key=lambda pair: -len(pair[1]))
    for check in exercise.checks:
        result = results[check.name]
        fitting = [wrong for wrong, explained in ranked if check.name in explained]
        if fitting and not check.by_value and result.verdict == "failed":
            fitting = _alone_alike(rules, check, fitting, answers[check.name])
        yield replace(result, misconception=fitting[0].name, hint=fitting[0].hint) if fitting else result


def _may_be_explained(result: CheckResult, answers: Sequence[Answer]) -> bool:
    """Whether code was written that answers wrongly. Misconceptions need not even be made for other exercises."""
    missing = all(isinstance(answer, Refused) and answer.kind == "missing" for answer in answers)
    return result.verdict in ("failed", "raised") and not result.not_started and not missing


def counted(
    rules: Rules,
    exercise: ExamExercise,
    results: Iterable[CheckResult],
    answers: Mapping[str, Sequence[Answer]],
    partly_right: Collection[str] = (),
) -> Iterable[CheckResult]:
    """Remove the points of checks that rely on claims of the student's process, such as parameter counts.

    A claim counts if a check of values proves it, or if the values are those of a misconception: then the student wrote
    that one, and what it does well counts. Of other values it counts if their check is `partly_right`: most layers of
    the network are right.
    """
    known = {result.name: result for result in results}
    checks = {check.name: check for check in exercise.checks}
    for name, result in known.items():
        relies_on = [one for one in checks[name].counts_with if one in known and result.verdict == "passed"]
        unproved = [one for one in relies_on if not _proved(rules, known[one], checks[one], answers)]
        if result.verdict != "passed" or _counts(rules, exercise, name, unproved, answers, partly_right):
            yield result
        else:
            why = f"right so far; it counts when “{known[unproved[0]].title}” passes"
            yield replace(result, verdict="skipped", earned=0.0, feedback=why)


def _counts(
    rules: Rules,
    exercise: ExamExercise,
    name: str,
    unproved: Collection[str],
    answers: Mapping[str, Sequence[Answer]],
    partly_right: Collection[str],
) -> bool:
    """Whether a check that passed counts, where the checks `unproved`, on which it relies, have wrong values."""
    wrong = _misconceptions(rules, exercise, {one: answers.get(one, ()) for one in unproved}) if unproved else []
    if wrong:
        return any(name not in one.answers for one in wrong)
    return all(one in partly_right for one in unproved)


def _proved(rules: Rules, result: CheckResult, check: ExamCheck, answers: Mapping[str, Sequence[Answer]]) -> bool:
    """Whether a network is behind the answers: the check passed, or its answer to one set of arguments is right."""
    if result.verdict == "passed" or check.comparator != "agrees":
        return result.verdict == "passed"
    pairs = zip(check.items, answers.get(check.name, ()), strict=False)
    return any(rules.accepts(check, item.expected, answer) for item, answer in pairs)


def _misconceptions(
    rules: Rules, exercise: ExamExercise, values: Mapping[str, Sequence[Answer]]
) -> list[ExamMisconception]:
    """The misconceptions that have these wrong values."""
    checks = {check.name: check for check in exercise.checks}
    return [
        wrong
        for wrong in exercise.misconceptions
        if all(
            any(isinstance(answer, Returned) for answer in wrong.answers.get(name, ()))
            and _same(rules, checks[name], wrong.answers[name], given)
            for name, given in values.items()
        )
    ]


def _explained(
    rules: Rules,
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
        if _all_right(rules, check, answers.get(check.name, ())):
            continue  # it is refused for what stands in the source
        if not check.by_value and results[check.name].verdict == "failed":
            if [*map(type, wrong.answers[check.name])] == [*map(type, answers[check.name])]:
                by_behaviour.add(check.name)
        elif _same(rules, check, wrong.answers[check.name], answers[check.name]):
            by_value.add(check.name)
    failed = {
        check.name for check in exercise.checks if _computes_wrongly(rules, check, wrong.answers.get(check.name, ()))
    }
    if any(name not in refused for name in asked & failed):
        return set()  # the student is right where this misconception is wrong
    whole = by_value | by_behaviour
    explains_all = whole == refused and refused == asked & set(wrong.answers)
    return whole if explains_all else by_value


def _all_right(rules: Rules, check: ExamCheck, answers: Sequence[Answer]) -> bool:
    """Whether the judge has nothing to object to in the answers."""
    if not len(answers) == len(check.items) > 0:
        return False
    accepted = all(rules.accepts(check, item.expected, a) for item, a in zip(check.items, answers, strict=True))
    return accepted and rules.accepts_all(check, check.items, answers)


def _computes_wrongly(rules: Rules, check: ExamCheck, answers: Sequence[Answer]) -> bool:
    """Whether a value is wrong, and not only an error missing: wrong formulas may still refuse bad input."""
    pairs = zip(check.items, answers, strict=False)
    return any(
        not isinstance(item.expected[0], Raised) and not rules.accepts(check, item.expected, a) for item, a in pairs
    )


def _alone_alike(
    rules: Rules, check: ExamCheck, fitting: Sequence[ExamMisconception], given: Sequence[Answer]
) -> list[ExamMisconception]:
    """The one misconception that the judge objects to in the same words; none if there is no such one, or several."""
    same = [wrong for wrong in fitting if _alike(rules, check, wrong.answers[check.name], given, exactly=True)]
    if not same and len({wrong.name for wrong in fitting}) == 1:
        same = [wrong for wrong in fitting if _alike(rules, check, wrong.answers[check.name], given, exactly=False)]
    return same if len({wrong.name for wrong in same}) == 1 else []


def _alike(rules: Rules, check: ExamCheck, wrong: Sequence[Answer], given: Sequence[Answer], *, exactly: bool) -> bool:
    """Whether the judge objects to the student's answers in the same words as to the misconception's.

    If not `exactly`, numbers may differ, as random answers do, and the student's names of layers.
    """

    def words(item: Item, answer: Answer) -> str:
        text = str(rules.objection(check, item.expected[0], answer))
        return text if exactly else OWN.sub("0", text)

    return all(words(item, a) == words(item, b) for item, a, b in zip(check.items, wrong, given, strict=False))


def _same(rules: Rules, check: ExamCheck, wrong: Sequence[Answer], given: Sequence[Answer]) -> bool:
    """Whether the student's answers are the misconception's, errors included."""
    if not len(wrong) == len(given) == len(check.items):
        return False
    ways = by_way(given) if check.comparator == "agrees" else [given]
    return any(
        all(_same_answer(rules, check, *three) for three in zip(check.items, wrong, some, strict=True)) for some in ways
    )


def _same_answer(rules: Rules, check: ExamCheck, item: Item, wrong: Answer, answer: Answer) -> bool:
    if isinstance(wrong, Raised) and isinstance(answer, Raised):
        expected = isinstance(item.expected[0], Raised)  # the message of an expected error is the student's choice
        return wrong.error == answer.error and (expected or wrong.message == answer.message)
    if isinstance(wrong, Refused) and isinstance(answer, Refused):
        return (wrong.kind, wrong.message) == (answer.kind, answer.message)
    if isinstance(wrong, Returned) and isinstance(answer, Returned):
        wrong, answer = Returned(_without_gaps(wrong.value)), Returned(_without_gaps(answer.value))
    return rules.objection(check, wrong, answer) is None


def _without_gaps(value: Any) -> Any:
    """The value with NaN and infinities separated from the numbers, since comparators refuse them."""
    if isinstance(value, np.ndarray) and value.dtype.kind == "f" and not np.isfinite(value).all():
        finite = np.where(np.isfinite(value), value, np.zeros((), value.dtype))
        return [np.asarray(part) for part in (finite, np.isnan(value), np.isposinf(value))]
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    if isinstance(value, dict):
        return {key: _without_gaps(part) for key, part in value.items()}
    return type(value)(map(_without_gaps, value)) if type(value) in (list, tuple) else value
