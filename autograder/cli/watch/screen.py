"""What a watch shows: one exercise large, or all of them as a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from autograder.cli.watch.board import Board
from autograder.model import CheckResult, ExamExercise, ExerciseResult
from autograder.reports.terminal import QUIET, exercise_lines
from autograder.text import clean, plural, points

KEYS = "n next  p previous  h hint  a all  t train  d solution  q quit"
WIDTH = 96
BAR = 24

Lines = Iterator[tuple[str, str]]


def lines(board: Board, height: int, width: int) -> list[tuple[str, str]]:
    """As many lines as the screen is high: the head, the exercise or the list, and the keys at the bottom."""
    width = min(width, WIDTH)
    head = list(_head(board, width))
    body = list(_all(board, width) if board.everything else _current(board, width))
    foot = list(_foot(board, width))
    room = max(1, height - len(head) - len(foot))
    board.scrolled = max(0, min(board.scrolled, len(body) - room))
    shown = body[board.scrolled : board.scrolled + room]
    if len(body) > board.scrolled + room:
        more = len(body) - board.scrolled - room + 1
        shown[-1] = (f"  … {more} more lines: arrow down", QUIET)
    shown += [("", "")] * (room - len(shown))
    return [*head, *shown, *foot][:height]


def summary(board: Board) -> str:
    """`47/100 points, 12 of 32 exercises complete`."""
    exercises = board.exam.exercises
    earned, done = sum(map(board.earned, exercises)), sum(map(board.complete, exercises))
    return f"{points(earned)}/{points(_due(board))} points, {done} of {plural(len(exercises), 'exercise')} complete"


def _due(board: Board) -> float:
    return sum(e.points for section in board.exam.sections if not section.extra for e in section.exercises)


def _head(board: Board, width: int) -> Lines:
    due = _due(board)
    share = min(1.0, sum(map(board.earned, board.exam.exercises)) / due) if due else 0.0
    bar = "━" * round(BAR * share) + "─" * (BAR - round(BAR * share))
    whole = f"{board.exam.assignment}  {bar}  {summary(board)}"
    yield whole if len(whole) <= width else _fit(summary(board), width), "bold"
    yield "", ""


def _current(board: Board, width: int) -> Lines:
    section, exercise = board.place()
    extra = " (extra credit)" if section.extra else ""
    yield _fit(f"{section.title}{extra}", width), "bold"
    known = board.results(exercise.name)
    if not known:
        yield f"  · {exercise.name}   {points(exercise.points)} points", "bold"
        yield "      not graded yet", QUIET
    else:
        yield from _exercise(board, exercise, known, width)
    if board.complete(exercise):
        yield "", ""
        yield "  Complete. n goes on; d shows the model solution beside yours, if it is here.", "green"
    for text in (board.hint,):
        if text:
            yield "", ""
            yield from _paragraph(text, width, "cyan")
    if board.difference:
        yield "", ""
        for line in board.difference:
            style = "green" if line.startswith("+") else "red" if line.startswith("-") else ""
            yield f"  {clean(line)}", style


def _exercise(board: Board, exercise: ExamExercise, known: Mapping[str, CheckResult], width: int) -> Lines:
    checks = tuple(known[check.name] for check in exercise.checks if check.name in known)
    file = board.files.get(exercise.name, "")
    result = ExerciseResult(exercise.name, board.earned(exercise), exercise.points, 0.0, checks, file)
    several = len({check.feedback for check in checks}) > 1 or all(check.verdict == "passed" for check in checks)
    yield from exercise_lines(result, width, verbose=several and not result.not_started)
    for check in exercise.checks:
        if check.name in known or not check.training:
            continue
        if board.in_training == exercise.name:
            yield _fit(f"      … {check.title}", width), "cyan"
        elif exercise.name in board.earlier and board.untrained(exercise):
            yield _fit(f"      ✓ {check.title} (in an earlier run)", width), "green"
        else:
            yield _fit(f"      · {check.title} (t trains it)", width), QUIET


def _all(board: Board, width: int) -> Lines:
    for section in board.exam.sections:
        extra = " (extra credit)" if section.extra else ""
        yield _fit(f"{section.title}{extra}", width), "bold"
        for exercise in section.exercises:
            known = board.results(exercise.name)
            fresh = bool(known) and all(result.not_started for result in known.values())
            earned = board.earned(exercise)
            mark, style = ("·", QUIET) if fresh or not known else ("~", "yellow") if earned else ("✗", "red")
            if board.complete(exercise):
                mark, style = "✓", "green"
            pointer = "›" if exercise.name == board.current else " "
            share = f"{points(earned)}/{points(exercise.points)}"
            left = f" {pointer}{mark} {exercise.name}"
            yield f"{left}{share:>{max(1, min(width, 60) - len(left))}}", style


def _foot(board: Board, width: int) -> Lines:
    yield "─" * width, QUIET
    for note in board.notes[:2]:
        yield _fit(f"{clean(note).splitlines()[0]}", width), "yellow"
    if board.problem:
        yield _fit(board.problem, width), "yellow"
    goes_on = f"grading {board.grading}" if board.grading in board.names else board.grading
    training = f"training {board.in_training} …" if board.in_training else ""
    told = "   ".join(part for part in (goes_on, training, board.note) if part)
    yield _fit(told or " ", width), QUIET
    yield KEYS if len(KEYS) <= width else _fit("keys: n p h a t d q", width), "bold"


def _paragraph(text: str, width: int, style: str) -> Lines:
    import textwrap

    for line in textwrap.wrap(clean(text), width - 2, break_on_hyphens=False):
        yield f"  {line}", style


def _fit(text: str, width: int) -> str:
    return text if len(text) <= width else f"{text[: width - 1]}…"
