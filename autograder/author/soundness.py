"""Refuses a reference that contradicts itself, in a sentence that names the place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.author.case import Case
from autograder.author.draw import Draw
from autograder.author.limits import time_limit
from autograder.author.nouns import Check, Reference
from autograder.author.picture import is_picture
from autograder.author.questions import error_of
from autograder.author.reading import place_and_message
from autograder.author.section import Section
from autograder.edits import undefined_names
from autograder.errors import CourseError, UserError
from autograder.judge import Rules
from autograder.model import Answer, ExamCheck, Question, Raised, Refused

MOST_CASES = 1_000  # of one check; a generator without an end is an error
LONGEST_DRAW = 30.0  # seconds until a check has drawn its next case
END = object()
FOR_PICTURES = ("noisy", "images", "names")  # what pictures of a training show besides


def refuse_unsound_exercise(section: Section, reference: Reference[Any], checks: Sequence[Check]) -> None:
    """Refuse an exercise whose points do not add up, that needs unknown checks, or whose misconceptions lack a hint."""
    place = f"{section.name}: {reference.name}"
    points = sum(check.points for check in checks)
    if abs(points - reference.points) > 1e-9:
        raise CourseError(f"{section.name}: {reference.name} has {reference.points:g} points, its checks {points:g}.")
    for number, check in enumerate(checks):
        unknown = [other.name for other in check.needs if other not in checks[:number]]
        if unknown:
            raise CourseError(f"{place}: check {check.name} needs {unknown[0]}, which is no check before it.")
        alone = [other.name for other in check.counts_with() if other not in checks or other is check]
        if alone:
            raise CourseError(f"{place}: check {check.name} counts with {alone[0]}, which is no other check of it.")
    for mistake in section.misconceptions:
        if mistake.exercise is reference and not mistake.hint:
            raise CourseError(f"{place}: misconception {mistake.name} has no docstring, the hint for the student.")
        unknown = undefined_names(mistake.wrong) if mistake.exercise is reference and mistake.changes else []
        if unknown:
            raise CourseError(f"{place}: mistake {mistake.name} uses {unknown[0]}, which its module does not define.")


def refuse_unfit_check(place: str, check: Check) -> None:
    """Refuse a check without its sentence, or with a picture that nobody can draw."""
    if not check.title:
        raise CourseError(f"{place} has no docstring, the sentence that the student reads.")
    if not is_picture(check.picture):
        raise CourseError(
            f"{place}: there is no picture {check.picture!r}; there are reach, stages, windows, and axes as in "
            "'N C H W -> N C'."
        )


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
            _refuse_wrong_options(place, check, drawn)
            _refuse_wrong_knowledge(place, check, drawn)
            yield drawn
        raise CourseError(f"{place} yields more than {MOST_CASES:,} cases: does it ever end?")
    except (UserError, GeneratorExit):
        raise
    except (Exception, SystemExit) as error:  # the author's generator may raise anything
        raise CourseError(f"{place}: {place_and_message(error)}.") from error


def _refuse_wrong_options(place: str, check: Check, drawn: Case) -> None:
    """Refuse options that the probe does not have, and missing ones that it needs."""
    from autograder.sandbox.inside.probe import NEEDED, meant

    probe = check.ask.probe
    given = {**check.ask.options, **drawn.options}
    for name in given:
        if name not in probe.options:
            raise CourseError(f"{place}: the probe {probe.name} has no option {name!r}; {meant(name, probe.options)}")
    for name, default in probe.options.items():
        if default is NEEDED and name not in given:
            how = "`case(...).on(...)`" if name == "inputs" else f"`case(...).given({name}=...)`"
            raise CourseError(f"{place}: the probe {probe.name} needs the option `{name}`: {how}.")


def _refuse_wrong_knowledge(place: str, check: Check, drawn: Case) -> None:
    """Refuse a training that does not give its measure what it needs, and what no measure needs."""
    given = drawn.for_measure or {}
    needed = check.measure.measure.parameters if check.measure else {}
    missing = [f"{name}=" for name in needed if name not in given]
    if missing and check.measure:
        raise CourseError(
            f"{place} trains: write `case(...).expecting({', '.join(missing)})`, what {check.measure.measure.name} "
            "compares with."
        )
    for name in given:
        if name not in needed and not (check.measure and name in FOR_PICTURES):
            takes = f"{check.measure.measure.name} takes {', '.join(needed)}" if check.measure else "it has no measure"
            raise CourseError(f"{place}: expecting({name}=...) is of no use here; {takes}.")


def refuse_wrong_reference(
    place: str,
    check: ExamCheck,
    answer: Answer,
    namespace: Mapping[str, Any],
    question: Question,
    probes: Mapping[str, Any],
    rules: Rules,
) -> None:
    """Refuse a reference that does not answer, or that its own check refuses."""
    if isinstance(answer, Refused) or (isinstance(answer, Raised) and answer.error != "ValueError"):
        error = error_of(namespace, question, probes)
        why = place_and_message(error) if error is not None else answer.message
        raise CourseError(f"{place}: the reference fails: {why}.")
    try:
        reason = rules.objection(check, answer, answer)
    except Exception as error:  # a parameter of the author's may be anything
        raise CourseError(
            f"{place}: {check.comparator} fails with {type(error).__name__}: {error}; are its parameters right?"
        ) from error
    if reason is not None:
        raise CourseError(f"{place}: the reference does not pass its own check: {reason}.")
