"""Gives the hints of an exercise one at a time; terminal, watch and notebook show the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.handout.student_progress import read_hints_shown, write_hints_shown
from autograder.model import ExamExercise, ExerciseResult


@dataclass(frozen=True)
class HintStep:
    """One hint: `text` is number `number` of `count`, and `evidence` are hints that the answers themselves prove.

    Without a hint, `number` is 0 and `text` says why. If progress cannot be stored, the next request would give the
    same hint again. Then `error` says why, and `later` holds the hints that follow.
    """

    text: str
    evidence: tuple[str, ...] = ()
    number: int = 0
    count: int = 0
    error: str = ""
    later: tuple[str, ...] = ()


def next_hint(
    course: Path,
    assignment: str,
    exercise: ExamExercise,
    result: ExerciseResult | None,
    again: bool = False,
    further: bool = True,
) -> HintStep:
    """Give the next hint and remember that it was shown; with `again`, start with the first one.

    Without `further` it is the hint that was shown last, or the first one.

    `result` may come from an exam without trainings. None means that the exercise was not graded yet.
    """
    if result is not None and all(check.verdict == "passed" for check in result.checks):
        if len(result.checks) < len(exercise.checks):
            return HintStep("All checks without training pass.")
        return HintStep("The exercise is complete and needs no hint.")
    evidence = _evidence(result) if result else ()
    if not exercise.hints:
        return HintStep("There are no hints for this exercise.", evidence)
    shown = read_hints_shown(course, assignment)
    before = shown.get(exercise.name, 0)
    index = min(0 if again else before if further else max(0, before - 1), len(exercise.hints) - 1)
    texts = [" ".join(hint.split()) for hint in exercise.hints]
    try:
        write_hints_shown(course, assignment, {**shown, exercise.name: index + 1})
    except OSError as error:
        return HintStep(
            texts[index], evidence, index + 1, len(texts), error.strerror or str(error), tuple(texts[index + 1 :])
        )
    return HintStep(texts[index], evidence, index + 1, len(texts))


def _evidence(result: ExerciseResult) -> tuple[str, ...]:
    """The hints of checks; for a quiz whose verdicts are not shown yet, how many answers are right."""
    texts = (check.feedback if check.verdict == "not shown" else check.hint for check in result.checks)
    return tuple(dict.fromkeys(text for text in texts if text))
