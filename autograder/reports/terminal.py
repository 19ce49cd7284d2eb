"""A grade as lines for the terminal, readable without colours and in 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from pathlib import Path

from rich.console import Console
from rich.text import Text

from autograder.grading import is_open
from autograder.model import CheckResult, ExerciseResult, Grade
from autograder.reports.causes import grouped, time_by_the_clock
from autograder.reports.links import with_links
from autograder.reports.next_step import FollowUp, next_step
from autograder.reports.repairs import LONGEST, repair_sentence, repaired_exercises, underlined
from autograder.text import ascii_only, clean, plural, points

Lines = Iterator[tuple[str, str]]  # text and style

MAX_WIDTH = 96  # columns; longer lines are hard to read
MAX_NOTES = 5  # without --verbose
QUIET = "bright_black"
NO_BREAK = "\0"  # stands for a space in a command while a line is wrapped; no text that is shown holds one


def show_grade(
    grade: Grade,
    console: Console,
    verbose: bool = False,
    follow_up: FollowUp | None = None,
    work: Path | None = None,
) -> None:
    """Print the grade; `verbose` adds the checks that passed, all notes, and the output of the code.

    Places are linked to the files in `work`, on terminals that can open them.
    """
    width = min(console.width, MAX_WIDTH)
    encodable = str if "utf" in (console.encoding or "").lower() else ascii_only
    follow_up = follow_up or FollowUp(f"grade {grade.assignment}")
    for line, style in _lines(grade, width, verbose, follow_up):
        console.print(with_links(Text(encodable(line), style), console, work), soft_wrap=True)


def show_repairs(grade: Grade, console: Console, searched: bool = True, work: Path | None = None) -> None:
    """Print where a small change makes all checks pass, and where none was found, if places were `searched` for."""
    width = min(console.width, MAX_WIDTH)
    encodable = str if "utf" in (console.encoding or "").lower() else ascii_only
    for line, style in _repairs(grade, width, searched):
        console.print(with_links(Text(encodable(line), style), console, work), soft_wrap=True)


def _repairs(grade: Grade, width: int, searched: bool) -> Lines:
    found = repaired_exercises(grade)
    if found:
        yield "", ""
        yield "Where to look", "bold"
    for result, _ in found:
        yield from repair_lines(result, width)
    left = [one.name for section in grade.sections for one in section.exercises if is_open(one) and not one.repair]
    if left and searched:
        yield "", ""
        yield from _wrapped(
            f"No line was found in which a small change makes all checks pass: {', '.join(left)}.", "", width, hanging=2
        )


def repair_lines(result: ExerciseResult, width: int) -> Lines:
    """Where a small change makes the checks of an exercise pass: a sentence, and the line of code; else nothing."""
    if result.repair is None:
        return
    yield from _wrapped(f"{result.name}: {repair_sentence(result)}", "  ", width, hanging=2)
    code, carets = underlined(result.repair, min(LONGEST, max(20, width - 6)))
    yield f"      {code}", ""
    if carets:
        yield f"      {carets}", "cyan"


def _lines(grade: Grade, width: int, verbose: bool, follow_up: FollowUp) -> Lines:
    absent = False
    for section in grade.sections:
        before, absent = absent, not any(exercise.file or exercise.not_started for exercise in section.exercises)
        if not (before and absent):
            yield "", ""
        extra = " (extra credit)" if section.extra else ""
        share = _share(section.earned, section.points)
        if absent:
            yield _line(f"{section.title}{extra}   not in the files", share, width), QUIET
            continue
        yield _line(f"{section.title}{extra}", share, width), "bold"
        for exercise in section.exercises:
            yield from exercise_lines(exercise, width, verbose)
    yield from _notes(grade, width, verbose)
    yield from _output(grade) if verbose else _output_note(grade)
    yield from _total(grade, width, follow_up)


def exercise_lines(exercise: ExerciseResult, width: int, verbose: bool) -> Lines:
    """Give the lines of one exercise, each with its style."""
    share = _share(exercise.earned, exercise.points)
    if exercise.not_started:
        yield _line(f"  · {exercise.name}   not started", share, width), QUIET
        return
    if not exercise.file:
        yield _line(f"  · {exercise.name}   not in the files", share, width), QUIET
        return
    mark, style = _mark(exercise)
    yield _line(f"  {mark} {exercise.name}", share, width), style
    judged = [check for check in exercise.checks if check.verdict != "skipped"]
    if len(judged) > 1 and len({check.feedback for check in judged}) == 1 and not exercise.earned and not verbose:
        explained = next((check for check in judged if check.hint), judged[0])
        yield from _reason(explained, explained.hint, "      ", width)
        return
    shown = [c for c in exercise.checks if c.verdict != "passed" or c.attempts or c.follows_from or verbose]
    for check, hint, more in grouped(shown):
        yield from _check(check, hint, width)
        if more:
            yield from _wrapped(f"and {plural(more, 'more check')} for the same reason", "        ", width, QUIET)


def _check(check: CheckResult, hint: str, width: int) -> Lines:
    mark, style = MARKS[check.verdict]
    yield from _wrapped(f"{mark} {clean(check.title)}", "      ", width, style, hanging=2)
    if check.verdict == "skipped":
        yield from _wrapped(check.feedback, "        ", width, QUIET)
    elif check.verdict == "passed":
        yield from _wrapped(clean(check.feedback), "        ", width, QUIET)
    else:
        yield from _reason(check, hint, "        ", width)


def _reason(check: CheckResult, hint: str, indent: str, width: int) -> Lines:
    """Give the feedback and the hint."""
    for paragraph in clean(check.feedback).splitlines():
        yield from _wrapped(paragraph, indent, width)
    if clock := time_by_the_clock(check):
        yield from _wrapped(clock, indent, width, QUIET)
    if hint:
        yield from _wrapped(f"hint: {hint}", indent, width, "cyan", hanging=6)


def _notes(grade: Grade, width: int, verbose: bool) -> Lines:
    if not grade.notes:
        return
    yield "", ""
    yield "Noticed while reading the files", "bold"
    for note in grade.notes[: None if verbose else MAX_NOTES]:
        first, *rest = clean(note).splitlines() or [""]
        yield from _wrapped(f"- {first}", "  ", width, hanging=2)
        carets = [line for line in rest if line.strip() == "^"]
        start = max(0, len(carets[0]) + 10 - width) if carets else 0  # so that the caret and the code above it are seen
        for line in rest:
            code = line in carets or line == rest[0]
            yield f"      {line[start:] if code else line}"[:width], QUIET
    if len(grade.notes) > MAX_NOTES and not verbose:
        yield f"  and {len(grade.notes) - MAX_NOTES} more: --verbose shows them", QUIET


def _output_note(grade: Grade) -> Lines:
    lines = sum(clean(text).count("\n") + (not text.endswith("\n")) for text in grade.output.values())
    if lines:
        yield "", ""
        yield f"The code printed {plural(lines, 'line')}: --verbose shows {'them' if lines > 1 else 'it'}", QUIET


def _output(grade: Grade) -> Lines:
    for name, text in grade.output.items():
        yield "", ""
        yield f"Printed by {clean(name)}", "bold"
        for line in clean(text).splitlines():
            yield f"  {line}", ""


def _total(grade: Grade, width: int, follow_up: FollowUp) -> Lines:
    exercises = _exercises(grade)
    complete = sum(exercise.earned >= exercise.points for exercise in exercises)
    bonus = f" and {points(grade.extra)} extra" if grade.extra else ""
    yield "", ""
    yield "─" * width, QUIET
    yield _line("Total", f"{_share(grade.earned - grade.extra, grade.points)}{bonus} points", width), "bold"
    progress = f"{complete} of {plural(len(exercises), 'exercise')} complete"
    yield f"{progress}, {grade.seconds:.1f} s, isolation: {grade.isolation.tier}", QUIET
    yield from _commanded(f"Next: {next_step(grade, follow_up)}", width)


def _commanded(text: str, width: int) -> Lines:
    """Wrap a sentence, but no command in it, so that the command can be copied in one piece."""
    spaces = str.maketrans(" ", NO_BREAK)
    parts = text.split("`")
    parts[1::2] = [part.translate(spaces) for part in parts[1::2]]
    for line, style in _wrapped("`".join(parts), "", width, hanging=6, break_words=False):
        yield line.replace(NO_BREAK, " "), style


def _exercises(grade: Grade) -> list[ExerciseResult]:
    return [exercise for section in grade.sections for exercise in section.exercises]


def _mark(exercise: ExerciseResult) -> tuple[str, str]:
    if exercise.earned >= exercise.points:
        return "✓", "green"
    return ("~", "yellow") if exercise.earned else ("✗", "red")


MARKS = {
    "passed": ("✓", "green"),
    "failed": ("✗", "red"),
    "raised": ("✗", "red"),
    "stopped": ("✗", "red"),
    "skipped": ("·", QUIET),
    "not shown": ("·", ""),
}


def _share(earned: float, total: float) -> str:
    return f"{points(earned)}/{points(total)}"


def _line(left: str, right: str, width: int) -> str:
    """Put the points at the right end of the line."""
    return left + " " * max(2, width - len(left) - len(right)) + right


def _wrapped(text: str, indent: str, width: int, style: str = "", hanging: int = 0, break_words: bool = True) -> Lines:
    for line in textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_on_hyphens=False,
        break_long_words=break_words,
    ):
        yield line, style
