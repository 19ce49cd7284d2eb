"""One exam that holds the cases of many seeds, so that a work is loaded once and asked all of them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.course import Course
from autograder.exam import build_exam, encode_exam, only, without_training
from autograder.model import Exam, ExamCheck, ExamExercise

AT = "@"  # between the name of a check and its seed


@dataclass(frozen=True)
class ManySeeds:
    """`exam` has each check once for each seed, and none needs another; `first` is the exam of the first seed."""

    seeds: Sequence[int]
    exam: Exam
    first: Exam

    @property
    def names(self) -> list[str]:
        """The exercises that are left without training."""
        return [exercise.name for exercise in self.exam.exercises]

    def exercise(self, name: str) -> ExamExercise:
        """An exercise with all its checks."""
        return next(one for one in self.exam.exercises if one.name == name)

    def checks(self, name: str) -> Sequence[ExamCheck]:
        """The checks of an exercise as the first seed has them."""
        return next(one for one in self.first.exercises if one.name == name).checks

    def digest(self, name: str) -> str:
        """A digest of all questions about an exercise and their expected answers."""
        return hashlib.sha256(encode_exam(replace(only(self.exam, [name]), beside=()))).hexdigest()

    def verdicts(self, name: str, passed: Mapping[str, bool]) -> dict[str, tuple[bool, ...]]:
        """For each check of an exercise whether it earns its points with each seed.

        `passed` are the verdicts of `exam`. A check fails where one that it needs or counts with does.
        """
        found: dict[str, tuple[bool, ...]] = {}
        for check in self.checks(name):
            found[check.name] = tuple(
                all(passed.get(f"{one}{AT}{seed}", False) for one in (check.name, *check.counts_with))
                and all(found[one][index] for one in check.needs)
                for index, seed in enumerate(self.seeds)
            )
        return found


def many_seeds(course: Course, assignment: str, seeds: Sequence[int]) -> ManySeeds:
    """The exams of many seeds in one, without misconceptions and trainings."""
    exams = [without_training(build_exam(course, assignment, seed, "", {}, misconceptions=False)) for seed in seeds]
    sections = []
    for place, section in enumerate(exams[0].sections):
        drawn = zip(*(exam.sections[place].exercises for exam in exams), strict=True)
        sections.append(replace(section, exercises=tuple(_joined(one, seeds) for one in drawn)))
    return ManySeeds(seeds, replace(exams[0], sections=tuple(sections)), exams[0])


def _joined(drawn: Sequence[ExamExercise], seeds: Sequence[int]) -> ExamExercise:
    checks = tuple(
        replace(check, name=f"{check.name}{AT}{seed}", needs=(), counts_with=())
        for seed, exercise in zip(seeds, drawn, strict=True)
        for check in exercise.checks
    )
    return replace(drawn[0], checks=checks)
