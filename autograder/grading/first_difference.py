"""The place where a wrong network first computes something that the right one does not, as a `Repair` without edits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from autograder.judge import FirstDifference, Rules, compared, first_difference
from autograder.model import Answer, ExamExercise, ExerciseResult, Item, Question, Repair, Submission
from autograder.submission import title_of

DIFFERS, ENDS_EARLY = "first difference", "ends early"  # kinds of places
LONGEST = 200  # characters of a line
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
    for title, cell in _cells(submission):
        lines = cell.split("\n")
        if title == difference.file and 1 <= difference.line <= len(lines):
            kind = ENDS_EARLY if difference.ends_early else DIFFERS
            code = lines[difference.line - 1][:LONGEST]
            layer = difference.module if MODULE.fullmatch(difference.module) else ""
            return Repair(title, difference.line, code, 0, 0, kind, edits=0, layer=layer)
    return None


def _cells(submission: Submission) -> Iterable[tuple[str, str]]:
    for file in submission.files:
        for number, cell in enumerate(file.cells):
            yield title_of(file, number), cell
