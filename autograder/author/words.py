"""The words an exercise is written with: reference, check, case, make, misconception, alternative."""

from __future__ import annotations

import math
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeGuard

from autograder.author.case import Argument, Case, Make
from autograder.author.nouns import Alternative, Cases, Check, Misconception, Reference, T, Variable, first_paragraph
from autograder.judge import COMPARATORS, Comparator, Compare, Threshold
from autograder.model import Value

if TYPE_CHECKING:
    from autograder.sandbox.inside.build import Builder
    from autograder.sandbox.inside.probe import Ask, Probe

FITTING = {"forward": "agrees", "gradients": "all_reached", "printed": "same_text"}
"""The comparator of a probe whose answers have a form of their own; `matches` for all others."""


def reference(
    *,
    points: float,
    seconds: float = 10.0,
    training_seconds: float = 60.0,
    forbids: tuple[str, ...] = (),
    requires: tuple[str, ...] = (),
) -> Callable[[T], Reference[T]]:
    """Mark a function or class as the trusted answer to the exercise of that name; its docstring holds the hints.

    `points` is the sum of its checks' points, `seconds` the wall-clock limit of each check, `training_seconds` that
    of each training. `forbids` are names that the student has to do without, and `requires` names that the exercise or
    a function that it calls in the same file has to use:

    - `"conv2d"`, a function of torch, by whatever name it is imported;
    - `"sorted"`, a builtin function; a name that torch has too, such as `"sum"`, stands for both;
    - `"while"` or `"lambda"`, a keyword; `"for"` stands for loops and for comprehensions;
    - `"numpy.convolve"` or `"nn.LSTMCell"`, a dotted name, by whatever alias it is imported;
    - `".sort"`, every method or attribute of this name.
    """
    _expect_names("forbids", forbids)
    _expect_names("requires", requires)
    expect_points(points)
    for word, number in ("seconds", seconds), ("training_seconds", training_seconds):
        if not _is_number(number) or number <= 0:
            raise TypeError(f"{word} is a number above 0, not {number!r}")
    return lambda right: Reference(right, points, seconds, training_seconds, forbids, requires)


def variable(name: str, value: Value, *, points: float, hints: str = "") -> Reference[Variable]:
    """The trusted value of a variable of the student's file: `answers = variable("answers", {"a": 1}, points=2)`.

    Checks of it ask the probe `value`. `hints` are paragraphs, as in the docstring of a function.
    """
    expect_points(points)
    module = sys._getframe(1).f_globals["__name__"]
    return Reference(Variable(name, value, hints, module), points, 10.0, 60.0, ())


def wrong_value(exercise: Reference[Any], value: Value, hint: str) -> Misconception:
    """A wrong value of a variable with its hint; the variable of the reference that holds it is its name."""
    expect_reference("wrong_value", exercise)
    return Misconception(exercise, "", " ".join(hint.split()), value)


def check(
    exercise: Reference[Any],
    *,
    points: float,
    ask: Ask | Probe[Any] | None = None,
    compare: Compare | Comparator[Any] | None = None,
    measure: Threshold | None = None,
    needs: Check | tuple[Check, ...] = (),
    counts_with: Check | tuple[Check, ...] | Callable[[], Check] = (),
    hidden: bool = False,
    training: bool = False,
    picture: str = "",
) -> Callable[[Cases], Check]:
    """Mark a generator of cases as a check: its name is the identifier, its docstring what the student reads.

    `ask` is a probe, such as `forward(mode="train")`; without it, the exercise is called. `compare` is a comparator,
    such as `matches(rtol=1e-4)`; without it, it is the one that fits the probe. `needs` are checks of the same exercise
    that must pass first. `counts_with` are checks of the same exercise that this one relies on. The student's process
    itself reports parameters, gradients and modes; only right values prove that the network behind these claims exists.
    A check that stands further below is written as `counts_with=lambda: values`.

    A check with a `measure`, such as `accuracy(least=0.9, sentence="{value:.0%} are right")`, trains. Each case is an
    attempt with a seed of its own, and the first that reaches the threshold passes. It runs only if all checks before
    it pass.

    `picture` is what a page draws of a wrong answer: "reach" for layers and how far they see, "stages" for the shapes
    inside a network, "windows" for a list of where windows begin (of a function with a `size` and a `kernel_size`), or
    the axes of the arrays, as in `"N C H W, O C h w -> N O P Q"`, so that the kernel is shown that belongs to the worst
    place. Where arrays are expected, they are drawn anyway, and so is what the probe `figure` reports.
    """
    expect_reference("check", exercise)
    expect_points(points)
    for word, value in ("hidden", hidden), ("training", training):
        if not isinstance(value, bool):
            raise TypeError(f"{word} is True or False, not {value!r}")
    if measure is not None and not isinstance(measure, Threshold):
        raise TypeError(f'measure is written with its threshold: accuracy(least=0.9, sentence="..."), not {measure!r}')
    asked, needed, proofs = _ask(ask), _checks("needs", needs), _proofs(counts_with)
    compared = _compare(compare, asked)
    return lambda cases: Check(
        exercise=exercise,
        name=_name(cases),
        title=first_paragraph(cases).partition("\n")[0],
        points=points,
        cases=cases,
        ask=asked,
        compare=compared,
        measure=measure,
        needs=needed,
        counts_with=proofs,
        hidden=hidden,
        training=training or measure is not None,
        picture=picture,
    )


def misconception(exercise: Reference[Any]) -> Callable[[Any], Misconception]:
    """Mark a wrong implementation of `exercise`; its docstring is the hint that the student gets."""
    expect_reference("misconception", exercise)
    return lambda wrong: Misconception(exercise, _name(wrong), first_paragraph(wrong), wrong)


def alternative(exercise: Reference[Any]) -> Callable[[Any], Alternative]:
    """Mark another right implementation of `exercise`: answers equal to it are right as well."""
    expect_reference("alternative", exercise)
    return lambda right: Alternative(exercise, right)


def case(*args: Argument | Builder, **kwargs: Argument | Builder) -> Case:
    """One set of arguments; arrays are numpy here and torch tensors in the sandbox.

    A function below `@builder` in the course's `probes.py` may be an argument itself.
    """
    return Case(tuple(map(_argument, args)), {name: _argument(value) for name, value in kwargs.items()})


def make(made: str | Builder | Callable[..., Any], *args: Argument, **kwargs: Argument) -> Make:
    """An argument that is an object: `make(nn.Linear, 3, 4)`, or of a builder of the course: `make(recorder)`."""
    return Make(_made_by(made), args, kwargs)


def _argument(value: Any) -> Any:
    from autograder.sandbox.inside.build import Builder

    return Make(value.name, itself=True) if isinstance(value, Builder) else value


def _made_by(made: object) -> str:
    """The name that the sandbox knows a builder or a class of torch by."""
    from autograder.sandbox.inside.build import Builder

    if isinstance(made, (str, Builder)):
        return made if isinstance(made, str) else made.name
    name = f"{getattr(made, '__module__', '')}.{getattr(made, '__qualname__', '')}"
    if not name.startswith("torch."):
        raise TypeError(
            "make takes a class of torch, or a function below @builder in probes.py, "
            f"not {name.strip('.') or repr(made)}"
        )
    return name


def _ask(ask: object) -> Ask:
    from autograder.sandbox.inside.probe import Ask, Probe
    from autograder.sandbox.inside.probes.call import call

    if ask is None:
        return call()
    if isinstance(ask, Probe):
        return Ask(ask, {})
    if not isinstance(ask, Ask):
        raise TypeError(f'ask is a probe, such as forward(mode="train"), not {ask!r}')
    return ask


def _compare(compare: object, ask: Ask) -> Compare:
    if compare is None:
        compare = COMPARATORS[FITTING.get(ask.probe.name, "matches")]
    if isinstance(compare, Comparator):
        compare = compare()
    if not isinstance(compare, Compare):
        raise TypeError(f"compare is a comparator, such as matches(rtol=1e-4), not {compare!r}")
    return compare


def _proofs(counts_with: object) -> Callable[[], tuple[Check, ...]]:
    if callable(counts_with):
        return lambda: _checks("counts_with", counts_with())
    checks = _checks("counts_with", counts_with)
    return lambda: checks


def _checks(word: str, checks: object) -> tuple[Check, ...]:
    found = (checks,) if isinstance(checks, Check) else checks
    if not isinstance(found, (tuple, list)) or not all(isinstance(one, Check) for one in found):
        raise TypeError(f"{word} is a check, or a tuple of checks, that stand above this one, not {checks!r}")
    return tuple(found)


def expect_reference(word: str, exercise: object) -> None:
    if not isinstance(exercise, Reference):
        name = getattr(exercise, "__name__", None) or getattr(exercise, "name", None) or repr(exercise)
        kind = type(exercise).__name__
        raise TypeError(f"@{word} expects the function or class below a @reference, got the {kind} {name}")


def expect_points(points: object) -> None:
    if not _is_number(points) or points < 0:
        raise TypeError(f"points is a number, 0 or more, not {points!r}")


def _is_number(value: object) -> TypeGuard[float]:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)


def _expect_names(word: str, names: object) -> None:
    if not isinstance(names, (tuple, list)) or not all(isinstance(name, str) for name in names):
        raise TypeError(f'{word} is a tuple of names, such as ("one",), not {names!r}')


def _name(thing: Any) -> str:
    return str(thing.__name__)
