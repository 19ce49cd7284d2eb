"""The hints of an exercise, one further step at each request; terminal, watch and notebook show the same ones."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from autograder.handout.progress import read_hints_shown, write_hints_shown
from autograder.model import ExamExercise, ExerciseResult


@dataclass(frozen=True)
class HintStep:
    """One step: `evidence` is what the answers show, `text` the hint, and `number` its place among `count`.

    Where there is no hint to give, `number` is 0 and `text` says why. Where the step could not be remembered, `error`
    says so, and `later` holds the hints that follow: the next request would give the same one again.
    """

    text: str
    evidence: tuple[str, ...] = ()
    number: int = 0
    count: int = 0
    error: str = ""
    later: tuple[str, ...] = ()


def next_hint(
    course: Path, assignment: str, exercise: ExamExercise, result: ExerciseResult | None, again: bool = False
) -> HintStep:
    """The next hint for an exercise with this result, which is remembered; with `again`, the first one.

    The result may be that of an exam without trainings. None stands for an exercise that was not graded yet.
    """
    if result is not None and all(check.verdict == "passed" for check in result.checks):
        if len(result.checks) < len(exercise.checks):
            return HintStep("All that needs no training passes.")
        return HintStep("It is complete; there is nothing to hint at.")
    evidence = tuple(dict.fromkeys(check.hint for check in result.checks if check.hint)) if result else ()
    if not exercise.hints:
        return HintStep("There are no hints for this exercise.", evidence)
    shown = read_hints_shown(course, assignment)
    index = min(0 if again else shown.get(exercise.name, 0), len(exercise.hints) - 1)
    texts = [" ".join(hint.split()) for hint in exercise.hints]
    try:
        write_hints_shown(course, assignment, {**shown, exercise.name: index + 1})
    except OSError as error:
        return HintStep(
            texts[index], evidence, index + 1, len(texts), error.strerror or str(error), tuple(texts[index + 1 :])
        )
    return HintStep(texts[index], evidence, index + 1, len(texts))
