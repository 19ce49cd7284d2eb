"""The arguments, the expected and the actual arrays as maps of numbers, at the place where the answer is most wrong."""

from __future__ import annotations

import ast
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias, TypedDict

import numpy as np

from autograder.judge.accept import Rules
from autograder.judge.compare import COMPARATORS
from autograder.judge.difference import difference
from autograder.judge.showing import Array, shape, show
from autograder.model import ExamCheck, Question, Returned
from autograder.sandbox.inside.syntax import parse

SIDE = 24  # values along each side of a map; a larger one is cut around the worst place
SHOWN = 4  # maps of one argument
PROBE_KEYS = "output", "returned", "after"  # of an answer, which say nothing to a student
READABLE = 9  # values along each side of an input of a network that is worth showing


WrongArray: TypeAlias = (
    "tuple[tuple[Any, ...], Array, Array]"  # its place in the answer, the expected one, the actual one
)


class Panel(TypedDict):
    """One map of a picture of kind `maps`; panels of one `scale` share their colours.

    `shape` is that of the whole array, of which the map may be a part. A part of the rows or columns is `cut`.
    """

    name: str
    shape: str
    scale: str
    values: list[list[float]]
    marked: list[int] | None  # (row, column)
    cut: str


def maps_of(
    rules: Rules, check: ExamCheck, signature: str, question: Question, expected: Any, actual: Any
) -> dict[str, Any] | None:
    """The arguments, the expected and the student's array and their difference at the worst place, each with its name.

    Comparators of a course get maps as well, if they compare with the expected values.
    """
    if not check.by_value or (check.comparator in COMPARATORS and check.comparator not in ("matches", "agrees")):
        return None
    if check.comparator == "agrees":
        expected, actual = expected["candidates"][0], _first_candidate(actual)
    parameters: Mapping[str, Any] = check.parameters if check.comparator in COMPARATORS else {}
    rtol, atol = float(parameters.get("rtol", 1e-5)), float(parameters.get("atol", 0.0))
    wrong = _wrong_arrays(expected, actual, rtol, atol, ())
    if check.comparator not in COMPARATORS:
        wrong = (one for one in wrong if _decides(rules, check, expected, actual, one))
    found = next(wrong, None)
    if found is None:
        return None
    path, right, got = found
    parts = (key for key in path if key not in PROBE_KEYS)
    name = "".join(f" {key}" if isinstance(key, str) else f"[{show(key)}]" for key in parts)
    worst = _worst(right, got) if right.shape == got.shape else None
    if worst is not None and right[worst] == got[worst]:
        return None  # only the dtype is wrong
    marked = worst if worst is not None else (0,) * right.ndim
    answer_axes, axes = _axes(check.picture, right.ndim)
    panels: list[Panel] = []
    for position, (argument, array) in enumerate(_arrays(question, signature)):
        fitting = axes[position] if position < len(axes) and len(axes[position]) == array.ndim else None
        names = fitting or _default_axes(array, right, answer_axes)
        panels += _panels(argument, array, names, answer_axes, marked)
    place = marked[:-2]
    panels.append(_panel(f"expected{name}", right, place, worst, "answer"))
    panels.append(_panel(f"yours{name}", got, place if worst else (0,) * max(0, got.ndim - 2), worst, "answer"))
    if worst is not None:
        with np.errstate(all="ignore"):
            off = got.astype(np.float64) - right.astype(np.float64)
        panels.append(_panel("difference", off, place, worst, "difference"))
    place_name = "" if worst is None else f"[{', '.join(map(str, worst))}]"
    return {"panels": [panel for panel in panels if panel["values"]], "worst": place_name}


def _decides(rules: Rules, check: ExamCheck, expected: Any, actual: Any, wrong: WrongArray) -> bool:
    """Whether the comparator of a course says something else with the expected array in the place of this one."""
    path, right, _ = wrong
    before, after = (
        rules.objection(check, Returned(expected), Returned(one)) for one in (actual, _replaced(actual, path, right))
    )
    return before != after


def _replaced(answer: Any, path: Sequence[Any], array: Array) -> Any:
    """The answer with another array at this place."""
    if not path:
        return array
    first, *rest = path
    if isinstance(answer, dict):
        return {**answer, first: _replaced(answer[first], rest, array)}
    return type(answer)(_replaced(one, rest, array) if n == first else one for n, one in enumerate(answer))


def _first_candidate(actual: Any) -> Any:
    found = actual.get("candidates") if isinstance(actual, dict) else None
    return found[0] if isinstance(found, list) and found else None


def _wrong_arrays(expected: Any, actual: Any, rtol: float, atol: float, path: tuple[Any, ...]) -> Iterator[WrongArray]:
    """The arrays that are not as expected, with their place in the answer."""
    if isinstance(expected, np.ndarray) and isinstance(actual, np.ndarray):
        shown = all(array.ndim > 0 and array.size > 0 and array.dtype.kind in "biuf" for array in (expected, actual))
        if shown and difference(expected, actual, rtol, atol, "") is not None:
            yield path, expected, actual
    elif isinstance(expected, dict) and isinstance(actual, dict):
        for key in expected:
            if key in actual:
                yield from _wrong_arrays(expected[key], actual[key], rtol, atol, (*path, key))
    elif isinstance(expected, (list, tuple)) and isinstance(actual, (list, tuple)):
        for number, (one, other) in enumerate(zip(expected, actual, strict=False)):
            yield from _wrong_arrays(one, other, rtol, atol, (*path, number))


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
    return [(name, value) for name, value in arguments_of(question, signature).items() if _shown(value)]


def arguments_of(question: Question, signature: str) -> dict[str, Any]:
    """The arguments of a call by their names, in the order of the signature."""
    names = _parameters(signature)
    given = dict(zip(names, question.args, strict=False)) | dict(question.kwargs)
    return {name: _unpacked(given[name]) for name in names if name in given}


def _unpacked(value: Any) -> Any:
    """The array itself, where the question has it made a numpy array."""
    is_array = isinstance(value, Mapping) and value.get("make") == "array"
    return value["args"][0] if is_array and len(value["args"]) == 1 else value


def _shown(value: Any) -> bool:
    return isinstance(value, np.ndarray) and value.size > 1 and value.dtype.kind in "biuf"


def _parameters(signature: str) -> list[str]:
    """`x`, `kernel_size` for `max_pool2d_manual(x, kernel_size, stride=None)`."""
    try:
        function = parse(f"def {signature}: ...").body[0]
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
) -> Iterator[Panel]:
    """The maps of an argument that belong to the worst place of the answer, and all there are along its other axes."""
    last_two = list(answer_axes[-2:])
    own = list(axes[-2:])
    follows = len(last_two) == 2 and set(last_two) <= set(axes) and set(own) & set(answer_axes)
    maps = last_two if follows else own  # maps that became single values are shown as maps
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
        yield _cut(f"{name}[{', '.join(shown)}]" if shown else name, shape(array), part, None, name)


def _panel(name: str, array: Array, place: Sequence[int], worst: Sequence[int] | None, scale: str) -> Panel:
    where = f"[{', '.join(map(str, place))}]" if place else ""
    marked = None if worst is None else tuple(worst[-2:])
    return _cut(f"{name}{where}", shape(array), array[tuple(place)], marked, scale)


def _cut(name: str, of_shape: str, values: Array, marked: Sequence[int] | None, scale: str) -> Panel:
    """A map of at most SIDE × SIDE values around the marked place."""
    if values.ndim < 2:
        values = values.reshape(1, -1)
        marked = None if marked is None else (0, marked[-1])
    rows, columns = (
        _window(length, None if marked is None else marked[axis]) for axis, length in enumerate(values.shape)
    )
    part = values[rows.start : rows.stop, columns.start : columns.stop].astype(np.float64)
    cut = [
        f"{word} {window.start} to {window.stop - 1} of {length}"
        for word, window, length in zip(("rows", "columns"), (rows, columns), values.shape, strict=True)
        if len(window) < length
    ]
    return {
        "name": name,
        "shape": of_shape,
        "values": [[float(value) for value in row] for row in part],
        "marked": None if marked is None else [marked[0] - rows.start, marked[1] - columns.start],
        "cut": ", ".join(cut),
        "scale": scale,
    }


def _window(length: int, middle: int | None) -> range:
    start = 0 if middle is None else min(max(0, middle - SIDE // 2), max(0, length - SIDE))
    return range(start, min(length, start + SIDE))
