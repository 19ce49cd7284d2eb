"""Reference + seed -> exam: asks the reference and every misconception the questions, once, in this trusted process."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from autograder.acceptance import accepts
from autograder.asking import ask, call_of, question_of
from autograder.author import Check, Draw, Misconception, Reference, Section
from autograder.case import Case
from autograder.compare import COMPARATORS
from autograder.course import Course, CourseError, read_reference, told
from autograder.looks import knows, looks_at
from autograder.measure import MEASURES
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Raised,
    Returned,
)


def build_exam(
    course: Course, assignment: str, seed: int, digest: str, versions: Mapping[str, str], data: Path | None = None
) -> Exam:
    """The exam of an assignment; raises `CourseError` for a reference that contradicts itself.

    `data` is a folder that the reference may take its data from, in place of what it brings along.
    """
    title, sections = read_reference(course, assignment)
    with _quiet(), _one_thread():
        return Exam(
            assignment=assignment,
            title=title,
            seed=seed,
            digest=digest,
            versions=versions,
            sections=tuple(_section(section, seed, data) for section in sections),
        )


def _section(section: Section, seed: int, data: Path | None) -> ExamSection:
    namespace = {reference.name: reference.right for reference in section.references}
    exercises = tuple(_exercise(section, reference, namespace, seed, data) for reference in section.references)
    return ExamSection(section.name, section.title, section.extra, exercises)


def _exercise(
    section: Section, reference: Reference[Any], namespace: Mapping[str, Any], seed: int, data: Path | None
) -> ExamExercise:
    checks = [check for check in section.checks if check.exercise is reference]
    points = sum(check.points for check in checks)
    if abs(points - reference.points) > 1e-9:
        raise CourseError(f"{section.name}: {reference.name} has {reference.points:g} points, its checks {points:g}.")
    place = f"{section.name}: {reference.name}"
    for number, check in enumerate(checks):
        unknown = [name for name in check.needs if name not in [earlier.name for earlier in checks[:number]]]
        if unknown:
            raise CourseError(f"{place}: check {check.name} needs {unknown[0]!r}, which is no check before it.")
        alone = [name for name in check.counts_with if name not in [other.name for other in checks if other != check]]
        if alone:
            raise CourseError(f"{place}: check {check.name} counts with {alone[0]!r}, which is no other check of it.")
    others = [other.right for other in section.alternatives if other.exercise is reference]
    misconceptions = [wrong for wrong in section.misconceptions if wrong.exercise is reference]
    for mistake in misconceptions:
        if not mistake.hint:
            raise CourseError(f"{place}: misconception {mistake.name} has no docstring, the hint for the student.")
    drawn = {check.name: _items(section, check, reference, namespace, others, seed, data) for check in checks}
    return ExamExercise(
        name=reference.name,
        points=reference.points,
        signature=f"{reference.name}{inspect.signature(reference.right)}",
        checks=tuple(_check(check, reference, drawn[check.name]) for check in checks),
        misconceptions=tuple(_misconception(wrong, checks, drawn, namespace) for wrong in misconceptions),
        hints=reference.hints,
    )


def _check(check: Check, reference: Reference[Any], items: tuple[Item, ...]) -> ExamCheck:
    return ExamCheck(
        name=check.name,
        title=check.title,
        points=check.points,
        comparator=check.comparator,
        parameters=check.parameters,
        items=items,
        needs=check.needs,
        counts_with=check.counts_with,
        hidden=check.hidden,
        training=check.training,
        measure=check.measure,
        picture=check.picture,
        seconds=reference.training_seconds if check.measure else reference.seconds,
    )


def _items(
    section: Section,
    check: Check,
    reference: Reference[Any],
    namespace: Mapping[str, Any],
    others: list[Any],
    seed: int,
    data: Path | None,
) -> tuple[Item, ...]:
    place = f"{section.name}: check {check.name} of {reference.name}"
    _must_be_known(place, check)
    items = []
    for drawn in _drawn(place, check, Draw(seed, section.name, reference.name, check.name, data=data)):
        question = question_of(check, drawn)
        if drawn.due is not None:
            items.append(Item(call_of(reference, drawn), question, (Returned(dict(drawn.due)),)))
            continue
        expected = [ask(namespace, question)]
        for other in others:
            answer = ask({**namespace, reference.name: other}, question)
            if not accepts(check, expected, answer):
                expected.append(answer)
        _must_hold(place, check, expected)
        looks = looks_at(check.picture, question, expected[0])
        asked = tuple(Item(call, look, (ask(namespace, look),)) for call, look in looks)
        items.append(Item(call_of(reference, drawn), question, tuple(expected), asked))
    if not items:
        raise CourseError(f"{place} yields no case.")
    return tuple(items)


def _must_be_known(place: str, check: Check) -> None:
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


def _drawn(place: str, check: Check, draw: Draw) -> Iterator[Case]:
    """The cases of a check, one by one; whatever goes wrong in its generator is told with the check's name."""
    try:
        cases: object = check.cases(draw)
        if not isinstance(cases, Iterable):
            raise CourseError(f"{place} yields no case: a check is a generator, with `yield case(...)`.")
        for drawn in cases:
            if not isinstance(drawn, Case):
                kind = type(drawn).__name__
                raise CourseError(f"{place} yields a value of type {kind}: write `yield case(...)`.")
            yield drawn
    except CourseError:
        raise
    except Exception as error:  # the author's generator may raise anything
        raise CourseError(f"{place}: {told(error)}.") from error


def _must_hold(place: str, check: Check, expected: list[Answer]) -> None:
    for answer in expected:
        if isinstance(answer, Raised) and answer.error != "ValueError":
            raise CourseError(f"{place}: the reference raises {answer.error}: {answer.message} {answer.where}")
        if not accepts(check, [answer], answer):
            raise CourseError(f"{place}: the reference does not pass its own check.")


def _misconception(
    wrong: Misconception,
    checks: Iterable[Check],
    drawn: Mapping[str, tuple[Item, ...]],
    namespace: Mapping[str, Any],
) -> ExamMisconception:
    answers = {}
    mistaken = {**namespace, wrong.exercise.name: wrong.wrong}
    for check in checks:
        if check.measure:
            continue
        items = drawn[check.name]
        given = tuple(_renamed(ask(mistaken, item.question), wrong) for item in items)
        if not all(accepts(check, item.expected, answer) for item, answer in zip(items, given, strict=True)):
            answers[check.name] = given
    return ExamMisconception(wrong.name, wrong.hint, answers)


def _renamed(answer: Answer, wrong: Misconception) -> Answer:
    """An error message that names the misconception names the exercise instead, as a student's would."""
    if isinstance(answer, Raised):
        return Raised(answer.error, answer.message.replace(wrong.name, wrong.exercise.name))
    return answer


@contextlib.contextmanager
def _quiet() -> Any:
    """Misconceptions may print and warn; nobody needs to read it."""
    with contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


@contextlib.contextmanager
def _one_thread() -> Any:
    """One thread, as in the sandbox, so that both round alike."""
    import torch

    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_num_threads(threads)
