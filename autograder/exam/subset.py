"""A part of an exam: some of its exercises, or all that needs no training."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from autograder.errors import UserError
from autograder.model import Exam, ExamExercise, ExamSection
from autograder.suggest import suggestion


def only(exam: Exam, names: Iterable[str]) -> Exam:
    """The exam with only the exercises or sections of these names; of one name, the exercise."""
    wanted = set(names)
    sections = []
    sections_wanted = wanted - {exercise.name for exercise in exam.exercises}
    for section in exam.sections:
        exercises = tuple(e for e in section.exercises if section.name in sections_wanted or e.name in wanted)
        if exercises:
            sections.append(replace(section, exercises=exercises))
    return _part(exam, sections)


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
    sections = (_untrained(section) for section in exam.sections)
    return _part(exam, [section for section in sections if section.exercises])


def _part(exam: Exam, sections: Sequence[ExamSection]) -> Exam:
    left = {exercise.name for section in sections for exercise in section.exercises}
    return replace(exam, sections=tuple(sections), others=tuple(sorted(exam.names - left)))


def _untrained(section: ExamSection) -> ExamSection:
    exercises = []
    for exercise in section.exercises:
        checks = tuple(check for check in exercise.checks if not check.training)
        if checks:
            exercises.append(replace(exercise, checks=checks, points=sum(check.points for check in checks)))
    return replace(section, exercises=tuple(exercises))
