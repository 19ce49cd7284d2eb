"""Decides whether an answer is accepted, and says in one sentence why not."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol, TypeAlias, TypeVar

import numpy as np

from autograder.errors import CourseError
from autograder.judge.candidates import by_way, common_ways, in_way
from autograder.judge.compare import COMPARATORS
from autograder.judge.faults import CANNOT_COMPARE, ComparisonError, Faults
from autograder.judge.measure import MEASURES
from autograder.judge.rules import Comparator, Drawing, Measure, show
from autograder.model import Answer, Item, Raised, Returned, Value
from autograder.sandbox.inside.tree import Other

T = TypeVar("T")


class Compared(Protocol):
    """What decides on an answer: the name of a comparator, and its parameters."""

    @property
    def comparator(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, Value]: ...


Judged: TypeAlias = tuple[Compared, Sequence[Item], Sequence[Answer]]
"""A check with its items and the answers to them."""


class CourseRules(Protocol):
    """The comparators and measures of a course, wherever they run."""

    def names(self) -> frozenset[str]:
        """The names of all of them."""

    def judge(self, name: str, args: tuple[Any, ...], parameters: Mapping[str, Any]) -> Any:
        """What the comparator or measure of this name says; `ComparisonError` if it fails."""


@dataclass(frozen=True)
class OwnRules:
    """Comparators and measures of the course's reference, in this process; for its author only."""

    functions: Mapping[str, Comparator[Any] | Drawing | Measure] = field(default_factory=dict)

    def names(self) -> frozenset[str]:
        return frozenset(self.functions)

    def judge(self, name: str, args: tuple[Any, ...], parameters: Mapping[str, Any]) -> Any:
        try:
            return self.functions[name].judge(*args, **parameters)
        except Exception as error:  # the author's code may raise anything
            raise CourseError(
                f"{self.functions[name]!r} of judging.py fails with {type(error).__name__}: {error}; it must take any "
                "answer, and those of misconceptions also as the expected one."
            ) from error


@dataclass(frozen=True)
class Rules:
    """All comparators and measures of an exam: those of the engine, and those of the course.

    Where one of them fails on a student's answer, `faults` notes it and the answer is wrong. Authors have no `faults`:
    they get the error.
    """

    course: CourseRules = field(default_factory=OwnRules)
    faults: Faults | None = None

    def accepts(self, check: Compared, expected: Iterable[Answer], actual: Answer) -> bool:
        """Whether an answer equals one of the expected ones by the check's comparator."""
        return any(self.objection(check, right, actual) is None for right in expected)

    def objection(self, check: Compared, expected: Answer, actual: Answer) -> str | None:
        """None if the answer is accepted, else one sentence that says why not."""
        if isinstance(expected, Raised):
            if isinstance(actual, Raised) and expected.error in (actual.error, *actual.kinds):
                return None
            if isinstance(actual, Returned):
                return f"expected {expected.error}, got {show(actual.value)}{_not_raised(actual.value)}"
            return f"expected {expected.error}"
        if isinstance(expected, Returned) and isinstance(actual, Returned):
            with np.errstate(all="ignore"):  # a student's numbers may overflow; the sentence says so
                return self._objection(check, expected.value, actual.value)
        return "there is no answer"

    def accepts_all(self, check: Compared, items: Sequence[Item], answers: Sequence[Answer]) -> bool:
        """Whether the answers to these items are accepted; those of a network with its weights filled in one way."""
        ways = by_way(answers) if check.comparator == "agrees" else [answers]
        return any(
            all(self.accepts(check, item.expected, answer) for item, answer in zip(items, some, strict=True))
            for some in ways
        )

    def accepts_together(self, checks: Sequence[Judged]) -> bool:
        """Whether the answers to checks that fill weights are accepted with the weights filled in one way for all."""
        return any(
            all(
                self.accepts(check, item.expected, answer)
                for check, items, answers in checks
                for item, answer in zip(items, in_way(answers, label), strict=True)
            )
            for label in common_ways([answers for _, _, answers in checks])
        )

    def no_common_way(self, check: Compared, items: Sequence[Item], answers: Sequence[Answer]) -> str:
        """Why answers are wrong together that are right one by one: two calls, if two disagree."""
        pairs = [((0, other), "both") for other in range(1, len(items))] + [(range(len(items)), "all of them")]
        for numbers, word in pairs:
            some = [items[number] for number in numbers]
            if word != "both" or not self.accepts_all(check, some, [answers[number] for number in numbers]):
                break
        return (
            f"{' and '.join(item.call for item in some)}: each output is right for some assignment of the weights to "
            f"the layers, but no assignment is right for {word}; a layer must have the same role in every call"
        )

    def measure(self, name: str, actual: Value, known: Mapping[str, Any]) -> float | str:
        """The number that a measure finds in the answer of a training, or a sentence that says why there is none."""
        with np.errstate(all="ignore"):
            return self.guarded(f"the measure {name}", lambda: self._measure(name, actual, known), lambda why: why)

    def guarded(self, what: str, compute: Callable[[], T], instead: Callable[[str], T]) -> T:
        """What `compute` returns. If it fails on a student's answer, what `instead` makes of a sentence about that."""
        if self.faults is None:
            return compute()
        try:
            return compute()
        except Exception as error:  # noqa: BLE001 - an answer may be anything, and costs no more than its check
            self.faults.note(what, error)
            return instead(CANNOT_COMPARE)

    def _measure(self, name: str, actual: Value, known: Mapping[str, Any]) -> float | str:
        if name in self.course.names():
            found = self.course.judge(name, (actual,), known)
            return found if isinstance(found, str) else float(found)
        return MEASURES[name].judge(actual, **known)

    def _objection(self, check: Compared, expected: Value, actual: Value) -> str | None:
        """What the comparator says. `CourseError` if it fails on the expected answer too, since then it is at fault."""
        what = f"the comparator {check.comparator}"

        def refused(why: str) -> str:
            try:
                self._compare(check, expected, expected)
            except ComparisonError as error:
                raise CourseError(str(error)) from error
            except Exception as error:
                text = f"{what} fails on the expected answer itself with {type(error).__name__}: {error}"
                raise CourseError(text) from error
            return why

        return self.guarded(what, lambda: self._compare(check, expected, actual), refused)

    def _compare(self, check: Compared, expected: Value, actual: Value) -> str | None:
        if check.comparator in self.course.names():
            reason = self.course.judge(check.comparator, (expected, actual), check.parameters)
            return reason if reason is None else str(reason)
        return COMPARATORS[check.comparator].judge(expected, actual, **check.parameters)


def _not_raised(value: Value) -> str:
    """What else is to be said where an error, or its class, is returned."""
    returned = isinstance(value, Other) and (value.type == "type" or value.type.endswith(("Error", "Exception")))
    return "; an error is raised by `raise`, in the place of `return`" if returned else ""
