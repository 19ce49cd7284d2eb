"""Decides whether an answer is accepted, and says in one sentence why not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import numpy as np

from autograder.judge.compare import COMPARATORS
from autograder.judge.difference import show
from autograder.model import Answer, Raised, Returned, Value
from autograder.sandbox.inside.wire import Other


class Compared(Protocol):
    """What decides on an answer: the name of a comparator, and its parameters."""

    @property
    def comparator(self) -> str: ...

    @property
    def parameters(self) -> Mapping[str, Value]: ...


def accepts(check: Compared, expected: Iterable[Answer], actual: Answer) -> bool:
    """Whether an answer equals one of the expected ones by the check's comparator."""
    return any(objection(check, right, actual) is None for right in expected)


def objection(check: Compared, expected: Answer, actual: Answer) -> str | None:
    """None if the answer is accepted, else one sentence that says why not."""
    if isinstance(expected, Raised):
        if isinstance(actual, Raised) and expected.error in (actual.error, *actual.kinds):
            return None
        if isinstance(actual, Returned):
            return f"expected {expected.error}, got {show(actual.value)}{_not_raised(actual.value)}"
        return f"expected {expected.error}"
    if isinstance(expected, Returned) and isinstance(actual, Returned):
        with np.errstate(all="ignore"):  # a student's numbers may overflow; the sentence says so
            return COMPARATORS[check.comparator](expected.value, actual.value, **check.parameters)
    return "there is no answer"


def _not_raised(value: Value) -> str:
    """What else is to be said where an error, or its class, is returned."""
    returned = isinstance(value, Other) and (value.type == "type" or value.type.endswith(("Error", "Exception")))
    return "; an error is raised by `raise`, in the place of `return`" if returned else ""
