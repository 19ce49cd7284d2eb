"""Checks that each misconception is refused and gets its own hint, and that each check refuses something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.judge import ExerciseJudge
from autograder.model import Answer, ExamCheck, ExamExercise, ExamMisconception, Question


def misconception_findings(draws: Sequence[ExamExercise]) -> Iterator[str]:
    """Find faults in the misconceptions of one exercise; `draws` are the same exercise with several seeds."""
    for number, wrong in enumerate(draws[0].misconceptions):
        others = [exercise.misconceptions[number] for exercise in draws]
        missed = [seed for seed, other in enumerate(others) if not other.answers]
        if len(missed) == len(draws):
            yield f"the misconception {wrong.name} passes all checks"
            continue
        if missed:
            yield f"the misconception {wrong.name} passes all checks with seed {missed[0]}, but not with other seeds"
            continue
        names = set().union(*(_named(exercise, other) for exercise, other in zip(draws, others, strict=True)))
        if names - {wrong.name, ""}:
            other_name = min(names - {wrong.name, ""})
            yield f"the misconception {wrong.name} gets the hint of {other_name}: no check distinguishes the two"
        elif "" in names:
            yield f"the misconception {wrong.name} is refused, but its hint never appears"
    failed = {name for wrong in draws[0].misconceptions for name in wrong.answers}
    for check in draws[0].checks:
        if not check.measure and check.name not in failed:
            yield f"no misconception fails {check.name}, so nothing proves that the check can fail"


def _named(exercise: ExamExercise, wrong: ExamMisconception) -> set[str]:
    """Give the misconceptions that the judge recognizes in the answers of this one; an empty text means none."""
    checks = tuple(check for check in exercise.checks if not check.measure)
    answers = {
        id(item.question): answer
        for check in checks
        for item, answer in zip(check.items, wrong.answers.get(check.name, _right(check)), strict=True)
    }
    judge = ExerciseJudge(
        ExamExercise(exercise.name, exercise.points, exercise.signature, checks, exercise.misconceptions)
    )
    judge.ask(_RecordedAnswers(answers), training=False)
    judge.ask(_RecordedAnswers(answers), training=True)
    return {check.misconception for check in judge.result().checks if check.misconception} or {""}


def _right(check: ExamCheck) -> tuple[Answer, ...]:
    return tuple(item.expected[0] for item in check.items)


@dataclass(frozen=True)
class _RecordedAnswers:
    """Answers questions from a table instead of a sandbox; the keys are the ids of the questions."""

    answers: Mapping[int, Answer]
    question_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        return self.answers[id(question)]
