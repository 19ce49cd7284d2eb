"""The words an exercise is written with: reference, check, case, make, misconception, alternative."""

from __future__ import annotations

import inspect
import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any, Generic, TypeGuard, TypeVar

import numpy as np
import numpy.typing as npt

from autograder.author.case import Argument, Case, Make
from autograder.model import Value

T = TypeVar("T")
Cases = Callable[["Draw"], Iterator[Case]]


@dataclass(frozen=True)
class Reference(Generic[T]):
    """The trusted answer to one exercise. `right` is the function or class itself."""

    right: T
    points: float
    seconds: float
    training_seconds: float
    forbids: tuple[str, ...]

    @property
    def name(self) -> str:
        return str(getattr(self.right, "__name__", ""))

    @property
    def hints(self) -> tuple[str, ...]:
        """The paragraphs of its docstring: a nudge first, then the idea, then the place in the chapter."""
        return _paragraphs(self.right)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self.right(*args, **kwargs)  # type: ignore[operator]  # a T is a function or class


@dataclass(frozen=True)
class Check:
    """One property of an exercise: `cases` yields the arguments, `comparator` decides on the answers."""

    exercise: Reference[Any]
    name: str
    title: str
    points: float
    cases: Cases
    probe: str
    comparator: str
    parameters: dict[str, Value]
    needs: tuple[str, ...]
    counts_with: tuple[str, ...]
    hidden: bool
    training: bool
    measure: str
    picture: str


@dataclass(frozen=True)
class Misconception:
    """A wrong implementation that students really write; the docstring is the hint."""

    exercise: Reference[Any]
    name: str
    hint: str
    wrong: Any


@dataclass(frozen=True)
class Alternative:
    """Another right implementation, for exercises whose right answers are more than one."""

    exercise: Reference[Any]
    right: Any


@dataclass(frozen=True)
class Section:
    """What one module of the reference holds, in reading order."""

    name: str
    title: str
    extra: bool
    references: tuple[Reference[Any], ...]
    checks: tuple[Check, ...]
    misconceptions: tuple[Misconception, ...]
    alternatives: tuple[Alternative, ...]


class Draw:
    """Random arguments for cases, the same for the same seed on every machine."""

    def __init__(self, seed: int, *path: str, data: Path | None = None) -> None:
        self.data = data  # the folder that the user named for data, if any
        words = [int.from_bytes(part.encode(), "little") for part in path]
        self._generator = np.random.Generator(np.random.PCG64([seed, *words]))

    def normal(self, *shape: int, scale: float = 1.0) -> npt.NDArray[np.float32]:
        """Standard normal float32 values, times `scale`."""
        return (self._generator.standard_normal(shape) * scale).astype(np.float32)

    def uniform(self, *shape: int, low: float = 0.0, high: float = 1.0) -> npt.NDArray[np.float32]:
        """Uniform float32 values in [low, high)."""
        return (low + (high - low) * self._generator.random(shape)).astype(np.float32)

    def integers(self, low: int, high: int, *shape: int) -> npt.NDArray[np.int64]:
        """int64 values from `low` to `high`, both included."""
        return self._generator.integers(low, high, size=shape, endpoint=True, dtype=np.int64)

    def integer(self, low: int, high: int) -> int:
        """One int from `low` to `high`, both included."""
        return int(self._generator.integers(low, high, endpoint=True))

    def permutation(self, count: int) -> npt.NDArray[np.int64]:
        """The numbers from 0 to count - 1 in random order."""
        return self._generator.permutation(count).astype(np.int64)

    def seed(self) -> int:
        """A seed for a probe that fills weights or calls random functions."""
        return self.integer(0, 2**31 - 1)


def reference(
    *, points: float, seconds: float = 10.0, training_seconds: float = 60.0, forbids: tuple[str, ...] = ()
) -> Callable[[T], Reference[T]]:
    """Mark a function or class as the trusted answer to the exercise of that name; its docstring holds the hints.

    `points` is the sum of its checks' points, `seconds` the wall-clock limit of each check, `training_seconds` that
    of each training, and `forbids` the names of torch functions that the student has to do without.
    """
    _expect_names("forbids", forbids)
    _expect_points(points)
    for word, number in ("seconds", seconds), ("training_seconds", training_seconds):
        if not _is_number(number) or number <= 0:
            raise TypeError(f"{word} is a number above 0, not {number!r}")
    return lambda right: Reference(right, points, seconds, training_seconds, forbids)


def check(
    exercise: Reference[Any],
    *,
    points: float,
    probe: str = "call",
    compare: str = "matches",
    needs: tuple[str, ...] = (),
    counts_with: tuple[str, ...] = (),
    hidden: bool = False,
    training: bool = False,
    measure: str = "",
    picture: str = "",
    **parameters: Value,
) -> Callable[[Cases], Check]:
    """Mark a generator of cases as a check: its name is the identifier, its docstring what the student reads.

    `probe` is a function of `autograder.sandbox.inside.probes`, `compare` one of `autograder.judge.compare`, and
    further keywords are the comparator's parameters. `needs` names checks of the same exercise that must pass first.
    `counts_with` names checks of the same exercise that this one relies on. The student's process itself
    reports parameters, gradients and modes; only right values prove that the network behind these claims exists.

    A check with a `measure` (a function of `autograder.judge.measure`) trains. Each case is an attempt with a seed of
    its own, and the first that reaches the threshold, `least` or `most`, passes. `tells` is the sentence about the
    value, with the fields `{value}` and `{threshold}`. It runs only if all checks before it pass.

    `picture` is what a page draws of a wrong answer: "reach" for layers and how far they see, "stages" for the shapes
    inside a network, or the axes of the arrays, as in `"N C H W, O C h w -> N O P Q"`, so that the kernel is shown
    that belongs to the worst place. Where arrays are expected, they are drawn anyway.
    """
    _expect_reference("check", exercise)
    _expect_names("needs", needs)
    _expect_names("counts_with", counts_with)
    _expect_points(points)
    for word, value in ("hidden", hidden), ("training", training):
        if not isinstance(value, bool):
            raise TypeError(f"{word} is True or False, not {value!r}")

    def decorate(cases: Cases) -> Check:
        title = _docstring(cases).partition("\n")[0]
        return Check(
            exercise,
            _name(cases),
            title,
            points,
            cases,
            probe,
            compare,
            parameters,
            needs,
            counts_with,
            hidden,
            training or bool(measure),
            measure,
            picture,
        )

    return decorate


def misconception(exercise: Reference[Any]) -> Callable[[Any], Misconception]:
    """Mark a wrong implementation of `exercise`; its docstring is the hint that the student gets."""
    _expect_reference("misconception", exercise)
    return lambda wrong: Misconception(exercise, _name(wrong), _docstring(wrong), wrong)


def alternative(exercise: Reference[Any]) -> Callable[[Any], Alternative]:
    """Mark another right implementation of `exercise`: answers equal to it are right as well."""
    _expect_reference("alternative", exercise)
    return lambda right: Alternative(exercise, right)


def case(*args: Argument, **kwargs: Argument) -> Case:
    """One set of arguments; arrays are numpy here and torch tensors in the sandbox."""
    return Case(args, kwargs)


def make(name: str, *args: Argument, **kwargs: Argument) -> Make:
    """An argument that is an object: `make("torch.nn.Linear", 3, 4)`."""
    return Make(name, args, kwargs)


def read_section(module: ModuleType) -> Section:
    """Collect what a module of the reference defines, in the order of its lines; `TypeError` if `extra` is no bool."""
    values = list(vars(module).values())

    def own(kind: type[T]) -> tuple[T, ...]:
        return tuple(value for value in values if isinstance(value, kind))

    extra = getattr(module, "extra", False)
    if not isinstance(extra, bool):
        raise TypeError(f"extra is True or False, not {extra!r}")
    references = tuple(value for value in own(Reference) if getattr(value.right, "__module__", "") == module.__name__)
    return Section(
        name=module.__name__.rpartition(".")[2],
        title=_docstring(module).partition("\n")[0].rstrip("."),
        extra=extra,
        references=references,
        checks=own(Check),
        misconceptions=own(Misconception),
        alternatives=own(Alternative),
    )


def _expect_reference(word: str, exercise: object) -> None:
    if not isinstance(exercise, Reference):
        name = getattr(exercise, "__name__", None) or getattr(exercise, "name", None) or repr(exercise)
        kind = type(exercise).__name__
        raise TypeError(f"@{word} expects the function or class below a @reference, got the {kind} {name}")


def _expect_points(points: object) -> None:
    if not _is_number(points) or points < 0:
        raise TypeError(f"points is a number, 0 or more, not {points!r}")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _expect_names(word: str, names: object) -> None:
    if not isinstance(names, (tuple, list)) or not all(isinstance(name, str) for name in names):
        raise TypeError(f'{word} is a tuple of names, such as ("one",), not {names!r}')


def _name(thing: Any) -> str:
    return str(thing.__name__)


def _docstring(thing: Any) -> str:
    """The first paragraph of the docstring, or an empty string."""
    return "".join(_paragraphs(thing)[:1])


def _paragraphs(thing: Any) -> tuple[str, ...]:
    """The docstring as paragraphs of plain text; a class does not inherit the one of its base."""
    parts = inspect.cleandoc(thing.__doc__ or "").split("\n\n")
    return tuple(" ".join(part.split()) for part in parts if part.strip())
