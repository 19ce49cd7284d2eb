"""Checks that each misconception is refused and gets its own hint, and that each check refuses something."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.judge import ExerciseJudge, Rules
from autograder.lint.finding import Finding
from autograder.model import Answer, ExamCheck, ExamExercise, ExamMisconception, Question, Refused, Returned


def misconception_findings(draws: Sequence[ExamExercise], rules: Rules) -> Iterator[Finding]:
    """Find faults in the misconceptions of one exercise; `draws` are the same exercise with several seeds.

    Of a misconception that is combined with alternatives, the first form counts, the one that the author wrote.
    """
    exercise = draws[0]
    for name in dict.fromkeys(wrong.name for wrong in exercise.misconceptions):
        fault = _fault(draws, name, rules)
        if fault:
            yield Finding(exercise.name, "misconception", f"the misconception {name} {fault}")
    failed = {name for wrong in exercise.misconceptions for name in wrong.answers}
    for check in exercise.checks:
        if not check.measure and check.name not in failed:
            text = f"no misconception fails {check.name}, so nothing proves that the check can fail"
            yield Finding(exercise.name, "check", text)


def _fault(draws: Sequence[ExamExercise], name: str, rules: Rules) -> str:
    """Say what the checks do with a misconception that is not refused with its own hint; empty if it is."""
    others = [next(one for one in exercise.misconceptions if one.name == name) for exercise in draws]
    missed = [seed for seed, other in enumerate(others) if not other.answers]
    if len(missed) == len(draws):
        return "passes all checks"
    if missed:
        return f"passes all checks with seed {missed[0]}, but not with other seeds"
    names = set().union(*(_named(exercise, other, rules) for exercise, other in zip(draws, others, strict=True)))
    if names - {name, ""}:
        return f"gets the hint of {min(names - {name, ''})}: no check distinguishes the two"
    return f"is refused, but its hint never appears{_why(draws[0], others[0], rules)}" if "" in names else ""


def _why(exercise: ExamExercise, wrong: ExamMisconception, rules: Rules) -> str:
    """The reason, where a comparator does not take the misconception's own answer as equal to itself."""
    for check in exercise.checks:
        for answer in wrong.answers.get(check.name, ()):
            reason = rules.objection(check, answer, answer)
            if reason is not None and isinstance(answer, Returned):
                return f": {check.name} says of its own answer, compared with itself: {reason}"
    return ""


def _named(exercise: ExamExercise, wrong: ExamMisconception, rules: Rules) -> set[str]:
    """Give the misconceptions that the judge recognizes in the answers of this one; an empty text means none."""
    checks = tuple(check for check in exercise.checks if not check.measure)
    answers = {
        id(item.question): answer
        for check in checks
        for item, answer in zip(check.items, wrong.answers.get(check.name, _right(check)), strict=True)
    }
    judge = ExerciseJudge(
        ExamExercise(exercise.name, exercise.points, exercise.signature, checks, exercise.misconceptions), rules
    )
    judge.ask(_RecordedAnswers(answers), training=False)
    judge.ask(_RecordedAnswers(answers), training=True)
    return {check.misconception for check in judge.result().checks if check.misconception} or {""}


def _right(check: ExamCheck) -> tuple[Answer, ...]:
    return tuple(item.expected[0] for item in check.items)


@dataclass(frozen=True)
class _RecordedAnswers:
    """Answers questions from a table instead of a sandbox; the keys are the ids of the questions.

    The questions after the steps behind an answer are not in it: they name no misconception.
    """

    answers: Mapping[int, Answer]
    question_seconds: float = 0.0

    def __call__(self, question: Question, seconds: float) -> Answer:
        return self.answers.get(id(question), Refused("unfit", "not recorded"))
