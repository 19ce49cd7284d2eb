"""Other arguments for a question, to distinguish equivalent mutants from those that the checks do not catch."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.model import Question

SMALL = 8  # the largest of the integers that are tried for any other
MOST_ELEMENTS = 1 << 14  # of an array that is tried in other shapes


def variants(question: Question, count: int, seed: int = 0) -> Iterator[Question]:
    """The question with one to three of its values changed, `count` times."""
    luck = random.Random(seed)
    for _ in range(count):
        changed = question
        for _ in range(luck.randint(1, 3)):
            changed = _changed(changed, luck)
        yield changed


def _changed(question: Question, luck: random.Random) -> Question:
    options: dict[str, Any] = dict(question.options)
    places: list[tuple[str, Any]] = [("args", index) for index in range(len(question.args))]
    places += [("kwargs", name) for name in question.kwargs]
    places += [("inputs", index) for index in range(len(options.get("inputs") or ()))]
    if "seed" in options:
        options["seed"] = luck.randrange(1 << 31)
        question = replace(question, options=options)
    if not places:
        return question
    kind, place = luck.choice(places)
    if kind == "args":
        args = [_other(value, luck) if index == place else value for index, value in enumerate(question.args)]
        return replace(question, args=tuple(args))
    if kind == "kwargs":
        if luck.random() < 0.2:
            return replace(question, kwargs={name: one for name, one in question.kwargs.items() if name != place})
        return replace(question, kwargs={**question.kwargs, place: _other(question.kwargs[place], luck)})
    inputs = [_other(value, luck) if index == place else value for index, value in enumerate(options["inputs"])]
    return replace(question, options={**options, "inputs": inputs})


def _other(value: Any, luck: random.Random) -> Any:
    """Another value of the same kind."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return luck.choice([value + 1, value - 1, value + 2, 2 * value, luck.randint(0, SMALL), luck.randint(1, SMALL)])
    if isinstance(value, float):
        return luck.choice([value * 2, value / 2, 0.0, 1.0, -value, value + 1])
    if isinstance(value, np.ndarray):
        return _other_array(value, luck)
    if isinstance(value, (list, tuple)):
        return _other_list(value, luck)
    if isinstance(value, dict):
        return _other_dict(value, luck)
    return value


def _other_array(value: np.ndarray[Any, Any], luck: random.Random) -> np.ndarray[Any, Any]:
    """Other values, or another shape, or the same values in another order."""
    numbers = np.random.default_rng(luck.randrange(1 << 31))
    shape = list(value.shape)
    if shape and value.size <= MOST_ELEMENTS and luck.random() < 0.5:
        axis = luck.randrange(len(shape))
        shape[axis] = max(1, shape[axis] + luck.choice([-2, -1, 1, 2, 3]))
    if value.dtype.kind == "f":
        drawn = numbers.standard_normal(shape) * luck.choice([0.1, 1.0, 1.0, 10.0]) + luck.choice([0.0, 0.0, 1.0, -5.0])
        return drawn.astype(value.dtype)
    if value.dtype.kind in "iu" and value.size:
        return numbers.integers(int(value.min()), int(value.max()) + 1, size=shape).astype(value.dtype)
    return numbers.permutation(value.ravel()).reshape(value.shape) if value.size else value


def _other_list(value: Any, luck: random.Random) -> Any:
    items = list(value)
    act = luck.random()
    if not items:
        return value
    place = luck.randrange(len(items))
    if act < 0.15:
        del items[place]
    elif act < 0.3:
        items.insert(place, items[place])
    else:
        items[place] = _other(items[place], luck)
    return type(value)(items)


def _other_dict(value: dict[Any, Any], luck: random.Random) -> dict[Any, Any]:
    """The arguments of an object that the sandbox makes changed; of any other dictionary one value."""
    if "make" in value:
        args = value.get("args")
        return {**value, "args": _other_list(args, luck)} if args and luck.random() < 0.5 else value
    names = list(value)
    place = luck.choice(names) if names else None
    return {name: _other(one, luck) if name == place else one for name, one in value.items()}
