"""What right code answers that uses a wrong class of the same author's: one mistake costs the class that makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.author import Misconception, replaced, time_limit
from autograder.judge import Rules
from autograder.model import Answer, ExamCheck, ExamExercise, ExamSection, Inherited, Question

Ask = Callable[[Mapping[str, Any], Question], Answer]
SLOW = 3  # times the seconds that a student's answer may take; the author's machine may be slow, too


@dataclass(frozen=True)
class Uses:
    """The classes that an exercise uses, also through others, and the namespaces of its right answers."""

    name: str
    classes: frozenset[str]
    rights: Sequence[Mapping[str, Any]]


def with_inherited(
    sections: Iterable[ExamSection], uses: Iterable[Uses], wrong: Iterable[Misconception], ask: Ask, rules: Rules
) -> tuple[ExamSection, ...]:
    """The sections whose exercises know the misconceptions of the classes that they use."""
    mistakes = [one for one in wrong if isinstance(one.wrong, type)]
    used = {one.name: one for one in uses}

    def exercise_with(exercise: ExamExercise) -> ExamExercise:
        mine = [one for one in mistakes if one.exercise.name in used[exercise.name].classes]
        return replace(exercise, inherited=tuple(_inherited(exercise, used[exercise.name], mine, ask, rules)))

    return tuple(replace(one, exercises=tuple(map(exercise_with, one.exercises))) for one in sections)


def _inherited(
    exercise: ExamExercise, uses: Uses, mistakes: Iterable[Misconception], ask: Ask, rules: Rules
) -> Iterator[Inherited]:
    """For each misconception of a class what the reference and its alternatives answer, if they use it."""
    checks = [check for check in exercise.checks if check.by_value and not check.measure]
    for one in mistakes:
        known: list[str] = []
        for right in uses.rights:
            with replaced(one.exercise.name, one.wrong):
                answers = {check.name: _answers(check, right, ask, one) for check in checks}
            wrong = {
                check.name: answers[check.name]
                for check in checks
                if not rules.accepts_all(check, check.items, answers[check.name])
            }
            if wrong and repr(wrong) not in known:
                known.append(repr(wrong))
                yield Inherited(one.exercise.name, one.name, wrong)


def _answers(check: ExamCheck, right: Mapping[str, Any], ask: Ask, wrong: Misconception) -> tuple[Answer, ...]:
    with time_limit(SLOW * check.seconds, f"{wrong.name}, a misconception of {wrong.exercise.name},"):
        return tuple(ask(right, item.question) for item in check.items)
