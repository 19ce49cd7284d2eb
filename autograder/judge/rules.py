"""What makes a function a comparator, a measure or a drawing.

It declares its parameters, and an author calls it with them.

A course writes its own in `judging.py`, which imports nothing of the engine but this module. Its text is part of the
exam and runs in a sandbox, in a process without student code.
"""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Concatenate, Generic, ParamSpec, overload

from autograder.judge.difference import arrays_in, cross_entropy, difference, scalar_kind, shape_or_finite
from autograder.judge.showing import Array, show
from autograder.sandbox.inside.probe import meant

P = ParamSpec("P")
MALFORMED = "the answer does not have the expected form"

__all__ = [
    "MALFORMED",
    "Array",
    "Comparator",
    "Compare",
    "Drawing",
    "Measure",
    "Threshold",
    "arrays_in",
    "comparator",
    "cross_entropy",
    "difference",
    "drawing",
    "measure",
    "predicate",
    "scalar_kind",
    "shape_or_finite",
    "show",
]


@dataclass(frozen=True)
class Compare:
    """How a check compares: a comparator and its parameters."""

    comparator: Comparator[Any]
    parameters: Mapping[str, Any]


class Comparator(Generic[P]):
    """A function `comparator(expected, actual, *, parameter) -> str | None` on plain data.

    None accepts the answer; a sentence says why not. `actual` comes from the student's process and may be anything.
    `by_value`: it compares with the expected values, so that a misconception is known by its answers.
    """

    def __init__(self, function: Callable[Concatenate[Any, Any, P], str | None], by_value: bool = False) -> None:
        self.function = function
        self.name = function.__name__
        self.by_value = by_value
        self.__doc__ = function.__doc__
        self.parameters = _keywords(function)

    def __call__(self, *positional: P.args, **parameters: P.kwargs) -> Compare:
        """This comparator with these parameters; raises `TypeError` for unknown and for missing ones."""
        if positional:
            raise TypeError(f"{self.name} takes its parameters by name: {self.name}(parameter=value)")
        _expect(f"the comparator {self.name}", self.parameters, parameters)
        return Compare(self, parameters)

    def __repr__(self) -> str:
        return f"the comparator {self.name}"

    def judge(self, expected: Any, actual: Any, **parameters: Any) -> str | None:
        """None if the answer is accepted, else one sentence that says why not."""
        decide: Any = self.function
        reason: str | None = decide(expected, actual, **parameters)
        return reason


@dataclass(frozen=True)
class Threshold:
    """How a training is judged: a measure, and the least or the largest value that passes.

    `sentence` describes the value, with the fields `{value}` and `{threshold}`.
    """

    measure: Measure
    sentence: str
    least: float | None = None
    most: float | None = None


class Measure:
    """A function `measure(actual, *, known) -> float | str` on plain data; a text says why there is no number.

    Its keyword-only parameters are what `case(...).expecting(known=...)` gives it. `actual` may be anything.
    """

    def __init__(self, function: Callable[..., float | str]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__
        self.parameters = _keywords(function)

    def __call__(self, *, sentence: str, least: float | None = None, most: float | None = None) -> Threshold:
        """This measure with a threshold: the value passes if it is at least `least`, or at most `most`."""
        if (least is None) == (most is None):
            raise TypeError(f"the measure {self.name} takes either least= or most=, the threshold")
        try:
            sentence.format(value=0.5, threshold=0.5)
        except (LookupError, ValueError) as error:
            raise TypeError(
                "sentence has the fields {value} and {threshold}, such as "
                f'"{{value:.0%}} are right"; this one fails with {type(error).__name__}: {error}'
            ) from None
        return Threshold(self, sentence, least, most)

    def __repr__(self) -> str:
        return f"the measure {self.name}"

    def judge(self, actual: Any, **known: Any) -> float | str:
        """The number, or a sentence that says why there is none."""
        return self.function(actual, **{name: value for name, value in known.items() if name in self.parameters})


class Drawing:
    """A function `drawing(answers, images) -> images` on plain data, for the picture of a milestone.

    `answers` holds what the student's code returned, and `images` the images of the course, both by caption. The result
    is a dict of captions and arrays (height, width) or (n, height, width).
    """

    def __init__(self, function: Callable[[Any, Any], Any]) -> None:
        self.function = function
        self.name = function.__name__
        self.__doc__ = function.__doc__

    def __repr__(self) -> str:
        return f"the drawing {self.name}"

    def judge(self, answers: Any, images: Any) -> Any:
        """The images by caption."""
        return self.function(answers, images)


@overload
def comparator(function: Callable[Concatenate[Any, Any, P], str | None]) -> Comparator[P]: ...
@overload
def comparator(*, by_value: bool) -> Callable[[Callable[Concatenate[Any, Any, P], str | None]], Comparator[P]]: ...
def comparator(function: Any = None, *, by_value: bool = False) -> Any:
    """Make a function a comparator; its keyword-only parameters are what an author may give."""
    return Comparator(function) if function is not None else lambda decide: Comparator(decide, by_value)


def predicate(function: Callable[[Any], Any]) -> Comparator[[]]:
    """Make a function of the answer a comparator: it accepts answers for which the function is true.

    The docstring is what holds for a right answer, without a full stop: "each row sums to 1".
    """
    sentence = inspect.cleandoc(function.__doc__ or function.__name__).partition("\n")[0].rstrip(".")

    def holds(expected: Any, actual: Any) -> str | None:
        try:
            true = bool(function(actual))
        except Exception:  # noqa: BLE001 - the answer may be anything, and a predicate expects its own kind
            return difference(expected, actual, 0.0, math.inf, "") or MALFORMED
        return None if true else f"not true of the answer: {sentence}"

    holds.__name__, holds.__doc__ = function.__name__, function.__doc__
    return Comparator(holds)


def measure(function: Callable[..., float | str]) -> Measure:
    """Make a function a measure; its keyword-only parameters are what `expecting(...)` gives."""
    return Measure(function)


def drawing(function: Callable[[Any, Any], Any]) -> Drawing:
    """Make a function a drawing, which a milestone names as `draw=`."""
    return Drawing(function)


def _keywords(function: Callable[..., Any]) -> dict[str, Any]:
    """The keyword-only parameters of a function, with their defaults; `inspect.Parameter.empty` where there is none."""
    parameters = inspect.signature(function).parameters.values()
    return {one.name: one.default for one in parameters if one.kind is one.KEYWORD_ONLY}


def _expect(what: str, known: Mapping[str, Any], given: Mapping[str, Any]) -> None:
    for name in given:
        if name not in known:
            raise TypeError(f"{what} has no parameter {name!r}; {meant(name, known)}")
    for name, default in known.items():
        if default is inspect.Parameter.empty and name not in given:
            raise TypeError(f"{what} needs the parameter {name!r}")
