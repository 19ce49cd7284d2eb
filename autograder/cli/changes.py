"""What `grade batch` tells at its end: whose score moved and why, and where the gradebook is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.classroom import Entry, StoredResult


def why_moved(before: StoredResult | None, digest: str) -> str:
    if before is None or before.entry.state != "graded":
        return "not graded before"
    return "the submission changed" if before.submission != digest else "the exam changed"


def tell_moves(moved: list[tuple[Entry | None, Entry, str]], counts: Counter[str]) -> None:
    """Whose score would move, from what to what, why, and in which exercises."""
    from autograder.text import one_line, plural, points

    changes = 0
    for before, after, why in sorted(moved, key=lambda move: move[1].student.key):
        old, new = (None if entry is None else entry.earned for entry in (before, after))
        if old == new:
            continue
        changes += 1
        told = " -> ".join("no score" if score is None else points(score) for score in (old, new))
        was = before.exercises if before else {}
        parts = [
            f"{name} {points(was[name])} -> {points(now)}"
            for name, now in after.exercises.items()
            if name in was and was[name] != now
        ]
        detail = f" ({', '.join(parts)})" if parts else ""
        click.echo(f"{one_line(after.student.key)}: {told}{detail}: {why or after.problem}")
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(f"{plural(changes, 'score')} would move; nothing was written. {told}.")


def write_reports(results: Path, formats: Sequence[str], counts: Counter[str]) -> None:
    """The gradebook in every form that was asked for, made from what is in RESULTS."""
    from autograder.classroom import read_gradebook
    from autograder.cli.export import write_forms
    from autograder.text import plural, points

    gradebook = read_gradebook(results)
    files = write_forms(gradebook, results, ("csv", "html", *formats))
    scores = sorted(entry.earned for entry in gradebook.entries if entry.earned is not None)
    told = ", ".join(f"{count} {state}" for state, count in sorted(counts.items()))
    click.echo(f"{plural(len(gradebook.entries), 'student')}: {told}.")
    if scores:
        click.echo(
            f"Median {points(median(scores))} of {points(gradebook.points)}, from {points(scores[0])} to "
            f"{points(scores[-1])}. Isolation: {gradebook.isolation}."
        )
    click.echo(f"Gradebook: {results / 'gradebook.csv'}")
    click.echo(f"Report:    {results / 'report' / 'index.html'}")
    for name in sorted({Path(file).parts[0] for file in files} - {"gradebook.csv", "report"}):
        click.echo(f"           {results / name}")
    if counts["failed"]:
        failed = counts["failed"]
        click.echo(
            f"{plural(failed, 'submission')} could not be graded by a fault of torchgrade or of the course, "
            "not of the submission; the same command tries again."
        )
