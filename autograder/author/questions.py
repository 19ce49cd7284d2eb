"""Asks the reference in this process what the sandbox asks a student's code."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from autograder.author.case import Case, Make
from autograder.author.draw import Draw
from autograder.author.limits import TooLongError
from autograder.author.nouns import Check
from autograder.author.signature import signature_of
from autograder.model import Answer, Question
from autograder.sandbox import read_answer
from autograder.sandbox.inside import wire
from autograder.sandbox.inside.answer import answer_frame
from autograder.sandbox.inside.refusal import Refusal


def ask(namespace: Mapping[str, Any], question: Question, probes: Mapping[str, Any], random_state: int = 0) -> Answer:
    """What the sandbox would answer, asked in this process: through the same probes and the same wire.

    The reference may use what it forbids. `probes` are the course's own. `random_state` seeds the random functions.
    """
    from autograder.sandbox.inside.probes import ask as ask_inside

    sent = _sent(question)
    passes = (KeyboardInterrupt, TooLongError)
    tree = wire.decode(answer_frame(lambda: ask_inside(namespace, sent, probes, random_state), reraise=passes))
    answer = read_answer(tree)
    assert answer is not None, "the frame was made two lines above"
    return answer


def error_of(namespace: Mapping[str, Any], question: Question, probes: Mapping[str, Any]) -> BaseException | None:
    """What the author's code raises when it is asked, with its traceback."""
    from autograder.sandbox.inside.probes import ask as ask_inside

    try:
        ask_inside(namespace, _sent(question), probes)
    except (Exception, Refusal) as error:  # noqa: BLE001 - the reference may raise anything
        return error
    return None


def _sent(question: Question) -> Any:
    """The question as it arrives in the sandbox, with nothing forbidden."""
    return wire.decode(wire.encode({**vars(question), "forbids": ()}))


def question_of(check: Check, drawn: Case, draw: Draw) -> Question:
    """What the sandbox is asked for one case of a check: plain data only.

    A probe that needs a seed gets the next one of `draw`, unless the author gives one.
    """
    from autograder.sandbox.inside.probe import DRAWN, PARAMETERS

    made: dict[int, int] = {}
    options = {**check.ask.options, **drawn.options}
    if "watch" in options or check.ask.probe.options.get("parameters") is PARAMETERS:
        options["parameters"] = list(signature_of(check.exercise.right).parameters)
    if check.ask.probe.options.get("seed") is DRAWN and "seed" not in options:
        options["seed"] = draw.seed()
    return Question(
        probe=check.ask.probe.name,
        target=check.exercise.name,
        args=tuple(_plain(value, made) for value in drawn.args),
        kwargs={name: _plain(value, made) for name, value in drawn.kwargs.items()},
        options={name: _plain(value, made) for name, value in options.items()},
        forbids=check.exercise.forbids,
    )


def _plain(value: Any, made: dict[int, int]) -> Any:
    """Made objects as plain dicts; one object keeps its number wherever it is used."""
    if isinstance(value, Make) and value.itself:
        return {"make": value.name, "id": -1, "args": None, "kwargs": {}}
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
