"""Refuses a reference that contradicts itself, in a sentence that names the place."""

from __future__ import annotations

import inspect
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.author.case import Case
from autograder.author.picture import knows
from autograder.author.questions import error_of
from autograder.author.reading import told
from autograder.author.time_limit import ends_within
from autograder.author.words import Check, Draw, Reference, Section
from autograder.errors import CourseError, UserError
from autograder.judge import COMPARATORS, MEASURES, NEEDED, objection
from autograder.model import Answer, Question, Raised, Refused

MOST_CASES = 1_000  # of one check; a generator without an end is to be told
LONGEST_DRAW = 30.0  # seconds until a check has drawn its next case
END = object()


def exercise_is_sound(section: Section, reference: Reference[Any], checks: Sequence[Check]) -> None:
    """Points add up, names that checks need are there, and each misconception has its hint; else `CourseError`."""
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


def check_is_known(place: str, check: Check) -> None:
    """The check has its sentence; its probe, comparator and measure are there, and take its parameters."""
    from autograder.sandbox.inside.probes import PROBES

    if not check.title:
        raise CourseError(f"{place} has no docstring, the sentence that the student reads.")
    if not knows(check.picture):
        raise CourseError(
            f"{place}: there is no picture {check.picture!r}; there are reach, stages, and axes as in 'N C H W -> N C'."
        )
    for word, name, known in (
        ("probe", check.probe, PROBES),
        ("comparator", check.comparator, COMPARATORS),
        ("measure", check.measure, {"": None, **MEASURES}),
    ):
        if name not in known:
            raise CourseError(f"{place}: there is no {word} {name!r}; there are {', '.join(filter(None, known))}.")
    taken = inspect.signature(COMPARATORS[check.comparator]).parameters.values()
    due = {one.name: one.default is one.empty for one in taken if one.kind is one.KEYWORD_ONLY}
    if check.measure:
        due = {"tells": True, "least": "most" not in check.parameters, "most": "least" not in check.parameters}
    taker = check.measure or check.comparator
    for name in check.parameters:
        if name not in due:
            has = f"it takes {', '.join(due)}" if due else "it takes none"
            raise CourseError(f"{place}: {name!r} is no keyword of check and no parameter of {taker}; {has}.")
    for name, needed in due.items():
        if needed and name not in check.parameters:
            raise CourseError(f"{place}: {taker} needs the parameter {name!r}.")
    if check.measure:
        try:
            str(check.parameters["tells"]).format(value=0.5, threshold=0.5)
        except (LookupError, ValueError) as error:
            raise CourseError(
                f"{place}: tells is a sentence with the fields {{value}} and {{threshold}}, such as "
                f'"{{value:.0%}} are right"; this one fails with {type(error).__name__}: {error}.'
            ) from None


def cases_of(place: str, check: Check, draw: Draw) -> Iterator[Case]:
    """The cases of a check, one by one; whatever goes wrong in its generator is told with the check's name."""
    try:
        cases: object = check.cases(draw)
        if not isinstance(cases, Iterable):
            raise CourseError(f"{place} yields no case: a check is a generator, with `yield case(...)`.")
        iterator = iter(cases)
        for _ in range(MOST_CASES + 1):
            with ends_within(LONGEST_DRAW, place):
                drawn = next(iterator, END)
            if drawn is END:
                return
            if not isinstance(drawn, Case):
                kind = type(drawn).__name__
                raise CourseError(f"{place} yields a value of type {kind}: write `yield case(...)`.")
            if check.measure and drawn.due is None:
                needed = ", ".join(f"{name}=" for name in NEEDED[check.measure])
                raise CourseError(
                    f"{place} trains: write `case(...).expecting({needed})`, what {check.measure} compares with."
                )
            yield drawn
        raise CourseError(f"{place} yields more than {MOST_CASES:,} cases: does it ever end?")
    except (UserError, GeneratorExit):
        raise
    except (Exception, SystemExit) as error:  # the author's generator may raise anything
        raise CourseError(f"{place}: {told(error)}.") from error


def reference_holds(place: str, check: Check, answer: Answer, namespace: Mapping[str, Any], question: Question) -> None:
    """The reference answers, and passes its own check; else `CourseError` with the reason."""
    if isinstance(answer, Refused) or (isinstance(answer, Raised) and answer.error != "ValueError"):
        error = error_of(namespace, question)
        why = told(error) if error is not None else answer.message
        missing = answer.message.strip("'")
        if why.startswith("KeyError") and missing not in question.options:
            given = f"`case(...).given({missing}=...)`"
            raise CourseError(f"{place}: the probe {check.probe} is told `{missing}` by the case: {given}.")
        raise CourseError(f"{place}: the reference fails: {why}.")
    try:
        reason = objection(check, answer, answer)
    except Exception as error:  # a parameter of the author's may be anything
        raise CourseError(
            f"{place}: {check.comparator} fails with {type(error).__name__}: {error}; are its parameters right?"
        ) from error
    if reason is not None:
        raise CourseError(f"{place}: the reference does not pass its own check: {reason}.")
