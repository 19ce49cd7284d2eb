"""A part of an exam: some of its exercises, or all that needs no training."""

from __future__ import annotations

from collections.abc import Container, Iterable
from dataclasses import replace

from autograder.errors import UserError
from autograder.model import Exam, ExamExercise, ExamSection
from autograder.suggest import suggestion


def only(exam: Exam, names: Iterable[str]) -> Exam:
    """The exam with only the exercises or sections of these names; of one name, the exercise."""
    wanted = set(names)
    sections_wanted = wanted - {exercise.name for exercise in exam.exercises}
    chosen = {
        exercise.name
        for section in exam.sections
        for exercise in section.exercises
        if section.name in sections_wanted or exercise.name in wanted
    }
    left = tuple(_without(section, chosen) for section in (*exam.sections, *exam.beside))
    part = _part(exam, [_without(section, exam.names - chosen) for section in exam.sections])
    return replace(part, beside=tuple(section for section in left if section.exercises))


def exercise_named(exam: Exam, name: str) -> ExamExercise:
    """The exercise of this name, in small letters or large; `UserError` with what may be meant if there is none."""
    known = {exercise.name.lower(): exercise for exercise in exam.exercises}
    if name.lower() in known:
        return known[name.lower()]
    for section in exam.sections:
        if section.name == name and len(section.exercises) == 1:
            return section.exercises[0]
        if section.name == name:
            names = ", ".join(exercise.name for exercise in section.exercises)
            raise UserError(f"{name} is a section; its exercises are {names}.")
    meant = suggestion(name, [one.name for one in exam.exercises])
    raise UserError(f"There is no exercise {name!r} in {exam.assignment}; {meant}")


def without_training(exam: Exam) -> Exam:
    """The exam without the checks that train a network; their points do not count."""
    beside = tuple(_untrained(section) for section in exam.beside)
    return replace(_part(exam, [_untrained(section) for section in exam.sections]), beside=beside)


def beside(exam: Exam, names: Container[str]) -> Exam:
    """The exercises of these names that a part of an exam leaves out, without trainings."""
    known = {exercise.name for section in exam.beside for exercise in section.exercises}
    left_out = {name for name in known if name not in names}
    sections = tuple(_without(section, left_out) for section in exam.beside)
    return without_training(replace(exam, sections=sections, beside=(), others=tuple(exam.names)))


def _without(section: ExamSection, names: Container[str]) -> ExamSection:
    return replace(section, exercises=tuple(one for one in section.exercises if one.name not in names))


def _part(exam: Exam, sections: Iterable[ExamSection]) -> Exam:
    """The exam with those of these sections that have an exercise."""
    kept = tuple(section for section in sections if section.exercises)
    left = {exercise.name for section in kept for exercise in section.exercises}
    return replace(exam, sections=kept, others=tuple(sorted(exam.names - left)))


def _untrained(section: ExamSection) -> ExamSection:
    exercises = []
    for exercise in section.exercises:
        checks = tuple(check for check in exercise.checks if not check.training)
        if checks:
            exercises.append(replace(exercise, checks=checks, points=sum(check.points for check in checks)))
    return replace(section, exercises=tuple(exercises))
