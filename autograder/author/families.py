"""Checks that many exercises share, each in one line: those of every network, and tables of calls."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Any

from autograder.author.case import Argument, Case
from autograder.author.draw import Draw
from autograder.author.nouns import Check, Reference
from autograder.author.words import check
from autograder.errors import CourseError
from autograder.judge import parts_agree, show
from autograder.model import Value

Part = float | tuple[float, str, str]
"""What a check of a family is worth; or its points, its name, and the sentence that the student reads."""
Built = Callable[[Draw], Case | Iterable[Case]]

SHAKY = "eval() does not make the network deterministic: the same input gives another output the second time"
RANDOM = "in training mode the same input gives another output the second time: something in between is random"
NEIGHBOURS = "a row alone gives another output than the same row within a batch"
LOST = "a network that has loaded the state_dict of a trained one gives other outputs: part of it was not saved"


def network(
    exercise: Reference[Any],
    built: Built,
    *,
    counts_with: Check,
    parameters: Part = 0,
    repeatable: Part = 0,
    draws_nothing: Part = 0,
    rows_alone: Part = 0,
    learns: Part = 0,
    round_trip: Part = 0,
) -> tuple[Check, ...]:
    """The checks that every network gets; those with 0 points are left out.

    `built` gives the cases, with the inputs of a forward pass: `lambda draw: case(3, 5).on(draw.normal(2, 3, 6, 7))`.
    `counts_with` is the check of its values, without which none of these counts.

    - `parameters`: as many registered parameters as the reference.
    - `repeatable`: in eval mode the same input gives the same output.
    - `draws_nothing`: in training mode nothing is random.
    - `rows_alone`: a row of a batch does not depend on the others, in eval mode.
    - `learns`: the gradient reaches every parameter.
    - `round_trip`: `state_dict()` holds all that training changes.
    """
    from autograder.sandbox.inside.probes import behaviour, count

    family = (
        (parameters, "parameters", "The layers hold the right number of parameters", count.parameters, None),
        (repeatable, "repeatable", "In eval mode the same input gives the same output", behaviour.repeated, SHAKY),
        (draws_nothing, "draws_nothing", "In training mode nothing is random", behaviour.trained_again, RANDOM),
        (rows_alone, "rows_alone", "A row does not depend on the other rows", behaviour.row_alone, NEIGHBOURS),
        (learns, "learns", "The gradient reaches every parameter", behaviour.gradients, None),
        (round_trip, "round_trip", "state_dict() holds all that training changes", behaviour.round_trip, LOST),
    )
    checks = []
    for part, name, title, probe, why in family:
        points, name, title = part if isinstance(part, tuple) else (part, name, title)
        if points:
            compare = None if why is None else parts_agree(why=why, rtol=1e-3 if why is NEIGHBOURS else 1e-5)
            made = check(exercise, points=points, ask=probe, compare=compare, counts_with=counts_with)(_each(built))
            checks.append(replace(made, name=name, title=title))
    return tuple(checks)


def cases(exercise: Reference[Any], *rows: tuple[Argument | tuple[Argument, ...] | Case, Value]) -> Iterator[Case]:
    """A table of calls, a line each: the arguments, and what is right. `yield from cases(add, ((1, 2), 3))`.

    A single argument needs no tuple, and a case may have keywords: `(case(1, other=2), 3)`. Raises `CourseError` if the
    reference itself gives something else.
    """
    for arguments, right in rows:
        row = (
            arguments
            if isinstance(arguments, Case)
            else Case(arguments if isinstance(arguments, tuple) else (arguments,))
        )
        found = exercise.right(*row.args, **row.kwargs)
        if found != right:
            given = [*map(show, row.args), *(f"{name}={show(one)}" for name, one in row.kwargs.items())]
            call = f"{exercise.name}({', '.join(given)})"
            raise CourseError(f"the table says that {call} is {show(right)}, the reference gives {show(found)}")
        yield row


def _each(built: Built) -> Callable[[Draw], Iterator[Case]]:
    def each(draw: Draw) -> Iterator[Case]:
        found = built(draw)
        yield from (found,) if isinstance(found, Case) else found

    return each
