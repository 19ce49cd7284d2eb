"""Turns a state into the lines on the screen, each with its style."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Mapping

from autograder.cli.watch.overlays import keys_lines, output_lines
from autograder.cli.watch.solution import comparison_lines
from autograder.cli.watch.state import State
from autograder.cli.watch.verdicts import Verdicts
from autograder.model import CheckResult, ExamExercise, ExamSection, ExerciseResult
from autograder.reports.terminal import QUIET, exercise_lines, repair_lines
from autograder.text import clean, plural, points

KEYS = "n next  p previous  h hint  a all  t train  d solution  ? keys  q quit"
MAX_WIDTH = 96  # columns
BAR = 24  # columns
POINTER = " ›"  # before the exercise that is chosen in the list

Line = tuple[str, str]  # text and style
Lines = Iterator[Line]


def screen_lines(state: State) -> list[Line]:
    """As many lines as the screen is high: the points, the exercise or the list, what happens, and the keys."""
    _, height = state.size
    head, body, foot = _parts(state)
    room = _room(state, head, foot)
    start = min(state.page.scrolled, max(0, len(body) - room))
    shown = body[start : start + room]
    hidden = len(body) - start - room
    if hidden > 0:
        shown[-1] = (f"  … {hidden + 1} more lines: arrow down", QUIET)
    shown += [("", "")] * (room - len(shown))
    return [*head, *shown, *foot][:height]


def scroll_end(state: State) -> int:
    """How many lines the text can be scrolled down."""
    head, body, foot = _parts(state)
    return max(0, len(body) - _room(state, head, foot))


def scroll_to_pointer(state: State) -> int:
    """How many lines the list is scrolled so that the exercise that is chosen stands in the middle."""
    head, body, foot = _parts(state)
    line = next((number for number, (text, _) in enumerate(body) if text.startswith(POINTER)), 0)
    return max(0, min(line - _room(state, head, foot) // 2, scroll_end(state)))


def matches(state: State) -> list[str]:
    """The exercises whose names contain what is searched, from the one after the one that is shown on."""
    names = [exercise.name for exercise in state.verdicts.exam.exercises]
    after = names.index(state.page.exercise) + 1
    return [name for name in names[after:] + names[:after] if (state.searched or "") in name.lower()]


def summary(verdicts: Verdicts) -> str:
    """`47/100 points, 12 of 32 exercises complete`."""
    exercises = verdicts.exam.exercises
    earned, complete = sum(map(verdicts.earned, exercises)), sum(map(verdicts.is_complete, exercises))
    count = plural(len(exercises), "exercise")
    return f"{points(earned)}/{points(_points(verdicts))} points, {complete} of {count} complete"


def _parts(state: State) -> tuple[list[Line], list[Line], list[Line]]:
    width = min(state.size[0], MAX_WIDTH)
    if state.page.overlay == "keys":
        body = keys_lines()
    elif state.page.overlay == "output":
        body = output_lines(state.page.exercise, state.outputs.get(state.page.exercise, {}), width)
    else:
        body = _list(state, width) if state.page.lists_all else _exercise(state, width)
    return list(_head(state.verdicts, width)), list(body), list(_foot(state, width))


def _room(state: State, head: list[Line], foot: list[Line]) -> int:
    """How many lines are left for the text between head and foot."""
    return max(1, state.size[1] - len(head) - len(foot))


def _points(verdicts: Verdicts) -> float:
    """The points without extra credit."""
    sections = verdicts.exam.sections
    return sum(exercise.points for section in sections if not section.extra for exercise in section.exercises)


def _head(verdicts: Verdicts, width: int) -> Lines:
    due = _points(verdicts)
    share = min(1.0, sum(map(verdicts.earned, verdicts.exam.exercises)) / due) if due else 0.0
    bar = "━" * round(BAR * share) + "─" * (BAR - round(BAR * share))
    line = f"{verdicts.exam.assignment}  {bar}  {summary(verdicts)}"
    yield line if len(line) <= width else _fit(summary(verdicts), width), "bold"
    yield "", ""


def _title(section: ExamSection, width: int) -> Line:
    return _fit(f"{section.title}{' (extra credit)' if section.extra else ''}", width), "bold"


def _exercise(state: State, width: int) -> Lines:
    section, exercise = state.place
    yield _title(section, width)
    known = state.verdicts.results(exercise.name)
    if known:
        yield from _checks(state.verdicts, exercise, known, width)
        yield from _trainings(state, exercise, width)
    else:
        yield f"  · {exercise.name}   {points(exercise.points)} points", "bold"
        yield "      not graded yet", QUIET
    if all(result.not_started for result in known.values()):
        file = state.verdicts.files.get(exercise.name) or f"{section.name}.py"
        text = f"Open {file}, write {exercise.name}, and save."
        if known and state.activity == f"grading {exercise.name}":
            text = "What you saved is being graded."
        yield from _paragraph(text, width, "")
    if state.verdicts.is_complete(exercise):
        text = "Complete. Press n for the next exercise, d to compare yours with the model solution if it is here."
        yield from _paragraph(text, width, "green")
    if state.page.hint:
        yield from _paragraph(state.page.hint, width, "cyan")
    if state.page.comparison is not None:
        yield "", ""
        for line, style in comparison_lines(state.page.comparison, state.size[0] - 2):
            yield f"  {line}", style


def _checks(verdicts: Verdicts, exercise: ExamExercise, known: Mapping[str, CheckResult], width: int) -> Lines:
    checks = tuple(known[check.name] for check in exercise.checks if check.name in known)
    file = verdicts.files.get(exercise.name, "")
    repair = verdicts.repairs.get(exercise.name)
    result = ExerciseResult(exercise.name, verdicts.earned(exercise), exercise.points, 0.0, checks, file, repair)
    several = len({check.feedback for check in checks}) > 1 or all(check.verdict == "passed" for check in checks)
    yield from exercise_lines(result, width, verbose=several and not result.not_started)
    if repair is not None:
        yield "", ""
        yield from repair_lines(result, width)


def _trainings(state: State, exercise: ExamExercise, width: int) -> Lines:
    """The trainings that have no verdict in this run."""
    verdicts = state.verdicts
    known = verdicts.results(exercise.name)
    for check in exercise.checks:
        if check.name in known or not check.training:
            continue
        if state.training is not None and state.training.exercise == exercise.name:
            yield _fit(f"      … {check.title}", width), "cyan"
        elif exercise.name in verdicts.passed_earlier and verdicts.is_untrained(exercise):
            yield _fit(f"      ✓ {check.title} (in an earlier run)", width), "green"
        else:
            when = "t trains it" if verdicts.is_untrained(exercise) else "trains when all other checks pass"
            yield _fit(f"      · {check.title} ({when})", width), QUIET


def _list(state: State, width: int) -> Lines:
    for section in state.verdicts.exam.sections:
        yield _title(section, width)
        for exercise in section.exercises:
            mark, style = _mark(state.verdicts, exercise)
            pointer = POINTER[1:] if exercise.name == state.page.exercise else " "
            share = f"{points(state.verdicts.earned(exercise))}/{points(exercise.points)}"
            left = f" {pointer}{mark} {exercise.name}"
            yield f"{left}{share:>{max(1, min(width, 60) - len(left))}}", style


def _mark(verdicts: Verdicts, exercise: ExamExercise) -> Line:
    known = verdicts.results(exercise.name)
    if verdicts.is_complete(exercise):
        return "✓", "green"
    if all(result.not_started for result in known.values()):
        return "·", QUIET
    return ("~", "yellow") if verdicts.earned(exercise) else ("✗", "red")


def _foot(state: State, width: int) -> Lines:
    yield "─" * width, QUIET
    for note in state.notes[:2]:
        yield _fit(clean(note).splitlines()[0], width), "yellow"
    if state.problem:
        yield _fit(state.problem, width), "yellow"
    training = f"training {state.training.exercise} …" if state.training else ""
    status = "   ".join(part for part in (state.activity, training, state.message) if part)
    yield _fit(status or " ", width), QUIET
    if state.searched is not None:
        names = matches(state)
        found = f"Enter opens {names[0]}" if names else "no exercise has this in its name"
        yield _fit(f"find: {state.searched}_   {found if state.searched else 'type a part of a name'}", width), "bold"
        return
    yield KEYS if len(KEYS) <= width else _fit("n p h a t d ? q", width), "bold"


def _paragraph(text: str, width: int, style: str) -> Lines:
    """An empty line, and the text in lines that fit."""
    yield "", ""
    for line in textwrap.wrap(clean(text), max(1, width - 2), break_on_hyphens=False):
        yield f"  {line}", style


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
