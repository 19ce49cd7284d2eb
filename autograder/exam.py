"""Reference + seed -> exam: asks the reference and every misconception the questions, once, in this trusted process."""

from __future__ import annotations

import contextlib
import inspect
import io
import warnings
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from autograder.author import Check, Draw, Misconception, Reference, Section
from autograder.compare import COMPARATORS
from autograder.course import Course, CourseError, read_reference, told
from autograder.difference import show
from autograder.measure import MEASURES
from autograder.model import (
    Answer,
    Case,
    Exam,
    ExamCheck,
    ExamExercise,
    ExamMisconception,
    ExamSection,
    Item,
    Make,
    Question,
    Raised,
    Returned,
    Value,
)
from autograder.sandbox.inside import wire


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
        hidden=check.hidden,
        training=check.training,
        measure=check.measure,
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
            items.append(Item(_call(reference, drawn), question, (Returned(dict(drawn.due)),)))
            continue
        expected = [ask(namespace, question)]
        for other in others:
            answer = ask({**namespace, reference.name: other}, question)
            if not accepts(check, expected, answer):
                expected.append(answer)
        _must_hold(place, check, expected)
        items.append(Item(_call(reference, drawn), question, tuple(expected)))
    if not items:
        raise CourseError(f"{place} yields no case.")
    return tuple(items)


def _must_be_known(place: str, check: Check) -> None:
    """The check has its sentence; its probe, comparator and measure are there, and take its parameters."""
    from autograder.sandbox.inside.probes import PROBES

    if not check.title:
        raise CourseError(f"{place} has no docstring, the sentence that the student reads.")
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


def accepts(check: Check | ExamCheck, expected: Iterable[Answer], actual: Answer) -> bool:
    """Whether an answer equals one of the expected ones by the check's comparator."""
    return any(refusal(check, right, actual) is None for right in expected)


def refusal(check: Check | ExamCheck, expected: Answer, actual: Answer) -> str | None:
    """None if the answer will do, else one sentence that says why not."""
    if isinstance(expected, Raised):
        if isinstance(actual, Raised) and expected.error in (actual.error, *actual.kinds):
            return None
        if isinstance(actual, Returned):
            return f"expected {expected.error}, got {show(actual.value)}"
        return f"expected {expected.error}"
    if isinstance(expected, Returned) and isinstance(actual, Returned):
        with np.errstate(all="ignore"):  # a student's numbers may overflow; what follows is told in words
            return COMPARATORS[check.comparator](expected.value, actual.value, **check.parameters)
    return "there is no answer"


def ask(namespace: Mapping[str, Any], question: Question) -> Answer:
    """What the sandbox would answer, asked in this process: through the same probes and the same wire.

    The reference may use what it forbids.
    """
    from autograder.sandbox.inside.probes import ask as ask_inside

    told = wire.decode(wire.encode({**vars(question), "forbids": ()}))
    try:
        return Returned(wire.decode(wire.encode(ask_inside(namespace, told))))
    except Exception as error:  # noqa: BLE001 - misconceptions may raise anything; the reference is checked after
        return Raised(type(error).__name__, str(error))


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


def _call(reference: Reference[Any], drawn: Case) -> str:
    """The call as a student would write it; large arrays by their name and shape."""
    names = list(inspect.signature(reference.right).parameters)
    parts = [_argument(names[i] if i < len(names) else "x", value) for i, value in enumerate(drawn.args)]
    parts += [f"{name}={_argument(name, value)}" for name, value in drawn.kwargs.items()]
    return f"{reference.name}({', '.join(parts)})"


def _argument(name: str, value: Value) -> str:
    if isinstance(value, Make):
        inner = [_argument(name, item) for item in value.args]
        inner += [f"{key}={_argument(key, item)}" for key, item in value.kwargs.items()]
        return f"{value.name.rpartition('.')[2]}({', '.join(inner)})"
    if isinstance(value, np.ndarray) and value.size > 6:
        return f"{name} {tuple(value.shape)}"
    return show(value)


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
