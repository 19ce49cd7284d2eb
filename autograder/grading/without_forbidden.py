"""Asks an exercise where the operators that it forbids do not work: answers that do without them stay right.

The trap and the search of the source (`inside/probes/trap.py`, `submission/forbidden.py`) name the line of a forbidden
call, but a call can be hidden from both. Here no call has to be found: values decide.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from autograder.judge import Asker, ExerciseJudge
from autograder.model import CheckResult, ExamExercise
from autograder.sandbox.inside.constants import can_be_switched_off


def is_asked_without(exercise: ExamExercise) -> bool:
    """Whether the exercise forbids operators that can be switched off, and has checks that need no training."""
    trains = all(check.training for check in exercise.checks)
    return not trains and any(map(can_be_switched_off, forbidden_names(exercise)))


def passes_without(judge: ExerciseJudge, asker: Asker) -> bool:
    """Ask an exercise first where the operators do not work. Right work passes there, and need not be asked again.

    The judge learns nothing else: what fails here may be right where the operators work.
    """
    first = ExerciseJudge(judge.exercise, judge.rules)
    for result in first.ask_in_steps(asker, training=False):
        if result.verdict != "passed":
            if result.verdict == "stopped":
                judge.hurried, judge.stopped_before[result.name] = True, result.seconds
            return False
    judge.results, judge.answers, judge.seconds = first.results, first.answers, first.seconds
    return True


def fail_by_answers(judge: ExerciseJudge, ask_without: Callable[[ExerciseJudge, bool], None]) -> None:
    """Fail the checks that have passed, but do not pass when `ask_without` asks them without the forbidden operators.

    It asks first in a child in which the operators refuse that any exercise of the submission forbids, since one such
    child is enough for nearly all. What does not pass there is asked once more in a child of its own, where only the
    operators refuse that this exercise forbids. Checks that train networks are not asked again.
    """
    passed = tuple(
        check
        for check in judge.exercise.checks
        if not check.training and check.name in judge.results and judge.results[check.name].verdict == "passed"
    )
    if not passed or not is_asked_without(judge.exercise):
        return
    for alone in (False, True):
        again = ExerciseJudge(replace(judge.exercise, checks=passed), judge.rules)
        ask_without(again, alone)
        if all(result.verdict == "passed" for result in again.results.values()):
            return
    for check in passed:
        if check.name in again.results and again.results[check.name].verdict != "passed":
            why = _why(judge.exercise, again.results[check.name])
            judge.results[check.name] = replace(again.results[check.name], verdict="failed", feedback=why)


def forbidden_names(exercise: ExamExercise) -> frozenset[str]:
    """The names that the exercise asks to do without."""
    return frozenset(exercise.forbids)


def _why(exercise: ExamExercise, found: CheckResult) -> str:
    """The call that was refused, if student code let the error pass."""
    without = "which this exercise asks you to do without"
    if without in found.feedback:
        return found.feedback
    name = exercise.forbids[0]
    if found.verdict == "stopped":
        return f"{exercise.name} does not come to an end where {name} and the like do not work, {without}"
    return f"{exercise.name} gives no right answer without {name} and the like, {without}"
