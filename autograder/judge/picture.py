"""The data of a picture of a wrong answer beside the right one; the reports draw it.

Nothing here knows what an exercise is about. Where arrays are expected, both are shown as maps at the worst place; the
author of a check requests the other kinds of picture.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from autograder.judge.accept import accepts
from autograder.judge.difference import Array, difference, scalar_kind, show
from autograder.model import Answer, ExamCheck, Item, Picture, Question, Returned, Value

SIDE = 24  # values along each side of a map; a larger one is cut around the worst place
SHOWN = 4  # maps of one argument
READABLE = 9  # values along each side of an input of a network that is worth showing
LONGEST_REACH = 400
MOST_STAGES = 60


def wrong_item(check: ExamCheck, answers: Sequence[Answer]) -> int | None:
    """The number of the first item whose answer is wrong, which the feedback shows; None if all are right."""
    pairs = enumerate(zip(check.items, answers, strict=False))
    return next((number for number, (item, answer) in pairs if not accepts(check, item.expected, answer)), None)


def picture_of(check: ExamCheck, signature: str, item: Item, answer: Answer, more: Sequence[Answer]) -> Picture | None:
    """The picture of a wrong answer, or None where words say as much; `more` are the answers to `picture_items`."""
    if check.picture == "stages":
        data = _stages(item.picture_items, more)
        if data is not None:
            return Picture("stages", item.call, data)
    due = item.expected[0]
    if not isinstance(due, Returned) or not isinstance(answer, Returned):
        return None
    if check.picture == "reach":
        data = _reach(item, due.value, answer.value, more)
        return None if data is None else Picture("reach", item.call, data)
    data = _maps(check, signature, item.question, due.value, answer.value)
    return None if data is None else Picture("maps", item.call, data)


def _maps(check: ExamCheck, signature: str, question: Question, due: Any, given: Any) -> dict[str, Value] | None:
    """The arguments, expected, got and their difference at the worst place, each as a map with its name."""
    if check.comparator not in ("matches", "agrees"):
        return None
    if check.comparator == "agrees":
        due, given = due["candidates"][0], _first_candidate(given)
    parameters: Mapping[str, Any] = check.parameters
    rtol, atol = float(parameters.get("rtol", 1e-5)), float(parameters.get("atol", 0.0))
    found = next(_wrong_arrays(due, given, rtol, atol, ""), None)
    if found is None:
        return None
    name, right, got = found
    worst = _worst(right, got) if right.shape == got.shape else None
    if worst is not None and right[worst] == got[worst]:
        return None  # only the dtype is wrong
    marked = worst if worst is not None else (0,) * right.ndim
    answer_axes, axes = _axes(check.picture, right.ndim)
    panels: list[dict[str, Value]] = []
    for position, (argument, array) in enumerate(_arrays(question, signature)):
        fitting = axes[position] if position < len(axes) and len(axes[position]) == array.ndim else None
        names = fitting or _default_axes(array, right, answer_axes)
        panels += _panels(argument, array, names, answer_axes, marked)
    place = marked[:-2]
    panels.append(_panel(f"expected{name}", right, place, worst, "answer"))
    panels.append(_panel(f"got{name}", got, place if worst else (0,) * max(0, got.ndim - 2), worst, "answer"))
    if worst is not None:
        with np.errstate(all="ignore"):
            off = got.astype(np.float64) - right.astype(np.float64)
        panels.append(_panel("difference", off, place, worst, "difference"))
    place_name = "" if worst is None else f"[{', '.join(map(str, worst))}]"
    return {"panels": [panel for panel in panels if panel["values"]], "worst": place_name}


def _first_candidate(given: Any) -> Any:
    found = given.get("candidates") if isinstance(given, dict) else None
    return found[0] if isinstance(found, list) and found else None


def _wrong_arrays(due: Any, given: Any, rtol: float, atol: float, path: str) -> Iterator[tuple[str, Array, Array]]:
    """The arrays that are not as expected, with their place in the answer."""
    if isinstance(due, np.ndarray) and isinstance(given, np.ndarray):
        shown = all(array.ndim > 0 and array.size > 0 and array.dtype.kind in "biuf" for array in (due, given))
        if shown and difference(due, given, rtol, atol, "") is not None:
            yield path, due, given
    elif isinstance(due, dict) and isinstance(given, dict):
        for key in due:
            if key in given:
                inner = "" if key == "output" else f"[{show(key)}]"
                yield from _wrong_arrays(due[key], given[key], rtol, atol, path + inner)
    elif isinstance(due, (list, tuple)) and isinstance(given, (list, tuple)):
        for number, (one, other) in enumerate(zip(due, given, strict=False)):
            yield from _wrong_arrays(one, other, rtol, atol, f"{path}[{number}]")


def _worst(right: Array, got: Array) -> tuple[int, ...]:
    """Where two arrays of one shape differ most; what is no number differs more than any."""
    with np.errstate(all="ignore"):
        off = np.nan_to_num(np.abs(got.astype(np.float64) - right.astype(np.float64)), nan=np.inf)
    return tuple(int(i) for i in np.unravel_index(int(off.argmax()), off.shape))


def _arrays(question: Question, signature: str) -> list[tuple[str, Any]]:
    """The arguments with their names in the order of the signature; the inputs of a network."""
    if "inputs" in question.options:
        inputs: Any = question.options["inputs"]
        named = {"input" if len(inputs) == 1 else f"input {n}": one for n, one in enumerate(inputs, 1) if _shown(one)}
        return [(name, one) for name, one in named.items() if max(one.shape[-2:]) <= READABLE]
    names = _parameters(signature)
    named = dict(zip(names, question.args, strict=False)) | dict(question.kwargs)
    return [(name, named[name]) for name in names if name in named and _shown(named[name])]


def _shown(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.size > 1 and value.dtype.kind in "biuf"


def _parameters(signature: str) -> list[str]:
    """`x`, `kernel_size` for `max_pool2d_manual(x, kernel_size, stride=None)`."""
    try:
        function = ast.parse(f"def {signature}: ...").body[0]
    except (SyntaxError, ValueError):
        return []
    if not isinstance(function, ast.FunctionDef):
        return []
    arguments = function.args
    return [argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)]


def _axes(picture: str, ndim: int) -> tuple[list[str], list[list[str]]]:
    """The names of the axes of the answer and of each argument, as the author wrote them, else numbers."""
    arguments, arrow, answer = picture.partition("->")
    names = answer.split()
    if arrow and len(names) == ndim:
        return names, [part.split() for part in arguments.split(",")]
    return [str(axis) for axis in range(ndim)], []


def _default_axes(array: Array, right: Array, answer_axes: Sequence[str]) -> list[str]:
    """Axes before the last two are those of the answer where they are as long."""
    leading = max(0, array.ndim - 2)
    same = [axis < right.ndim and array.shape[axis] == right.shape[axis] for axis in range(leading)]
    return [answer_axes[axis] if axis < leading and same[axis] else f"own {axis}" for axis in range(array.ndim)]


def _panels(
    name: str, array: Array, axes: Sequence[str], answer_axes: Sequence[str], worst: Sequence[int]
) -> Iterator[dict[str, Value]]:
    """The maps of an argument that belong to the worst place of the answer, and all there are along its other axes."""
    last_two = list(answer_axes[-2:])
    own = list(axes[-2:])
    kept = len(last_two) == 2 and set(last_two) <= set(axes) and set(own) & set(answer_axes)
    maps = last_two if kept else own  # maps that became single values are shown as maps
    fixed = dict(zip(answer_axes, worst, strict=True))
    choices: list[Sequence[int | None]] = []
    for axis, length in zip(axes, array.shape, strict=True):
        if axis in maps:
            choices.append((None,))
        else:
            choices.append((fixed[axis],) if fixed.get(axis, length) < length else range(length))
    for index in itertools.islice(itertools.product(*choices), SHOWN):
        part = array[tuple(slice(None) if place is None else place for place in index)]
        shown = [":" if place is None else str(place) for place in index]
        while shown and shown[-1] == ":":
            shown.pop()
        yield _cut(f"{name}[{', '.join(shown)}]" if shown else name, part, None, name)


def _panel(name: str, array: Array, place: Sequence[int], worst: Sequence[int] | None, scale: str) -> dict[str, Value]:
    where = f"[{', '.join(map(str, place))}]" if place else ""
    marked = None if worst is None else tuple(worst[-2:])
    return _cut(f"{name}{where}", array[tuple(place)], marked, scale)


def _cut(name: str, values: Array, marked: Sequence[int] | None, scale: str) -> dict[str, Value]:
    """A map of at most SIDE × SIDE values around the marked place."""
    if values.ndim < 2:
        values = values.reshape(1, -1)
        marked = None if marked is None else (0, marked[-1])
    rows, columns = (
        _window(length, None if marked is None else marked[axis]) for axis, length in enumerate(values.shape)
    )
    kept = values[rows.start : rows.stop, columns.start : columns.stop].astype(np.float64)
    cut = [
        f"{word} {kept.start} to {kept.stop - 1} of {length}"
        for word, kept, length in zip(("rows", "columns"), (rows, columns), values.shape, strict=True)
        if len(kept) < length
    ]
    return {
        "name": name,
        "values": [[float(value) for value in row] for row in kept],
        "marked": None if marked is None else [marked[0] - rows.start, marked[1] - columns.start],
        "cut": ", ".join(cut),
        "scale": scale,
    }


def _window(length: int, middle: int | None) -> range:
    start = 0 if middle is None else min(max(0, middle - SIDE // 2), max(0, length - SIDE))
    return range(start, min(length, start + SIDE))


def _reach(item: Item, due: Any, given: Any, more: Sequence[Answer]) -> dict[str, Value] | None:
    """How far each layer sees: a row with what was expected and what came, in values of the input."""
    layers: Any = item.question.args[0]
    if isinstance(due, int):
        rights = [*(one.expected[0] for one in item.picture_items), Returned(due)]
        gots = [*more, Returned(given)]
        pairs = [(_number(right), _number(got)) for right, got in zip(rights, gots, strict=False)]
    else:
        rows = given if isinstance(given, (list, tuple)) else ()
        pairs = [(int(right[1]), _last(row)) for right, row in itertools.zip_longest(due, rows) if right is not None]
    rows = [
        {"layer": show(layer), "expected": right, "got": got}
        for layer, (right, got) in zip(layers, pairs, strict=False)
        if right is not None and right <= LONGEST_REACH
    ]
    wrong = any(row["got"] != row["expected"] for row in rows)
    return {"rows": rows} if wrong and any(row["got"] is not None for row in rows) else None


def _number(answer: Answer) -> int | None:
    """A whole number that can be drawn, or None."""
    value: Any = answer.value if isinstance(answer, Returned) else None
    if scalar_kind(value) == "other" or not 0 <= value <= 10 * LONGEST_REACH:
        return None
    return int(value)


def _last(row: Any) -> int | None:
    return _number(Returned(row[-1])) if isinstance(row, (list, tuple)) and row else None


def _stages(items: Sequence[Item], more: Sequence[Answer]) -> dict[str, Value] | None:
    """The shapes inside two networks, stage by stage; None where they are the same or not known."""
    if not items or not more or not isinstance(more[0], Returned):
        return None
    due = items[0].expected[0]
    right = _read_stages(due.value) if isinstance(due, Returned) else None
    got = _read_stages(more[0].value)
    if right is None or got is None or right == got:
        return None
    rows = [
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
