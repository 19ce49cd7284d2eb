"""What each key does to the state; the keys for hint and solution also read or write files."""

from __future__ import annotations

from dataclasses import replace

from autograder.cli.watch.overlays import Overlay
from autograder.cli.watch.solution import compare
from autograder.cli.watch.state import COMPLETE, Page, State, show_exercise, start_training, train_if_due
from autograder.cli.watch.view import matches, scroll_end, scroll_to_pointer
from autograder.course import Course
from autograder.handout import next_hint

ARROWS = "up", "down", "right", "left"  # do in a search what they do otherwise


def press(state: State, key: str, course: Course) -> State:
    """The state after a key; "" means that the terminal is closed."""
    if state.searched is not None and key not in ("", "\x04", *ARROWS):
        return _search(state, key)
    match key:
        case "" | "q" | "\x04":  # Ctrl-D
            return replace(state, exit_status=0)
        case "n" | "p" | "right" | "left":
            return _step(state, 1 if key in ("n", "right") else -1)
        case "down" | "up" if state.page.lists_all:
            return _select(state, 1 if key == "down" else -1)
        case "down" | "up":
            return _scroll(state, 1 if key == "down" else -1)
        case "\n" | "\r" if state.page.lists_all:
            return _show_page(state)
        case "a":
            return replace(state, page=Page(state.page.exercise, lists_all=not state.page.lists_all))
        case "h":
            return _show_hint(_show_page(state), course)
        case "t":
            return _train(_show_page(state))
        case "d":
            return _toggle_solution(_show_page(state), course)
        case "?":
            return _toggle_overlay(state, "keys")
        case "o":
            return _toggle_overlay(state, "output")
        case "/":
            return replace(state, searched="")
        case _ if key.isprintable():
            return replace(state, message=f"{key} does nothing here; ? shows the keys")
    return state


def _show_page(state: State) -> State:
    """Leave the list of all exercises."""
    return replace(state, page=replace(state.page, lists_all=False, overlay=""))


def _toggle_overlay(state: State, overlay: Overlay) -> State:
    shown: Overlay = "" if state.page.overlay == overlay else overlay
    return replace(state, page=replace(state.page, lists_all=False, overlay=shown, scrolled=0))


def _search(state: State, key: str) -> State:
    """Take one more character of a name; Enter shows the first exercise that has them, or ends the search."""
    typed = state.searched or ""
    if key in ("\n", "\r"):
        found = matches(state) if typed else []
        ended = replace(state, searched=None)
        if not found:
            return replace(ended, message=f"no exercise has {typed!r} in its name" if typed else "")
        return _show_page(show_exercise(ended, found[0]))
    if key in ("\x7f", "\b"):
        return replace(state, searched=typed[:-1])
    return replace(state, searched=typed + key) if key.isprintable() else state


def _select(state: State, step: int) -> State:
    """Move the pointer of the list, and keep it on the screen."""
    names = [exercise.name for exercise in state.verdicts.exam.exercises]
    chosen = names[(names.index(state.page.exercise) + step) % len(names)]
    state = replace(show_exercise(state, chosen), page=Page(chosen, lists_all=True))
    return replace(state, page=replace(state.page, scrolled=scroll_to_pointer(state)))


def _step(state: State, step: int) -> State:
    """Show the next exercise, or with -1 the previous one; train it if nothing is being graded."""
    names = [exercise.name for exercise in state.verdicts.exam.exercises]
    state = show_exercise(state, names[(names.index(state.page.exercise) + step) % len(names)])
    return state if state.activity else train_if_due(state)


def _scroll(state: State, lines: int) -> State:
    end = scroll_end(state)
    scrolled = max(0, min(min(state.page.scrolled, end) + lines, end))
    return replace(state, page=replace(state.page, scrolled=scrolled))


def _show_hint(state: State, course: Course) -> State:
    """Show the next hint, and remember that it was shown; hints on misconceptions stand beside the verdicts."""
    _, exercise = state.place
    if state.verdicts.is_complete(exercise):
        return replace(state, page=replace(state.page, hint=COMPLETE))
    step = next_hint(course.folder, state.verdicts.exam.assignment, exercise, None)
    hint = step.text
    if step.number:
        more = " (the last one)" if step.number == step.count else " (press h for the next one)"
        hint = f"Hint {step.number} of {step.count}: {step.text}{more}"
    if step.number == step.count and hint == state.page.hint:
        return replace(state, message="that was the last hint of this exercise")
    return replace(state, page=replace(state.page, hint=hint))


def _train(state: State) -> State:
    """Train the exercise that is shown, or say why not."""
    _, exercise = state.place
    if not any(check.training for check in exercise.checks):
        message = f"{exercise.name} has nothing to train"
    elif state.training is not None:
        message = f"{state.training.exercise} is being trained"
    elif state.verdicts.is_untrained(exercise):
        return start_training(state)
    elif exercise.name in state.verdicts.trained:
        message = "this version was trained already"
    else:
        message = "all checks without training must pass first"
    return replace(state, message=message)


def _toggle_solution(state: State, course: Course) -> State:
    """Show how the student's solution differs from the model solution, or hide it again."""
    section, exercise = state.place
    if state.page.comparison is not None:
        return replace(state, page=replace(state.page, comparison=None))
    if not state.verdicts.is_complete(exercise) or state.submission is None:
        return replace(state, message="the model solution is shown when the exercise is complete")
    file, assignment = state.verdicts.files.get(exercise.name, ""), state.verdicts.exam.assignment
    comparison = compare(course, assignment, section.name, exercise.name, state.submission, file)
    return replace(state, page=replace(state.page, comparison=comparison))
