"""What `grade batch` prints at its end: whose score changes and why, and where the gradebook is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Change, Entry, Gradebook, Outcome

MAX_LOOKS = 20  # students that are printed


def why_changed(outcome: Outcome) -> str:
    """Why a student's entry may differ from the stored one; empty where nothing was graded."""
    if outcome.task is None:
        return ""
    before = outcome.stored
    if before is None or before.entry.state != "graded":
        return "not graded before"
    return "the submission changed" if before.submission != outcome.task.digest else "the exam changed"


def changes_of_points(changes: Sequence[tuple[Entry | None, Entry, str]]) -> tuple[int, list[Change]]:
    """The number of students with a first grade, and the changes of points of those who had a grade before."""
    from autograder.classroom import Change

    graded_before = [(before, after, why) for before, after, why in changes if before and before.grade]
    new = sum(after.grade is not None and not (before and before.grade) for before, after, _ in changes)
    return new, [
        Change(after.student.key, before.earned, after.earned, why or after.problem)
        for before, after, why in graded_before
        if before.earned != after.earned
    ]


def print_changes(changes: Sequence[tuple[Entry | None, Entry, str]], counts: Counter[str]) -> None:
    """Print whose score would change, from what to what, why, and in which exercises."""
    from autograder.text import one_line, plural, points

    count = 0
    for before, after, why in sorted(changes, key=lambda change: change[1].student.key):
        old, new = (None if entry is None else entry.earned for entry in (before, after))
        if old == new:
            continue
        count += 1
        scores = " -> ".join("no score" if score is None else points(score) for score in (old, new))
        was = before.exercises if before else {}
        parts = [
            f"{name} {points(was[name])} -> {points(now)}"
            for name, now in after.exercises.items()
            if name in was and was[name] != now
        ]
        detail = f" ({', '.join(parts)})" if parts else ""
        click.echo(f"{one_line(after.student.key)}: {scores}{detail}: {why or after.problem}")
    click.echo(f"{plural(count, 'score')} would change; nothing was written. {_states(counts)}.")


def print_kept(kept: int, console: Console) -> None:
    """Say why a grading that was asked for again kept grades: the same exam gives the same grade."""
    from autograder.text import plural

    console.print(f"Kept {plural(kept, 'grade')}: submission, exam and options are unchanged.")


def _print_looks(gradebook: Gradebook) -> None:
    """Print what was not read, not run or not chosen, of students who have a grade; the roster is no reason."""
    from autograder.classroom import NOT_ON_ROSTER
    from autograder.text import one_line, plural

    looks = [entry for entry in gradebook.entries if entry.grade and {*entry.needs_a_look} - {NOT_ON_ROSTER}]
    if not looks:
        return
    click.echo(f"{plural(len(looks), 'grade')} need{'s' if len(looks) == 1 else ''} a look:")
    for entry in looks[:MAX_LOOKS]:
        first, *more = entry.needs_a_look
        rest = f" (and {len(more)} more)" if more else ""
        click.echo(f"  {one_line(entry.student.key)}: {_without_code(first)}{rest}")
    if len(looks) > MAX_LOOKS:
        click.echo(f"  and {len(looks) - MAX_LOOKS} more: see “Needs a look” in the report")


def _without_code(note: str) -> str:
    """The note on one line, without the source line and the caret of a syntax error."""
    from autograder.text import one_line

    lines = note.splitlines()
    carets = {place for place, line in enumerate(lines) if line.strip() and not line.strip("^ ")}
    return one_line("; ".join(line for place, line in enumerate(lines) if not {place, place + 1} & carets))


def _states(counts: Counter[str]) -> str:
    return ", ".join(f"{number} {state}" for state, number in sorted(counts.items()))


def print_summary(results: Path, formats: Sequence[str], counts: Counter[str]) -> None:
    """Write the gradebook in every requested form, from what is in RESULTS, and print where it is."""
    from autograder.classroom import read_gradebook
    from autograder.cli.export import notes_on_forms, write_forms
    from autograder.text import plural, points

    gradebook = read_gradebook(results)
    files = write_forms(gradebook, results, ("csv", "html", *formats))
    scores = sorted(entry.earned for entry in gradebook.entries if entry.earned is not None)
    click.echo(f"{plural(len(gradebook.entries), 'student')}: {_states(counts)}.")
    if scores:
        extra = " with extra credit" if scores[-1] > gradebook.points else ""
        click.echo(
            f"Median {points(median(scores))}, from {points(scores[0])} to {points(scores[-1])}{extra}; the maximum is "
            f"{points(gradebook.points)}. Isolation: {gradebook.isolation}."
        )
        if gradebook.out_of is not None:
            finals = [entry.final for entry in gradebook.entries if entry.final]
            late = sum(one.late is not None for one in finals)
            click.echo(
                f"Final points: median {points(median(one.points for one in finals))} of {points(gradebook.out_of)}; "
                f"{late} late."
            )
    for note in [*gradebook.notes, *([f"{gradebook.left_out}"] if gradebook.left_out else [])]:
        click.echo(f"{note[0].upper()}{note[1:]}.", err=True)
    _print_looks(gradebook)
    click.echo(f"Gradebook: {results / 'gradebook.csv'}")
    click.echo(f"Report:    {results / 'report' / 'index.html'}")
    for name in sorted({Path(file).parts[0] for file in files} - {"gradebook.csv", "report"}):
        click.echo(f"           {results / name}")
    for note in notes_on_forms(gradebook, formats):
        click.echo(note, err=True)
    if counts["failed"]:
        failed = counts["failed"]
        click.echo(
            f"{plural(failed, 'submission')} could not be graded by a fault of torchgrade or of the course, "
            "not of the submission; the same command tries again."
        )
