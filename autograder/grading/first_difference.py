"""The place where a wrong network first computes something that the right one does not, as a `Repair` without edits."""

from __future__ import annotations

import re
from collections.abc import Callable

from autograder.grading.place import line_at
from autograder.judge import FirstDifference, Rules, compared, first_difference
from autograder.model import Answer, ExamExercise, ExerciseResult, Item, Question, Repair, Submission

DIFFERS, ENDS_EARLY, UNREGISTERED = "first difference", "ends early", "not registered"  # kinds of places
MODULE = re.compile(r"[\w.]{1,60} \(\w{1,40}\)")


def place_of_difference(
    exercise: ExamExercise,
    result: ExerciseResult,
    submission: Submission,
    ask: Callable[[Question], Answer],
    rules: Rules,
) -> Repair | None:
    """The place in the student's code, found with the wrong answers of an exercise; None if there is none.

    `ask` puts a question to the student's network.
    """
    failed = {one.name for one in result.checks if one.verdict == "failed"}
    for check in exercise.checks:
        for item in check.items if check.name in failed else ():
            if item.traces and not rules.accepts(check, item.expected, ask(item.question)):
                place = _place(item, submission, ask)
                if place is not None:
                    return place
    return None


def _place(item: Item, submission: Submission, ask: Callable[[Question], Answer]) -> Repair | None:
    found = compared(item.traces, ask(item.trace_question))
    difference = first_difference(found) if found else None
    return None if difference is None else _as_repair(difference, submission)


def _as_repair(difference: FirstDifference, submission: Submission) -> Repair | None:
    """The place with the line of code from the submission; what a process says about itself is not printed."""
    kind = ENDS_EARLY if difference.ends_early else UNREGISTERED if difference.unregistered else DIFFERS
    layer = difference.module if MODULE.fullmatch(difference.module) else ""
    return line_at(submission, difference.file, difference.line, kind, layer)
