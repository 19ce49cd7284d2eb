"""Reference + seed -> exam: asks the reference and every misconception the questions, once, in this trusted process."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from autograder.author import (
    Check,
    Draw,
    Misconception,
    Reference,
    Section,
    ask,
    draw_cases,
    picture_questions,
    question_of,
    read_reference,
    refuse_unknown_words,
    refuse_unsound_exercise,
    refuse_wrong_reference,
    time_limit,
)
from autograder.course import Course
from autograder.errors import CourseError
from autograder.exam.call_text import call_of
from autograder.judge import accepts
from autograder.model import (
    Answer,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Raised,
    Refused,
    Returned,
)
from autograder.sandbox.inside.wire import WireError

SLOW = 3  # times the seconds that a student's answer may take; the author's machine may be slow, too


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
    refuse_unsound_exercise(section, reference, checks)
    others = [other.right for other in section.alternatives if other.exercise is reference]
    misconceptions = [wrong for wrong in section.misconceptions if wrong.exercise is reference]
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
    refuse_unknown_words(place, check)
    items = []
    for drawn in draw_cases(place, check, Draw(seed, section.name, reference.name, check.name, data=data)):
        question, call = question_of(check, drawn), call_of(reference, drawn)
        if drawn.for_measure is not None:
            items.append(Item(call, question, (Returned(dict(drawn.for_measure)),)))
            continue
        expected: list[Answer] = []
        for right in (namespace, *({**namespace, reference.name: other} for other in others)):
            with time_limit(SLOW * reference.seconds, f"{place}: the reference, asked for {call},"):
                try:
                    answer = ask(right, question)
                except WireError as error:
                    raise CourseError(f"{place}: {call}: {error}.") from None
            if not accepts(check, expected, answer):
                refuse_wrong_reference(place, check, answer, right, question)
                expected.append(answer)
        more = picture_questions(check.picture, question, expected[0])
        picture_items = tuple(Item(word, one, (ask(namespace, one),)) for word, one in more)
        items.append(Item(call, question, tuple(expected), picture_items))
    if not items:
        raise CourseError(f"{place} yields no case.")
    return tuple(items)


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
        with time_limit(SLOW * wrong.exercise.seconds, f"{wrong.name}, a misconception of {wrong.exercise.name},"):
            wrong_answers = tuple(_renamed(ask(mistaken, item.question), wrong) for item in items)
        if not all(accepts(check, item.expected, answer) for item, answer in zip(items, wrong_answers, strict=True)):
            answers[check.name] = wrong_answers
    return ExamMisconception(wrong.name, wrong.hint, answers)


def _renamed(answer: Answer, wrong: Misconception) -> Answer:
    """An error message that names the misconception names the exercise instead, as a student's would."""
    if isinstance(answer, (Raised, Refused)):
        return replace(answer, message=answer.message.replace(wrong.name, wrong.exercise.name))
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
