"""What the misconceptions of a reference answer to the questions of an exam, exercise by exercise.

They are nearly all of the work behind an exam, and a student whose answers are right needs none of them.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.author import (
    Faults,
    Misconception,
    ReadReference,
    Reference,
    Section,
    ask,
    combinations,
    replaced,
    time_limit,
)
from autograder.exam.later import Later
from autograder.exam.trusted import SLOW, as_in_the_sandbox, rights_of
from autograder.judge import OwnRules, Rules
from autograder.model import (
    Answer,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    Inherited,
    Question,
    Raised,
    Refused,
)


@dataclass(frozen=True)
class Mistakes:
    """The mistakes that a reference knows; each method raises one `CourseError` with all contradictions it finds."""

    read: ReadReference
    _homes: Mapping[str, tuple[Section, Reference[Any]]] = field(init=False)

    def __post_init__(self) -> None:
        homes = {one.name: (section, one) for section in self.read.sections for one in section.references}
        object.__setattr__(self, "_homes", homes)

    @property
    def rules(self) -> Rules:
        return Rules(OwnRules(self.read.own.rules))

    def misconceptions(self, exercise: ExamExercise) -> tuple[ExamMisconception, ...]:
        """The misconceptions of an exercise, each also combined with each alternative, if that answers otherwise."""
        section, reference = self._homes[exercise.name]
        others = [other.right for other in section.alternatives if other.exercise is reference]
        found: list[ExamMisconception] = []
        faults = Faults()
        with as_in_the_sandbox():
            for wrong in section.misconceptions:
                if wrong.exercise is reference:
                    with faults.collect():
                        found += self._forms(wrong, exercise.checks, section.namespace, others)
        faults.raise_all()
        return tuple(found)

    def inherited(self, exercise: ExamExercise) -> tuple[Inherited, ...]:
        """The misconceptions of the classes that an exercise uses; their answers are made when they are looked at."""
        rights = rights_of(*self._homes[exercise.name])
        return tuple(
            Inherited(wrong.exercise.name, wrong.name, Later(functools.partial(self._ways, exercise, wrong, rights)))
            for section in self.read.sections
            for wrong in section.misconceptions
            if isinstance(wrong.wrong, type) and wrong.exercise.name in exercise.uses
        )

    def _ask(self, namespace: Mapping[str, Any], question: Question) -> Answer:
        return ask(namespace, question, self.read.own.probes)

    def _forms(
        self, wrong: Misconception, checks: Sequence[ExamCheck], namespace: Mapping[str, Any], others: Sequence[Any]
    ) -> Iterator[ExamMisconception]:
        """The misconception, and each combination with an alternative that gives other answers."""
        known: list[str] = []
        for mistaken in (wrong.wrong, *combinations(wrong, others)):
            answers = self._wrong_answers(wrong, {**namespace, wrong.exercise.name: mistaken}, checks)
            text = repr(answers)
            if text not in known:
                known.append(text)
                yield ExamMisconception(wrong.name, wrong.hint, answers)

    def _wrong_answers(
        self, wrong: Misconception, mistaken: Mapping[str, Any], checks: Iterable[ExamCheck]
    ) -> dict[str, tuple[Answer, ...]]:
        """Its answers to each check that refuses them."""
        answers = {}
        for check in checks:
            if check.measure:
                continue
            with time_limit(SLOW * wrong.exercise.seconds, f"{wrong.name}, a misconception of {wrong.exercise.name},"):
                given = tuple(_renamed(self._ask(mistaken, item.question), wrong) for item in check.items)
            if not self.rules.accepts_all(check, check.items, given):
                answers[check.name] = given
        return answers

    def _ways(
        self, exercise: ExamExercise, wrong: Misconception, rights: Sequence[Mapping[str, Any]]
    ) -> list[Mapping[str, tuple[Answer, ...]]]:
        """What the right answers become, where they use the class with this misconception."""
        ways: dict[str, Mapping[str, tuple[Answer, ...]]] = {}
        checks = [check for check in exercise.checks if check.by_value and not check.measure]
        what = f"{wrong.name}, a misconception of {wrong.exercise.name},"
        for right in rights:
            answers = {}
            with as_in_the_sandbox(), replaced(wrong.exercise.name, wrong.wrong):
                for check in checks:
                    with time_limit(SLOW * check.seconds, what):
                        given = tuple(self._ask(right, item.question) for item in check.items)
                    if not self.rules.accepts_all(check, check.items, given):
                        answers[check.name] = given
            if answers:
                ways.setdefault(repr(answers), answers)
        return list(ways.values())


def _renamed(answer: Answer, wrong: Misconception) -> Answer:
    """An error message that names the misconception names the exercise instead, as a student's would."""
    if isinstance(answer, (Raised, Refused)):
        return replace(answer, message=answer.message.replace(wrong.name, wrong.exercise.name))
    return answer
