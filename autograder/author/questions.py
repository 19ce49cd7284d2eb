"""Asks in this process what the sandbox would be asked: the reference, and a notebook's own kernel."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from typing import Any

from autograder.author.case import Case, Make
from autograder.author.words import Check
from autograder.model import Answer, Question, Raised, Returned, Value
from autograder.sandbox.inside import wire


def ask(namespace: Mapping[str, Any], question: Question, random_state: int = 0) -> Answer:
    """What the sandbox would answer, asked in this process: through the same probes and the same wire.

    The reference may use what it forbids. `random_state` is what the random functions begin with.
    """
    from autograder.sandbox.inside.probes import ask as ask_inside

    told = wire.decode(wire.encode({**vars(question), "forbids": ()}))
    try:
        return Returned(wire.decode(wire.encode(ask_inside(namespace, told, random_state))))
    except Exception as error:  # noqa: BLE001 - misconceptions may raise anything; the reference is checked after
        return Raised(type(error).__name__, str(error))


def error_of(namespace: Mapping[str, Any], question: Question) -> Exception | None:
    """What the author's code raises when it is asked, with its traceback."""
    from autograder.sandbox.inside.probes import ask as ask_inside

    try:
        ask_inside(namespace, wire.decode(wire.encode({**vars(question), "forbids": ()})))
    except Exception as error:  # noqa: BLE001 - the reference may raise anything
        return error
    return None


def question_of(check: Check, drawn: Case) -> Question:
    """What the sandbox is asked for one case of a check: plain data only."""
    made: dict[int, int] = {}
    options = dict(drawn.options)
    if "watch" in options:
        options["parameters"] = list(inspect.signature(check.exercise.right).parameters)
    return Question(
        probe=check.probe,
        target=check.exercise.name,
        args=tuple(_plain(value, made) for value in drawn.args),
        kwargs={name: _plain(value, made) for name, value in drawn.kwargs.items()},
        options={name: _plain(value, made) for name, value in options.items()},
        forbids=check.exercise.forbids,
    )


def _plain(value: Value, made: dict[int, int]) -> Value:
    """Made objects as plain dicts; one object keeps its number wherever it is used."""
    if isinstance(value, Make):
        number = made.setdefault(id(value), len(made))
        return {
            "make": value.name,
            "id": number,
            "args": [_plain(item, made) for item in value.args],
            "kwargs": {name: _plain(item, made) for name, item in value.kwargs.items()},
        }
    if isinstance(value, (list, tuple)):
        return type(value)(_plain(item, made) for item in value)
    if isinstance(value, dict):
        return {name: _plain(item, made) for name, item in value.items()}
    return value
