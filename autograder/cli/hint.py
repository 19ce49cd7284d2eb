"""`grade hint`: one step further with one exercise."""

from __future__ import annotations

import contextlib
import shlex
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import exam_progress, make_console, printable, status_line

if TYPE_CHECKING:
    from autograder.handout import HintStep
    from autograder.model import ExerciseResult

STUCK = "\nStill stuck?"


@options.command()
@options.assignment
@click.argument("exercise")
@options.optional_path
@click.option("--again", is_flag=True, help="Begin with the first hint again.")
@options.explain_seconds
def command(assignment: str, exercise: str, path: Path | None, again: bool, explain_seconds: float) -> None:
    """Give the next hint for EXERCISE of ASSIGNMENT, for example: grade hint exercise3 UNet

    First comes what your answers show, if they are those of a misconception that is known, or else the place of the
    mistake, if it can be found. Then a nudge, then the idea, then the place in the chapter: each call goes one step
    further.
    """
    from rich.text import Text

    from autograder.exam import exercise_named, only
    from autograder.grading import grade, with_repairs
    from autograder.handout import hide_quizzes, next_hint
    from autograder.prepare import Request, prepare
    from autograder.reports.links import with_links
    from autograder.text import clean, points

    console = make_console()
    with status_line() as show:
        show("Preparing the exam")
        with prepare(Request(assignment, path, training=False), progress=exam_progress(show)) as setup:
            asked = exercise_named(setup.whole, exercise)
            show(f"Grading {asked.name}")
            exam = only(setup.exam, [asked.name])
            graded = hide_quizzes(grade(exam, setup.submission, setup.sandbox), exam, setup.course.folder)
            with contextlib.suppress(KeyboardInterrupt):
                show("Looking for the place of the mistake (Ctrl-C ends this)")
                graded = with_repairs(graded, exam, setup.submission, setup.sandbox, explain_seconds)
    result = next((one for section in graded.sections for one in section.exercises), None)
    if result is None:
        console.print(f"{asked.name}: all of its checks train a network, so nothing was graded here.", style="bold")
    else:
        console.print(f"{asked.name}: {points(result.earned)}/{points(asked.points)} points", style="bold")
    if graded.notes and result and not result.earned and not result.not_started:
        for note in graded.notes:
            console.print(printable(console)(f"\n{clean(note)}"))
        return
    step = next_hint(setup.course.folder, assignment, asked, result, again)
    words = ["grade", "hint", assignment, exercise, *([str(path)] if path is not None else [])]
    for line, style in _lines(step, result, console.width, shlex.join(words)):
        is_whole = line.startswith(("      ", STUCK))  # code, which carets point at, or a command to copy
        text = with_links(Text(printable(console)(line), style or ""), console, setup.path)
        console.print(text, soft_wrap=is_whole)


def _lines(step: HintStep, result: ExerciseResult | None, width: int, command: str) -> list[tuple[str, str | None]]:
    """The lines that show a hint, each with its style; `command` gives the next one.

    The second hint on names the kind of a change that was found.
    """
    from autograder.reports.causes import shared_reason
    from autograder.reports.repairs import kind_sentence
    from autograder.reports.terminal import repair_lines
    from autograder.text import clean

    lines: list[tuple[str, str | None]] = [(f"What your answers show: {clean(text)}", None) for text in step.evidence]
    reason = shared_reason(result.checks) if result is not None else ""
    lines += [(line, None) for line in clean(reason).splitlines()]
    if result is not None and result.repair is not None:
        lines += repair_lines(result, width)
        if step.number > 1:
            lines.append((f"  {kind_sentence(result.repair)}".rstrip(), None))
    if not step.number:
        return [*lines, (step.text, None)]
    for number, text in enumerate((step.text, *step.later), step.number):
        lines.append((f"\nHint {number} of {step.count}: {text}", None))
    if step.error:
        lines.append((f"\nAll at once, since it cannot be remembered: {step.error}.", "bright_black"))
    elif step.number < step.count:
        lines.append((f"{STUCK} `{clean(command)}` gives hint {step.number + 1}.", "bright_black"))
    else:
        lines.append(("\nThis is the last hint; --again begins with the first one.", "bright_black"))
    return lines
