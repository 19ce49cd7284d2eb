"""Checks that the cases of a check follow from the seed alone."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from types import CodeType, FunctionType, ModuleType
from typing import Any

from autograder.author import Case, Check, Draw, Section, draw_cases, read_reference
from autograder.course import Course
from autograder.lint.finding import Finding
from autograder.lint.values import are_equal

RANDOM_NAMES = frozenset(
    {
        "random",
        "default_rng",
        "RandomState",
        "manual_seed",
        "rand",
        "randn",
        "randint",
        "randperm",
        "rand_like",
        "randn_like",
    }
)
RANDOM_MODULES = frozenset({"random", "numpy.random", "torch.random"})
ADVICE = "draw at random only with draw, such as draw.normal(2, 3)"


def draw_findings(course: Course, assignment: str) -> Iterator[Finding]:
    """Find checks that draw at random without `draw`: the seed does not decide about their cases."""
    for section in read_reference(course, assignment).sections:
        for check in section.checks:
            cases = _cases(section, check, 0)
            if not are_equal(cases, _cases(section, check, 0)):
                text = f"{check.name} draws from np.random, random or torch instead of draw"
                yield Finding(check.exercise.name, "draw", f"{text}: the same seed gives other cases; {ADVICE}")
                continue
            names = sorted(_random_names(check.cases))
            if names and are_equal(cases, _cases(section, check, 1)):
                text = f"{check.name} uses {', '.join(names)}, but its cases are the same with every seed"
                yield Finding(check.exercise.name, "draw", f"{text}; {ADVICE}")


def _cases(section: Section, check: Check, seed: int) -> list[Case]:
    place = f"{section.name}: check {check.name} of {check.exercise.name}"
    return list(draw_cases(place, check, Draw(seed, section.name, check.exercise.name, check.name)))


def _random_names(generator: Any) -> set[str]:
    """Collect the random functions and modules that a generator names, or a function of its module that it calls."""
    found: set[str] = set()
    known: set[str] = set()
    waiting = [inspect.unwrap(generator)]
    while waiting:
        function = waiting.pop()
        if not isinstance(function, FunctionType) or function.__qualname__ in known:
            continue
        known.add(function.__qualname__)
        for name in _names(function.__code__):
            value = function.__globals__.get(name)
            if name in RANDOM_NAMES or _is_random(value):
                found.add(name)
            if getattr(value, "__module__", None) == generator.__module__:
                waiting.append(value)
    return found


def _names(code: CodeType) -> set[str]:
    inner = [part for part in code.co_consts if isinstance(part, CodeType)]
    return set(code.co_names).union(*(_names(part) for part in inner))


def _is_random(value: Any) -> bool:
    return isinstance(value, ModuleType) and value.__name__ in RANDOM_MODULES
