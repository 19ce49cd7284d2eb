"""What `grade batch` prints at its end: whose score changes and why, and where the gradebook is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

import click

if TYPE_CHECKING:
    from rich.console import Console

    from autograder.classroom import Change, Entry, Gradebook, Outcome
    from autograder.reports.shown_points import ShownPoints

MAX_LOOKS = 20  # students that are printed


def why_changed(outcome: Outcome) -> str:
    """Why a student's entry may differ from the stored one; empty where nothing was graded."""
    if outcome.task is None:
        return ""
    before = outcome.stored
    if before is None or before.entry.state != "graded":
        return "not graded before"
    if before.submission == outcome.task.digest:
        return "the exam changed"
    uploads = {one.digest for one in outcome.entry.uploads}
    if uploads and uploads == {one.digest for one in before.entry.uploads}:
        return "another upload is the best now"
    return "the submission changed"


class GradedChange(NamedTuple):
    """What a run found of one student: the entry before, the one now, both without overrides, and why they differ."""

    before: Entry | None
    after: Entry
    why: str


def changes_of_points(
    changes: Sequence[GradedChange], shown: Mapping[str, ShownPoints], gradebook: Gradebook
) -> tuple[int, list[Change]]:
    """The number of students with their first points, and the changes of the points of all others.

    `shown` are the points that the instructor has seen so far, and `gradebook` holds those of now, overrides included.
    """
    from autograder.classroom import Change
    from autograder.reports.csv import escape_formulas

    new, found = 0, []
    by_key = {change.after.student.key: change for change in changes}
    for entry in gradebook.entries:
        graded = by_key[entry.student.key]
        before = shown.get(escape_formulas(entry.student.key))
        earned, final = _rounded(entry.earned), _rounded(entry.final.points if entry.final else None)
        if before is None or before.earned is None:
            new += earned is not None
            continue
        if (before.earned, before.final) != (earned, final) or _is_hidden(entry, graded):
            why = _why(entry, graded, before, earned)
            found.append(Change(entry.student.key, before.earned, earned, why, before.final, final))
    return new, found


def _is_hidden(entry: Entry, graded: GradedChange) -> bool:
    """Whether the grader gives other points than before, and an override counts in their place."""
    before = graded.before.grade if graded.before else None
    after = graded.after.grade
    return bool(entry.overrides and before and after and before.earned != after.earned)


def _why(entry: Entry, graded: GradedChange, before: ShownPoints, earned: float | None) -> str:
    from autograder.text import points

    reasons = [graded.why or graded.after.problem] if graded.why or entry.earned is None else []
    if not before.has_overrides_of(entry):
        reasons.append("overrides.csv changed")
    elif _is_hidden(entry, graded):
        was, now = (points(one.grade.earned) if one and one.grade else "" for one in (graded.before, graded.after))
        reasons.append(f"the grader gave {was} and gives {now}, and overrides.csv counts")
    if not reasons and before.earned != earned:
        reasons.append("gradebook.csv is older than the grades, or was edited")
    return "; ".join(reasons or ["another policy or time of hand-in"])


def _rounded(value: float | None) -> float | None:
    """As `gradebook.csv` shows it."""
    from autograder.text import points

    return None if value is None else float(points(value))


def print_changes(
    changes: Sequence[GradedChange],
    shown: Mapping[str, ShownPoints],
    gradebook: Gradebook,
    counts: Counter[str],
) -> None:
    """Print whose points would change in the gradebook, from what to what, why, and in which exercises."""
    from autograder.classroom import Change
    from autograder.reports.csv import escape_formulas
    from autograder.text import one_line, plural, points

    new, found = changes_of_points(changes, shown, gradebook)
    maxima = {before.maximum for before in shown.values() if before.maximum is not None} - {gradebook.points}
    if maxima:
        was = " or ".join(points(one) for one in sorted(maxima))
        click.echo(f"The maximum of the exam would be {points(gradebook.points)}, not {was}.")
    by_student = {change.student: change for change in found}
    for entry in sorted(gradebook.entries, key=lambda one: one.student.key):
        key, before = entry.student.key, shown.get(escape_formulas(entry.student.key))
        change = by_student.get(key)
        if change is None and entry.earned is not None and (before is None or before.earned is None):
            final = entry.final.points if entry.final else None
            change = Change(key, None, entry.earned, "no points before", None, final)
        if change is not None:
            click.echo(f"{one_line(key)}: {_numbers(entry, before, change)}: {change.why}")
    students = plural(len(found), "student")
    first = f", and {plural(new, 'student')} would get the first points" if new else ""
    click.echo(f"The points of {students} would change{first}; nothing was written. {_states(counts)}.")


def _numbers(entry: Entry, before: ShownPoints | None, change: Change) -> str:
    """`7.75 -> 12 (conv_output_size 0 -> 4.25), final 15 -> 20`."""
    parts = []
    for name, now in entry.exercises.items():
        was = before.of_exercise(name) if before else None
        if was is not None and was != _rounded(now):
            parts.append(f"{name} {_shown(was)} -> {_shown(now)}")
    detail = f" ({', '.join(parts)})" if parts else ""
    has_final = change.final_before is not None or change.final_after is not None
    final = f", final {_from_to(change.final_before, change.final_after)}" if has_final else ""
    return f"{_from_to(change.before, change.after)}{detail}{final}"


def _from_to(before: float | None, after: float | None) -> str:
    return f"{_shown(before)} -> {_shown(after)}"


def _shown(value: float | None) -> str:
    from autograder.text import points

    return "none" if value is None else points(value)


def print_kept(kept: int, console: Console) -> None:
    """Say why a grading that was asked for again kept grades: the same exam gives the same grade."""
    from autograder.text import plural

    console.print(f"Kept {plural(kept, 'grade')}: submission, exam and options are unchanged.")


def _print_looks(gradebook: Gradebook) -> None:
    """Print what was not read, not run or not chosen, of students who have a grade; the roster is no reason."""
    from autograder.classroom import NOT_ON_ROSTER
    from autograder.text import note_line, one_line, plural

    looks = [entry for entry in gradebook.entries if entry.grade and {*entry.needs_a_look} - {NOT_ON_ROSTER}]
    if not looks:
        return
    click.echo(f"{plural(len(looks), 'grade')} need{'s' if len(looks) == 1 else ''} a look:")
    for entry in looks[:MAX_LOOKS]:
        first, *more = entry.needs_a_look
        rest = f" (and {len(more)} more)" if more else ""
        click.echo(f"  {one_line(entry.student.key)}: {note_line(first)}{rest}")
    if len(looks) > MAX_LOOKS:
        click.echo(f"  and {len(looks) - MAX_LOOKS} more: see “Needs a look” in the report")


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
            late, unknown = sum(one.late is not None for one in finals), sum(bool(one.doubt) for one in finals)
            extra = ", extra credit included" if max(one.points for one in finals) > gradebook.out_of else ""
            click.echo(
                f"Final points: median {points(median(one.points for one in finals))} of {points(gradebook.out_of)}"
                f"{extra}; {late} late{f', {unknown} with an unknown time' if unknown else ''}."
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
