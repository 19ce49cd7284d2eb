"""What a watch knows: the verdicts so far, what goes on, and what is to be shown."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from autograder.model import CheckResult, Exam, ExamExercise, ExamSection


@dataclass
class Board:
    """All that is known: the verdicts of each exercise by the names of its checks, and what goes on.

    `earlier` are the exercises that passed in an earlier run: their trainings need not be run again. `started` is when
    the grading that goes on began to be waited for, and `note` one sentence for the bottom of the screen.
    """

    exam: Exam
    current: str
    training: bool
    earlier: frozenset[str] = frozenset()
    checks: dict[str, dict[str, CheckResult]] = field(default_factory=dict)
    files: dict[str, str] = field(default_factory=dict)
    trained: dict[str, dict[str, CheckResult]] = field(default_factory=dict)
    work: str = ""
    notes: tuple[str, ...] = ()
    problem: str = ""
    note: str = ""
    grading: str = "starting the sandbox"
    in_training: str = ""
    hint: str = ""
    difference: tuple[str, ...] = ()
    everything: bool = False
    scrolled: int = 0

    @property
    def names(self) -> list[str]:
        return [exercise.name for exercise in self.exam.exercises]

    def place(self) -> tuple[ExamSection, ExamExercise]:
        """The current exercise and its section."""
        return next((s, e) for s in self.exam.sections for e in s.exercises if e.name == self.current)

    def results(self, name: str) -> Mapping[str, CheckResult]:
        """The verdicts on an exercise, those of its trainings included."""
        return {**self.trained.get(name, {}), **self.checks.get(name, {})}

    def untrained(self, exercise: ExamExercise) -> bool:
        """Whether all that needs no training passes, and the trainings are still to be run."""
        known = self.results(exercise.name)
        left = [check for check in exercise.checks if check.name not in known]
        return bool(left) and all(check.training for check in left) and self._all_pass(exercise)

    def complete(self, exercise: ExamExercise) -> bool:
        """Whether all checks pass, of trainings also in an earlier run."""
        known = self.results(exercise.name)
        whole = all(check.name in known for check in exercise.checks)
        return self._all_pass(exercise) and (whole or (exercise.name in self.earlier and self.untrained(exercise)))

    def _all_pass(self, exercise: ExamExercise) -> bool:
        known = self.results(exercise.name)
        return bool(known) and all(result.verdict == "passed" for result in known.values())

    def earned(self, exercise: ExamExercise) -> float:
        if self.complete(exercise):
            return exercise.points
        return sum(result.earned for result in self.results(exercise.name).values())
