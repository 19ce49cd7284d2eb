"""The verdicts so far, and which exercises are complete."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from autograder.model import CheckResult, Exam, ExamExercise, Repair

Results = Mapping[str, Mapping[str, CheckResult]]  # exercise -> check -> verdict


@dataclass(frozen=True)
class Verdicts:
    """The verdicts of checks without training (`checks`), of trainings (`trained`), and the file of each exercise.

    `repairs` are the places of mistakes that were found.

    `passed` names the complete exercises, and those that were complete in an earlier run and are not graded yet.
    `passed_earlier` names exercises that were complete in an earlier run, with the same code: their trainings need not
    run again. `outdated` names exercises whose code changed since their verdicts; they count as complete no more.
    """

    exam: Exam
    passed: frozenset[str] = frozenset()
    passed_earlier: frozenset[str] = frozenset()
    outdated: frozenset[str] = frozenset()
    checks: Results = field(default_factory=dict)
    trained: Results = field(default_factory=dict)
    files: Mapping[str, str] = field(default_factory=dict)
    repairs: Mapping[str, Repair] = field(default_factory=dict)

    def results(self, exercise: str) -> Mapping[str, CheckResult]:
        """The verdicts of one exercise, trainings included."""
        return {**self.trained.get(exercise, {}), **self.checks.get(exercise, {})}

    def is_untrained(self, exercise: ExamExercise) -> bool:
        """Whether all checks without training pass, and trainings are left to run."""
        known = self.results(exercise.name)
        left = [check for check in exercise.checks if check.name not in known]
        return bool(left) and all(check.training for check in left) and _all_pass(known)

    def is_complete(self, exercise: ExamExercise) -> bool:
        """Whether all checks pass; a training may have passed in an earlier run."""
        known = self.results(exercise.name)
        has_all = all(check.name in known for check in exercise.checks)
        return _all_pass(known) and (has_all or (exercise.name in self.passed_earlier and self.is_untrained(exercise)))

    def earned(self, exercise: ExamExercise) -> float:
        if self.is_complete(exercise):
            return exercise.points
        return sum(result.earned for result in self.results(exercise.name).values())


def with_changed(verdicts: Verdicts, changed: Collection[str]) -> Verdicts:
    """Forget that these exercises passed, until they are graded again."""
    return replace(
        verdicts,
        passed=verdicts.passed.difference(changed),
        passed_earlier=verdicts.passed_earlier.difference(changed),
        outdated=verdicts.outdated.union(changed),
    )


def with_passed(verdicts: Verdicts) -> Verdicts:
    """Bring `passed` up to date with the verdicts."""
    exercises = verdicts.exam.exercises
    complete = {exercise.name for exercise in exercises if verdicts.is_complete(exercise)} - verdicts.outdated
    passed = frozenset(complete | {name for name in verdicts.passed if not verdicts.results(name)})
    return replace(verdicts, passed=passed, passed_earlier=verdicts.passed_earlier & passed)


def _all_pass(known: Mapping[str, CheckResult]) -> bool:
    return bool(known) and all(result.verdict == "passed" for result in known.values())
