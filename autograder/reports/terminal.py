"""A grade for the terminal: section by section, with the reasons; readable without colours and in 80 columns."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from rich.console import Console
from rich.text import Text

from autograder.model import CheckResult, ExerciseResult, Grade, SectionResult
from autograder.reports.text import clean, plural, points

WIDTH = 96  # columns at most, so that lines stay readable on a wide screen


def show_grade(grade: Grade, console: Console, verbose: bool = False) -> None:
    """Print the grade; `verbose` also lists the checks that passed, the notes in full, and what the code printed."""
    width = min(console.width, WIDTH)
    for section in grade.sections:
        _show_section(section, console, width, verbose)
    _show_notes(grade, console, width, verbose)
    _show_total(grade, console, width)


def _show_section(section: SectionResult, console: Console, width: int, verbose: bool) -> None:
    extra = " (extra credit)" if section.extra else ""
    console.print()
    console.print(_line(f"{section.title}{extra}", _share(section.earned, section.points), width, "bold"))
    for exercise in section.exercises:
        _show_exercise(exercise, console, width, verbose)


def _show_exercise(exercise: ExerciseResult, console: Console, width: int, verbose: bool) -> None:
    share = _share(exercise.earned, exercise.points)
    if exercise.not_started:
        console.print(_line(f"  · {exercise.name}   not started", share, width, "bright_black"))
        return
    mark, style = _mark(exercise)
    console.print(_line(f"  {mark} {exercise.name}", share, width, style))
    for checks in _grouped(exercise, verbose):
        _show_checks(checks, console, width)


def _grouped(exercise: ExerciseResult, verbose: bool) -> Iterator[list[CheckResult]]:
    """Checks that were refused for the same reason stand together and give the reason once."""
    groups: dict[str, list[CheckResult]] = {}
    for check in exercise.checks:
        if check.verdict == "passed" and not verbose:
            continue
        same = check.feedback if check.verdict == "skipped" or "\n" in check.feedback else ""
        if check.verdict == "raised" and "`" in check.feedback:
            same = check.feedback
        groups.setdefault(same or f"{check.name} alone", []).append(check)
    yield from groups.values()


def _show_checks(checks: list[CheckResult], console: Console, width: int) -> None:
    for check in checks:
        mark, style = MARKS[check.verdict]
        for line in _wrapped(f"{mark} {clean(check.title)}", "      ", width, hanging=2):
            console.print(Text(line, style))
    first = checks[0]
    if first.verdict == "passed":
        return
    for paragraph in clean(first.feedback).splitlines():
        for line in _wrapped(paragraph, "          ", width):
            console.print(Text(line))
    if first.hint:
        for line in _wrapped(f"hint: {first.hint}", "          ", width, hanging=6):
            console.print(Text(line, "cyan"))


def _show_notes(grade: Grade, console: Console, width: int, verbose: bool) -> None:
    if grade.notes:
        console.print()
        console.print(Text("Noticed while reading your files", "bold"))
        for note in grade.notes[: None if verbose else 5]:
            first, *rest = clean(note).splitlines()
            for line in _wrapped(f"- {first}", "  ", width, hanging=2):
                console.print(Text(line))
            for more in rest:
                console.print(Text(f"      {more}"[:width], "bright_black"))
        if len(grade.notes) > 5 and not verbose:
            console.print(Text(f"  and {len(grade.notes) - 5} more: --verbose shows them", "bright_black"))
    if verbose:
        for name, text in grade.output.items():
            console.print()
            console.print(Text(f"Printed by {clean(name)}", "bold"))
            for line in clean(text).splitlines()[:200]:
                console.print(Text(f"  {line}"))


def _show_total(grade: Grade, console: Console, width: int) -> None:
    core = grade.earned - grade.extra
    bonus = f" and {points(grade.extra)} extra" if grade.extra else ""
    console.print()
    console.print(Text("─" * width, "bright_black") if _unicode(console) else Text("-" * width))
    total = _share(core, grade.points) + bonus
    done = sum(exercise.earned >= exercise.points for exercise in _exercises(grade))
    console.print(_line("Total", f"{total} points", width, "bold"))
    console.print(
        Text(
            f"{done} of {plural(len(_exercises(grade)), 'exercise')} complete, {grade.seconds:.1f} s, "
            f"isolation: {grade.isolation.tier}",
            "bright_black",
        )
    )
    for line in _wrapped(f"Next: {_next_step(grade)}", "", width, hanging=6):
        console.print(Text(line))


def _next_step(grade: Grade) -> str:
    """One sentence: the exercise to go on with, broken ones before those not started."""
    exercises = _exercises(grade)
    broken = next((e for e in exercises if e.earned < e.points and not e.not_started), None)
    fresh = next((e for e in exercises if e.not_started), None)
    if broken is not None:
        return f"mend {broken.name}{f' in {clean(broken.file)}' if broken.file else ''}, then grade again."
    if fresh is not None:
        return f"start with {fresh.name}{f' in {clean(fresh.file)}' if fresh.file else ''}."
    return "nothing is left to do. Well done."


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
    "skipped": ("·", "bright_black"),
    "inconclusive": ("?", "yellow"),
}


def _share(earned: float, total: float) -> str:
    return f"{points(earned)}/{points(total)}"


def _line(left: str, right: str, width: int, style: str) -> Text:
    """One line with the points at its right end."""
    return Text(left + " " * max(2, width - len(left) - len(right)) + right, style)


def _wrapped(text: str, indent: str, width: int, hanging: int = 0) -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=indent,
        subsequent_indent=indent + " " * hanging,
        break_long_words=True,
        break_on_hyphens=False,
    )


def _unicode(console: Console) -> bool:
    return "utf" in (console.encoding or "").lower()
