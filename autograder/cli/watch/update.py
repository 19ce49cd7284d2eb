"""Makes the next state from a state and an event."""

from __future__ import annotations

from dataclasses import replace

from autograder.cli.watch.actions import press
from autograder.cli.watch.events import (
    Ended,
    Event,
    ExerciseGraded,
    GradingFinished,
    GradingStarted,
    KeyPressed,
    Resized,
    Searched,
    SearchStarted,
    Trained,
    WorkChanged,
    WorkUnreadable,
)
from autograder.cli.watch.state import COMPLETE, State, show_exercise, train_if_due
from autograder.cli.watch.verdicts import with_changed, with_passed
from autograder.course import Course
from autograder.grading import CheckJudged
from autograder.model import CheckResult
from autograder.submission import code_digests


def update(state: State, event: Event, course: Course) -> State:
    """The next state; events that concern only threads or the screen leave it as it is."""
    match event:
        case KeyPressed(key):
            return press(state, key, course)
        case Resized(columns, lines):
            return replace(state, size=(columns, lines))
        case Ended(exit_status, fault):
            return replace(state, exit_status=exit_status, fault=fault)
    return _update_grading(state, event)


def _update_grading(state: State, event: Event) -> State:
    match event:
        case WorkChanged():
            return _change_work(state, event)
        case WorkUnreadable(problem):
            return replace(state, activity="waiting for the files", problem=problem)
        case GradingStarted(exercise):
            return replace(state, activity=f"grading {exercise}")
        case CheckJudged(exercise, result):
            return _add_check(state, exercise, result)
        case ExerciseGraded():
            return _add_grade(state, event)
        case GradingFinished():
            return train_if_due(replace(state, activity="", problem=""))
        case SearchStarted(exercise):
            return replace(state, activity=f"looking for the mistake in {exercise}")
        case Searched():
            return _add_repair(state, event)
        case Trained():
            return _add_trainings(state, event)
    return state


def _change_work(state: State, event: WorkChanged) -> State:
    """Forget the trainings of touched exercises, and stop a training of other contents."""
    if event.shown and event.shown != state.page.exercise:
        state = show_exercise(state, event.shown)
    outdated = state.training is not None and state.training.submission.files != event.submission.files
    trained = {name: results for name, results in state.verdicts.trained.items() if name not in event.touched}
    repairs = {name: repair for name, repair in state.verdicts.repairs.items() if name not in event.touched}
    return replace(
        state,
        verdicts=with_changed(replace(state.verdicts, trained=trained, repairs=repairs), _changed(state, event)),
        page=replace(state.page, comparison=None),
        submission=event.submission,
        training=None if outdated else state.training,
        message="the training was stopped, because your files changed" if outdated else "",
        problem="",
        notes=event.submission.problems,
    )


def _changed(state: State, event: WorkChanged) -> list[str]:
    """The exercises whose code changed, or was removed; none when the files are read for the first time."""
    if state.submission is None:
        return []
    others = state.verdicts.passed.difference(exercise.name for exercise in state.verdicts.exam.exercises)
    names = {*event.touched, *others}  # the others are not graded in this watch, but may change, too
    before, after = (code_digests(work, names) for work in (state.submission, event.submission))
    return [name for name in names if before.get(name) != after.get(name)]


def _add_check(state: State, exercise: str, result: CheckResult) -> State:
    checks = {**state.verdicts.checks.get(exercise, {}), result.name: result}
    return replace(state, verdicts=replace(state.verdicts, checks={**state.verdicts.checks, exercise: checks}))


def _add_grade(state: State, event: ExerciseGraded) -> State:
    result = event.grade.sections[0].exercises[0]
    verdicts = replace(
        state.verdicts,
        checks={**state.verdicts.checks, result.name: {check.name: check for check in result.checks}},
        files={**state.verdicts.files, result.name: result.file},
        outdated=state.verdicts.outdated - {result.name},
    )
    outputs = {**state.outputs, result.name: event.grade.output}
    state = replace(state, verdicts=with_passed(verdicts), outputs=outputs)
    if result.name != state.page.exercise:
        return state
    outdated = result.earned >= result.points or state.page.hint == COMPLETE
    hint = "" if outdated else state.page.hint
    message = f"graded at {event.time:%H:%M:%S} in {event.seconds:.2f} s"
    return replace(state, page=replace(state.page, hint=hint), notes=event.grade.notes, message=message)


def _add_repair(state: State, event: Searched) -> State:
    found = {event.exercise: event.repair} if event.repair else {}
    verdicts = replace(state.verdicts, repairs={**state.verdicts.repairs, **found})
    return replace(state, verdicts=verdicts, activity="")


def _add_trainings(state: State, event: Trained) -> State:
    """Add the verdicts, unless the training was stopped meanwhile."""
    if event.training is not state.training:
        return state
    name = event.training.exercise
    known = state.verdicts.checks.get(name, {})
    results = {check.name: check for check in event.result.checks if check.name not in known}
    verdicts = replace(state.verdicts, trained={**state.verdicts.trained, name: results})
    outputs = {**state.outputs, name: event.output}
    message = f"trained at {event.time:%H:%M:%S}"
    return replace(state, verdicts=with_passed(verdicts), outputs=outputs, training=None, message=message)
