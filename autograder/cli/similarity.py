"""`grade similarity`: groups of submissions that a human should look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import status_line, write_file

if TYPE_CHECKING:
    from autograder.model import SourceFile

DEFAULT = 45


@options.command()
@options.results
@click.option(
    "--least",
    type=click.FloatRange(0),
    default=DEFAULT,
    show_default=True,
    help="Evidence from which a pair is listed: shared passages times the share of the shorter work.",
)
@click.option("--show", default=20, show_default=True, type=click.IntRange(min=1), help="Pairs that are printed.")
@click.option(
    "--dolos", type=click.Path(dir_okay=False, path_type=Path), help="Write a zip for Dolos (dolos.ugent.be) too."
)
def command(results: Path, least: float, show: int, dolos: Path | None) -> None:
    """List submissions in RESULTS that are suspiciously alike, and write similarity.html and similarity.csv there.

    This is evidence, not a verdict, and changes no points: right solutions of short exercises are alike by nature. Each
    exercise is compared for itself. The stubs do not count, and what many students wrote counts less; names, comments
    and spaces do not matter.
    """
    from autograder.classroom import read_gradebook, similar_submissions
    from autograder.reports.similarity import dolos_zip, similarity_csv, similarity_page
    from autograder.text import one_line, plural, student_names

    gradebook = read_gradebook(results, with_overrides=False)
    handed = {entry.student.key: entry.sources for entry in gradebook.entries if entry.sources}
    stubs = _stubs(gradebook.assignment)
    if dolos:
        write_file(dolos, dolos_zip(gradebook, stubs))
    with status_line() as status:
        status(f"Comparing {len(handed)} submissions")
        found = similar_submissions(handed, stubs, [name for name, _ in gradebook.exercises], least)
    write_file(results / "similarity.csv", similarity_csv(found).encode("utf-8", "backslashreplace"))
    write_file(results / "similarity.html", similarity_page(gradebook, found).encode("utf-8", "backslashreplace"))
    click.echo(
        f"{plural(len(found.pairs), 'pair')} in {plural(len(found.groups), 'group')} to look at, among "
        f"{plural(len(handed), 'submission')}"
        f"{'' if stubs else ' (no stubs found here: run it in the course folder to leave them out)'}."
    )
    for group in found.same:
        names = student_names(group)
        click.echo(f"\nThe same code in all long exercises, names and comments aside: {names}.")
    printed = 0
    for group in found.groups:
        pairs = [pair for pair in found.pairs if pair.first in group][: show - printed]
        if not pairs:
            break
        printed += len(pairs)
        click.echo(f"\n{', '.join(map(one_line, group))}")
        for pair in pairs:
            alike = ", ".join(f"{one.exercise} ({100 * one.share:.0f} %)" for one in pair.exercises[:4])
            more = f" and {len(pair.exercises) - 4} more" if len(pair.exercises) > 4 else ""
            click.echo(f"  {pair.evidence:4.0f}  {one_line(pair.first)} and {one_line(pair.second)}: {alike}{more}")
    click.echo()
    if found.weaker:
        click.echo(f"{plural(found.weaker, 'pair')} with weaker evidence: --least 0 lists all.")
    if found.too_short:
        click.echo(f"Too short to compare: {', '.join(found.too_short)}.")
    click.echo(f"Both sides of each: {results / 'similarity.html'}")
    if dolos:
        click.echo(f"For Dolos: {dolos}")


def _stubs(assignment: str) -> tuple[SourceFile, ...]:
    """The stubs that everybody started from, if this is a course folder."""
    from autograder.course import find_course
    from autograder.errors import NoCourseError
    from autograder.submission import SubmissionError, read_submission

    try:
        return read_submission(find_course(Path.cwd(), assignment).exercises(assignment)).files
    except (NoCourseError, SubmissionError):
        return ()
