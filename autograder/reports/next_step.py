"""What a student does next: the exercise to work on, and the command that grades the same work again."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from autograder.model import ExerciseResult, Grade
from autograder.text import clean, plural

CALLS_STUB = re.compile(r" calls (\w+), which is not started")
UNREADABLE = re.compile(r"could not be read: [^,\n]*, line (\d+): ")
LONGEST = 90  # characters of a command that is shown


@dataclass(frozen=True)
class FollowUp:
    """The commands of the student: `same` grades the same again, `whole` grades what the first one left out.

    `whole` is empty if nothing was left out.
    """

    same: str
    whole: str = ""


def next_step(grade: Grade, follow_up: FollowUp) -> str:
    """Name the exercise to work on next: first one that is wrong, then one that is not started."""
    exercises = [exercise for section in grade.sections for exercise in section.exercises]
    wrong = next(_wrong(exercises), None)
    not_started = next((one for one in exercises if one.not_started), None)
    absent = sum(not one.file and not one.not_started for one in exercises)
    called = _called_stub(wrong)
    if called and any(one.name == called and one.not_started for one in exercises):
        wrong, not_started = None, next(one for one in exercises if one.name == called)
    wrong = _first_of(wrong, exercises) if wrong is not None else None
    if wrong is not None:
        unreadable = (UNREADABLE.search(check.feedback) for check in wrong.checks)
        line = next((f", line {found[1]}," for found in unreadable if found), "")
        same = clean(follow_up.same)
        command = f"`{same}`" if len(same) <= LONGEST else "the same command"
        return f"fix {wrong.name} in {clean(wrong.file)}{line} and run {command} again."
    if not_started is not None:
        file = f" in {clean(not_started.file)}" if not_started.file else ""
        return f"start with {not_started.name}{file}."
    if absent == len(exercises):
        return f"write {exercises[0].name}; the files have no exercise yet." if exercises else "nothing was graded."
    if absent:
        return f"all exercises in the files are complete; {plural(absent, 'other')} {_are(absent)} not in the files."
    if follow_up.whole:
        return f"all that was graded is complete. `{clean(follow_up.whole)}` grades the rest as well."
    return "nothing is left to do. Well done."


def _wrong(exercises: list[ExerciseResult]) -> Iterator[ExerciseResult]:
    """The exercises in the files that are started and not complete."""
    return (one for one in exercises if one.file and one.earned < one.points and not one.not_started)


def _first_of(wrong: ExerciseResult, exercises: list[ExerciseResult]) -> ExerciseResult:
    """The wrong exercise that another wrong one uses, or that one itself."""
    named = {one.name: one for one in exercises}
    seen = {wrong.name}
    while used := next((name for name in wrong.uses_wrong if name in named and name not in seen), None):
        wrong = named[used]
        seen.add(used)
    return wrong


def _called_stub(wrong: ExerciseResult | None) -> str:
    """The name of an exercise that the wrong one calls and that is not started."""
    found = (CALLS_STUB.search(check.feedback) for check in wrong.checks) if wrong is not None else ()
    return next((one[1] for one in found if one), "")


def _are(count: int) -> str:
    return "is" if count == 1 else "are"
