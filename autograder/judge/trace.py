"""Compares what two networks compute, step by step: how far a wrong one is right, and where it first is not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.model import Answer, Returned

Array = np.ndarray[Any, np.dtype[np.float64]]
RTOL = 2e-4  # of a result's norm
COLUMNS = 5  # projections and the norm
MAX_WAYS, MAX_STEPS = 8, 400
LONGEST = 200  # characters of a name
LARGEST = 1e30


@dataclass(frozen=True)
class Steps:
    """The steps of one forward pass; see the probe `trace`."""

    prints: Array
    sizes: Sequence[int]
    sources: Sequence[Sequence[int]]
    lines: Sequence[int]
    files: Sequence[str]
    modules: Sequence[str]
    unregistered: Sequence[bool]
    alone: Array


@dataclass(frozen=True)
class Compared:
    """A pass beside a right one.

    `known[i]` says whether the right network computes the result of step i too, and `ends` whether the other one
    computes the last result of the right one. `share` is the share of the right network's layers that the other one
    has: alone, on random numbers, they compute the same.
    """

    steps: Steps
    known: Sequence[bool]
    ends: bool
    share: float


@dataclass(frozen=True)
class FirstDifference:
    """The first step that makes something else out of right values: where it stands, and the module that it is in.

    If all steps are right and the last ones are missing, it is the last step, and `ends_early`. `unregistered` says
    that the step takes a parameter that the network does not know.
    """

    file: str
    line: int
    module: str
    ends_early: bool = False
    unregistered: bool = False


def compared(rights: Sequence[Answer], answer: Answer) -> Compared | None:
    """The answer beside the right one that it has most in common with; None if there is none to compare.

    Both are answers of the probe `trace`; the student's may be anything.
    """
    pairs = [_beside(right, one) for right in _passes(rights) for one in _passes([answer])]
    return max(pairs, key=lambda pair: (pair.share, sum(pair.known)), default=None)


def first_difference(found: Compared) -> FirstDifference | None:
    """Where a network first makes of right values what the right one does not compute; None if it nowhere does."""
    steps, known = found.steps, found.known
    leads_on = list(known)  # whether a later right result comes from this step
    for number in reversed(range(len(known))):
        if leads_on[number]:
            for source in steps.sources[number]:
                if source >= 0:
                    leads_on[source] = True
    for number, sources in enumerate(steps.sources):
        right_before = all(source < 0 or known[source] for source in sources)
        if right_before and not leads_on[number] and steps.prints[number][-1] > 0:
            place = steps.files[number], steps.lines[number], steps.modules[number]
            return FirstDifference(*place, unregistered=steps.unregistered[number])
    if all(known) and not found.ends:
        return FirstDifference(steps.files[-1], steps.lines[-1], steps.modules[-1], ends_early=True)
    return None


def _beside(right: Steps, steps: Steps) -> Compared:
    known = [_among(right, steps.prints[number], steps.sizes[number]) for number in range(len(steps.sizes))]
    same = sum(_holds(steps.alone, layer).any() for layer in right.alone)
    ends = _among(steps, right.prints[-1], right.sizes[-1])
    return Compared(steps, known, ends, int(same) / max(1, len(right.alone)))


def _among(steps: Steps, print_: Array, size: int) -> bool:
    """Whether one of the steps has a result of this description."""
    return bool((_holds(steps.prints, print_) & (np.asarray(steps.sizes, dtype=np.int64) == size)).any())


def _holds(prints: Array, one: Array) -> np.ndarray[Any, np.dtype[np.bool_]]:
    """Which of the descriptions are this one; none if it is of zeros."""
    apart: Array = np.abs(prints - one).max(axis=1, initial=0.0)
    return np.asarray((apart <= RTOL * one[-1]) & (one[-1] > 0))


def _passes(answers: Sequence[Answer]) -> list[Steps]:
    """The passes that answers of the probe `trace` hold; a process may send anything."""
    values: list[Any] = [answer.value for answer in answers if isinstance(answer, Returned)]
    ways = [value.get("ways") for value in values if isinstance(value, dict)]
    return [steps for some in ways if isinstance(some, list) for way in some[:MAX_WAYS] if (steps := _read(way))]


def _read(way: Any) -> Steps | None:
    if not isinstance(way, dict) or set(way) != set(Steps.__dataclass_fields__):
        return None
    count = len(way["sizes"]) if isinstance(way["sizes"], list) else -1
    lists = [values for name, values in way.items() if name not in ("prints", "alone")]
    whole = all(isinstance(values, list) and len(values) == count <= MAX_STEPS for values in lists)
    if not whole or not count or not _is_table(way["prints"]) or not _is_table(way["alone"]):
        return None
    sound = (
        len(way["prints"]) == count
        and all(_is_number(one, 0, 1 << 40) for one in (*way["sizes"], *way["lines"]))
        and all(isinstance(one, str) and len(one) <= LONGEST for one in (*way["files"], *way["modules"]))
        and all(type(one) is bool for one in way["unregistered"])
        and all(
            isinstance(some, list) and len(some) <= MAX_STEPS and all(_is_number(one, -1, number) for one in some)
            for number, some in enumerate(way["sources"])
        )
    )
    return Steps(**way) if sound else None


def _is_table(prints: object) -> bool:
    """Whether these are descriptions of results."""
    return (
        isinstance(prints, np.ndarray)
        and prints.dtype == np.float64
        and prints.ndim == 2
        and prints.shape[0] <= MAX_STEPS
        and prints.shape[1] == COLUMNS
        and bool((np.abs(prints) < LARGEST).all())  # also false for what is not finite
    )


def _is_number(value: object, least: int, end: int) -> bool:
    return type(value) is int and least <= value < end
