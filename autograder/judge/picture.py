"""The data of a picture of a wrong answer beside the right one; the reports draw it.

Nothing here knows what an exercise is about. Where arrays are expected, both are shown as maps at the worst place; the
author of a check requests the other kinds of picture.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict

from autograder.judge.accept import Rules
from autograder.judge.figure import ShownFigure, read_figure
from autograder.judge.maps import arguments_of, maps_of
from autograder.judge.rules import scalar_kind, show
from autograder.model import Answer, ExamCheck, Item, Picture, Returned

LONGEST_REACH = 400
MOST_STAGES = 60
MOST_WINDOWS = 40
LONGEST_AXIS = 60  # values
FIGURE = "figure"  # the probe that describes a figure


class FieldRow(TypedDict):
    """One layer of a picture of kind `reach`: the expected and the actual size of its receptive field."""

    layer: str
    expected: int
    got: int | None


class StageRow(TypedDict):
    """One stage of a picture of kind `stages`, as text: the expected shapes, and those of the student's network."""

    expected: str
    got: str
    same: bool


class WindowRow(TypedDict):
    """One window of a picture of kind `windows`: where it begins, and whether it is expected and in the answer."""

    first: int
    expected: bool
    got: bool


class TwoFigures(TypedDict):
    """A picture of kind `figure`: the student's figure, and the expected one where the answer is wrong."""

    expected: ShownFigure | None
    got: ShownFigure


def wrong_item(rules: Rules, check: ExamCheck, answers: Sequence[Answer]) -> int | None:
    """The number of the first item whose answer is wrong, which the feedback shows; None if all are right."""
    pairs = enumerate(zip(check.items, answers, strict=False))
    return next((number for number, (item, answer) in pairs if not rules.accepts(check, item.expected, answer)), None)


def picture_of(
    rules: Rules, check: ExamCheck, signature: str, item: Item, answer: Answer, more: Sequence[Answer]
) -> Picture | None:
    """The picture of a wrong answer, or None where words say as much; `more` are the answers to `picture_items`."""
    if check.picture == "stages":
        data = _stages(item.picture_items, more)
        if data is not None:
            return Picture("stages", item.call, data)
    expected = item.expected[0]
    if not isinstance(expected, Returned) or not isinstance(answer, Returned):
        return None
    if check.picture == "reach":
        data = _reach(item, expected.value, answer.value, more)
        return None if data is None else Picture("reach", item.call, data)
    if check.picture == "windows":
        data = _windows(arguments_of(item.question, signature), expected.value, answer.value)
        return None if data is None else Picture("windows", item.call, data)
    if item.question.probe == FIGURE:
        return figure_of(item, answer, read_figure(expected.value))
    data = maps_of(rules, check, signature, item.question, expected.value, answer.value)
    return None if data is None else Picture("maps", item.call, data)


def figure_of(item: Item, answer: Answer, expected: ShownFigure | None = None) -> Picture | None:
    """The figure that the student's function draws, beside an expected one."""
    got = read_figure(answer.value) if isinstance(answer, Returned) else None
    return None if got is None else Picture("figure", item.call, TwoFigures(expected=expected, got=got))


def _reach(item: Item, expected: Any, actual: Any, more: Sequence[Answer]) -> dict[str, Any] | None:
    """How far each layer sees: a row with what was expected and what came, in values of the input."""
    layers: Any = item.question.args[0]
    if isinstance(expected, int):
        rights = [*(one.expected[0] for one in item.picture_items), Returned(expected)]
        gots = [*more, Returned(actual)]
        pairs = [(_number(right), _number(got)) for right, got in zip(rights, gots, strict=False)]
    else:
        table = actual if isinstance(actual, (list, tuple)) else ()
        pairs = [
            (int(right[1]), _last(row)) for right, row in itertools.zip_longest(expected, table) if right is not None
        ]
    rows: list[FieldRow] = [
        {"layer": show(layer), "expected": right, "got": got}
        for layer, (right, got) in zip(layers, pairs, strict=False)
        if right is not None and right <= LONGEST_REACH
    ]
    wrong = any(row["got"] != row["expected"] for row in rows)
    return {"rows": rows} if wrong and any(row["got"] is not None for row in rows) else None


def _windows(arguments: Mapping[str, Any], expected: Any, actual: Any) -> dict[str, Any] | None:
    """The windows over an axis by where they begin, in order; the function has a `size` and a `kernel_size`."""
    size, kernel_size, padding = (arguments.get(name, 0) for name in ("size", "kernel_size", "padding"))
    if not all(map(_is_index, (size, kernel_size, padding))):
        return None
    if not all(isinstance(one, list) and len(one) <= MOST_WINDOWS for one in (expected, actual)):
        return None
    if not all(map(_is_index, [*expected, *actual])):
        return None
    right, got = (set(map(int, one)) for one in (expected, actual))
    rows: list[WindowRow] = [
        {"first": first, "expected": first in right, "got": first in got} for first in sorted(right | got)
    ]
    only_the_order = right == got
    return None if only_the_order else {"size": size, "kernel_size": kernel_size, "padding": padding, "rows": rows}


def _is_index(value: Any) -> bool:
    return scalar_kind(value) != "other" and -LONGEST_AXIS <= value <= LONGEST_AXIS and value == int(value)


def _number(answer: Answer) -> int | None:
    """A whole number that can be drawn, or None."""
    value: Any = answer.value if isinstance(answer, Returned) else None
    if scalar_kind(value) == "other" or not 0 <= value <= 10 * LONGEST_REACH:
        return None
    return int(value)


def _last(row: Any) -> int | None:
    return _number(Returned(row[-1])) if isinstance(row, (list, tuple)) and row else None


def _stages(items: Sequence[Item], more: Sequence[Answer]) -> dict[str, Any] | None:
    """The shapes inside two networks, stage by stage; None where they are the same or not known."""
    if not items or not more or not isinstance(more[0], Returned):
        return None
    expected = items[0].expected[0]
    right = _read_stages(expected.value) if isinstance(expected, Returned) else None
    got = _read_stages(more[0].value)
    if right is None or got is None or right == got:
        return None
    rows: list[StageRow] = [
        {"expected": one or "", "got": other or "", "same": one == other}
        for one, other in itertools.zip_longest(right, got)
    ]
    return {"rows": rows}


def _are_counts(parts: Any) -> bool:
    """Whether it is a list of at most 20 whole numbers; the student's process may send anything."""
    return isinstance(parts, list) and len(parts) <= 20 and all(map(_is_count, parts))


def _is_count(part: Any) -> bool:
    return type(part) is int and 0 <= part <= 10**9


def _read_stages(answer: Any) -> list[str] | None:
    """`32 × 32: 1 → 4` for each stage of a network; None for anything else."""
    stages = answer.get("stages") if isinstance(answer, Mapping) else None
    if not isinstance(stages, list) or len(stages) > MOST_STAGES:
        return None
    texts = []
    for stage in stages:
        if not isinstance(stage, list) or len(stage) != 2 or not all(map(_are_counts, stage)):
            return None
        sizes, channels = stage
        where = " × ".join(map(str, sizes)) if sizes else "flat"
        texts.append(f"{where}: {' → '.join(map(str, channels))}")
    return texts if answer.get("ends") is True else [*texts, "stops here"]
