"""The exam as students get it: one file without hidden checks, which grades without the reference."""

from __future__ import annotations

import zlib
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import replace
from importlib import metadata
from pathlib import Path

from autograder.exam.codec import PACKED, ExamFileError, encode_exam, load_exam
from autograder.exam.inner_calls import bound, key_of
from autograder.model import Answer, Exam, ExamSection, Inherited, Item


def load_sealed_exam(path: Path) -> Exam:
    """The exam in a file that was handed out; raises `ExamFileError` with what to do if it cannot be used."""
    try:
        exam = load_exam(path)
    except OSError as error:
        raise ExamFileError(f"{path} cannot be read: {error.strerror}.") from None
    if not exam.sealed or exam.assignment != path.stem:
        raise ExamFileError(f"{path} is not the sealed exam of {path.stem}; ask your instructor for it.")
    made, own = str(exam.versions.get("torchgrade", "0")), metadata.version("torchgrade")
    if made.split(".")[:2] != own.split(".")[:2]:
        wanted = ".".join(made.split(".")[:2])
        raise ExamFileError(
            f"{path} was made by torchgrade {made}, and this is torchgrade {own}, which may grade otherwise: "
            f"pip install 'torchgrade=={wanted}.*', or get a new exam."
        )
    return exam


def seal(exam: Exam) -> Exam:
    """The exam as it may be handed out: without the hidden checks and what is known of wrong answers to them."""
    hidden = _hidden_calls(exam)
    sections = tuple(_sealed_section(section, hidden) for section in exam.sections)
    left = {exercise.name for section in sections for exercise in section.exercises}
    sections = tuple(_with_reachable_milestones(section, left) for section in sections)
    return replace(exam, sections=sections, sealed=True, others=tuple(sorted(exam.names - left)))


def _with_reachable_milestones(section: ExamSection, names: Collection[str]) -> ExamSection:
    """The section without milestones that need an exercise that is left out."""
    exercises = (
        replace(one, milestones=tuple(two for two in one.milestones if set(two.exercises) <= set(names)))
        for one in section.exercises
    )
    return replace(section, exercises=tuple(exercises))


def encode_sealed_exam(exam: Exam, stubs: Mapping[str, str], quiz_after: int = 0) -> bytes:
    """The file that is handed out: the sealed exam, with the stubs in it, file name -> text.

    Students see which answers to a quiz are right after `quiz_after` attempts.
    """
    return PACKED + zlib.compress(encode_exam(replace(seal(exam), stubs=stubs, quiz_after=quiz_after)))


def _hidden_calls(exam: Exam) -> frozenset[Hashable]:
    """The calls that hidden checks ask, which the reference may also make elsewhere."""
    items = ((one, item) for one in exam.exercises for check in one.checks if check.hidden for item in check.items)
    return frozenset(
        (exercise.name, key_of(bound(exercise.signature, item.question.args, item.question.kwargs)))
        for exercise, item in items
    )


def _sealed_items(items: Iterable[Item], hidden: frozenset[Hashable]) -> tuple[Item, ...]:
    return tuple(
        replace(
            item,
            inner_calls=tuple(call for call in item.inner_calls if (call.target, key_of(call.arguments)) not in hidden),
        )
        for item in items
    )


def _sealed_ways(inherited: Inherited, names: Collection[str]) -> tuple[Mapping[str, tuple[Answer, ...]], ...]:
    """The answers to the checks of these names."""
    ways = ({name: given for name, given in way.items() if name in names} for way in inherited.ways)
    return tuple(filter(None, ways))


def _sealed_section(section: ExamSection, hidden: frozenset[Hashable]) -> ExamSection:
    exercises = []
    for exercise in section.exercises:
        checks = tuple(check for check in exercise.checks if not check.hidden)
        if not checks:
            continue
        names = {check.name for check in checks}
        checks = tuple(
            replace(
                check,
                items=_sealed_items(check.items, hidden),
                needs=tuple(name for name in check.needs if name in names),
                counts_with=tuple(name for name in check.counts_with if name in names),
            )
            for check in checks
        )
        wrong = tuple(
            replace(one, answers={name: wrong for name, wrong in one.answers.items() if name in names})
            for one in exercise.misconceptions
            if names & one.answers.keys()  # the others are known by hidden checks alone
        )
        milestones = tuple(one for one in exercise.milestones if one.trained in ("", *names))
        inherited = tuple(replace(one, ways=_sealed_ways(one, names)) for one in exercise.inherited)
        points = sum(check.points for check in checks)
        full = exercise.full_points or exercise.points
        exercise = replace(exercise, checks=checks, misconceptions=wrong, inherited=inherited, milestones=milestones)
        exercises.append(replace(exercise, points=points, full_points=full))
    return replace(section, exercises=tuple(exercises))
