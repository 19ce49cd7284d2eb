"""Refuses a reference that contradicts itself, in a sentence that names the place."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.author.case import Case
from autograder.author.limits import time_limit
from autograder.author.picture import is_picture
from autograder.author.questions import error_of
from autograder.author.reading import place_and_message
from autograder.author.words import Check, Draw, Reference, Section
from autograder.errors import CourseError, UserError
from autograder.judge import COMPARATORS, MEASURES, NEEDED, objection
from autograder.model import Answer, Question, Raised, Refused

MOST_CASES = 1_000  # of one check; a generator without an end is an error
LONGEST_DRAW = 30.0  # seconds until a check has drawn its next case
END = object()


def refuse_unsound_exercise(section: Section, reference: Reference[Any], checks: Sequence[Check]) -> None:
    """Refuse an exercise whose points do not add up, that needs unknown checks, or whose misconceptions lack a hint."""
    place = f"{section.name}: {reference.name}"
    points = sum(check.points for check in checks)
    if abs(points - reference.points) > 1e-9:
        raise CourseError(f"{section.name}: {reference.name} has {reference.points:g} points, its checks {points:g}.")
    for number, check in enumerate(checks):
        unknown = [name for name in check.needs if name not in [earlier.name for earlier in checks[:number]]]
        if unknown:
            raise CourseError(f"{place}: check {check.name} needs {unknown[0]!r}, which is no check before it.")
        alone = [name for name in check.counts_with if name not in [other.name for other in checks if other != check]]
        if alone:
            raise CourseError(f"{place}: check {check.name} counts with {alone[0]!r}, which is no other check of it.")
    for mistake in section.misconceptions:
        if mistake.exercise is reference and not mistake.hint:
            raise CourseError(f"{place}: misconception {mistake.name} has no docstring, the hint for the student.")


def refuse_unknown_words(place: str, check: Check) -> None:
    """Refuse a check without its sentence, with an unknown probe, comparator or measure, or with wrong parameters."""
    if not check.title:
        raise CourseError(f"{place} has no docstring, the sentence that the student reads.")
    if not is_picture(check.picture):
        raise CourseError(
            f"{place}: there is no picture {check.picture!r}; there are reach, stages, and axes as in 'N C H W -> N C'."
        )
    _refuse_unknown_functions(place, check)
    _refuse_wrong_parameters(place, check)
    if check.measure:
        _refuse_wrong_sentence(place, check)


def _refuse_unknown_functions(place: str, check: Check) -> None:
    from autograder.sandbox.inside.probes import PROBES

    for word, name, known in (
        ("probe", check.probe, PROBES),
        ("comparator", check.comparator, COMPARATORS),
        ("measure", check.measure, {"": None, **MEASURES}),
    ):
        if name not in known:
            raise CourseError(f"{place}: there is no {word} {name!r}; there are {', '.join(filter(None, known))}.")


def _refuse_wrong_parameters(place: str, check: Check) -> None:
    """Refuse parameters that the measure or comparator does not take, and missing ones that it needs."""
    taken = inspect.signature(COMPARATORS[check.comparator]).parameters.values()
    needed = {one.name: one.default is one.empty for one in taken if one.kind is one.KEYWORD_ONLY}
    if check.measure:
        needed = {"tells": True, "least": "most" not in check.parameters, "most": "least" not in check.parameters}
    taker = check.measure or check.comparator
    for name in check.parameters:
        if name not in needed:
            has = f"it takes {', '.join(needed)}" if needed else "it takes none"
            raise CourseError(f"{place}: {name!r} is no keyword of check and no parameter of {taker}; {has}.")
    for name, is_needed in needed.items():
        if is_needed and name not in check.parameters:
            raise CourseError(f"{place}: {taker} needs the parameter {name!r}.")


def _refuse_wrong_sentence(place: str, check: Check) -> None:
    """Refuse a sentence on a training that cannot be filled in."""
    try:
        str(check.parameters["tells"]).format(value=0.5, threshold=0.5)
    except (LookupError, ValueError) as error:
        raise CourseError(
            f"{place}: tells is a sentence with the fields {{value}} and {{threshold}}, such as "
            f'"{{value:.0%}} are right"; this one fails with {type(error).__name__}: {error}.'
        ) from None


def draw_cases(place: str, check: Check, draw: Draw) -> Iterator[Case]:
    """The cases of a check, one by one; an error names the check."""
    try:
        cases: object = check.cases(draw)
        if not isinstance(cases, Iterable):
            raise CourseError(f"{place} yields no case: a check is a generator, with `yield case(...)`.")
        iterator = iter(cases)
        for _ in range(MOST_CASES + 1):
            with time_limit(LONGEST_DRAW, place):
                drawn = next(iterator, END)
            if drawn is END:
                return
            if not isinstance(drawn, Case):
                kind = type(drawn).__name__
                raise CourseError(f"{place} yields a value of type {kind}: write `yield case(...)`.")
            given = drawn.for_measure or {}
            missing = [f"{name}=" for name in NEEDED[check.measure] if name not in given] if check.measure else []
            if missing:
                names = ", ".join(missing)
                raise CourseError(
                    f"{place} trains: write `case(...).expecting({names})`, what {check.measure} compares with."
                )
            yield drawn
        raise CourseError(f"{place} yields more than {MOST_CASES:,} cases: does it ever end?")
    except (UserError, GeneratorExit):
        raise
    except (Exception, SystemExit) as error:  # the author's generator may raise anything
        raise CourseError(f"{place}: {place_and_message(error)}.") from error


def refuse_wrong_reference(
    place: str, check: Check, answer: Answer, namespace: Mapping[str, Any], question: Question
) -> None:
    """Refuse a reference that does not answer, or that its own check refuses."""
    if isinstance(answer, Refused) or (isinstance(answer, Raised) and answer.error != "ValueError"):
        error = error_of(namespace, question)
        why = place_and_message(error) if error is not None else answer.message
        missing = answer.message.strip("'")
        if why.startswith("KeyError") and missing not in question.options:
            raise CourseError(
                f"{place}: the probe {check.probe} needs the option `{missing}`: `case(...).given({missing}=...)`."
            )
        raise CourseError(f"{place}: the reference fails: {why}.")
    try:
        reason = objection(check, answer, answer)
    except Exception as error:  # a parameter of the author's may be anything
        raise CourseError(
            f"{place}: {check.comparator} fails with {type(error).__name__}: {error}; are its parameters right?"
        ) from error
    if reason is not None:
        raise CourseError(f"{place}: the reference does not pass its own check: {reason}.")
