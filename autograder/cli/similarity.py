"""`grade similarity`: pairs of submissions that a human should look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import status_line, write_file
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.model import SourceFile

HEADER = ("first", "second", "only these two share", "percent alike", "excerpt")


@options.command()
@options.results
@click.option(
    "--least", type=click.FloatRange(0, 100), default=50, show_default=True, help="Percent alike to be listed."
)
@click.option("--show", default=20, show_default=True, type=click.IntRange(min=1), help="Pairs that are printed.")
def command(results: Path, least: float, show: int) -> None:
    """List pairs of submissions in RESULTS that are suspiciously alike, and write RESULTS/similarity.csv.

    This is evidence, not a verdict, and changes no score: right solutions of short exercises are alike by nature. What
    the stubs give to everybody and what many have does not count; names, comments and spaces do not matter.
    """
    from autograder.classroom import read_gradebook, similar_pairs
    from autograder.reports.csv import table
    from autograder.text import one_line, plural

    gradebook = read_gradebook(results, with_overrides=False)
    handed = {entry.student.key: entry.sources for entry in gradebook.entries if entry.sources}
    stubs = _stubs(gradebook.assignment)
    try:
        with status_line() as status:
            status(f"Comparing {len(handed)} submissions")
            found = similar_pairs(handed, stubs, least / 100)
    except ImportError:
        raise UserError("grade similarity needs copydetect: pip install 'torchgrade[similarity]'") from None
    rows = [(p.first, p.second, p.exclusive, round(100 * p.share), one_line(p.excerpt)) for p in found]
    write_file(results / "similarity.csv", table([HEADER, *rows]).encode("utf-8", "backslashreplace"))
    click.echo(
        f"{plural(len(found), 'pair')} among {plural(len(handed), 'submission')} to look at"
        f"{'' if stubs else ' (no stubs found here: run it in the course folder to leave them out)'}."
    )
    for pair in found[:show]:
        share = f"{round(100 * pair.share)} % alike"
        click.echo(
            f"  {one_line(pair.first)} and {one_line(pair.second)}: "
            f"{plural(pair.exclusive, 'passage')} that nobody else has, {share}"
        )
        for line in pair.excerpt.splitlines()[:4]:
            click.echo(f"      | {one_line(line)}")
    if len(found) > show:
        click.echo(f"  … and {len(found) - show} more in {results / 'similarity.csv'}")
    elif found:
        click.echo(f"All of them: {results / 'similarity.csv'}")


def _stubs(assignment: str) -> tuple[SourceFile, ...]:
    """The stubs that everybody started from, if this is a course folder."""
    from autograder.course import find_course
    from autograder.errors import NoCourseError
    from autograder.submission import SubmissionError, read_submission

    try:
        return read_submission(find_course(Path.cwd(), assignment).exercises(assignment)).files
    except (NoCourseError, SubmissionError):
        return ()
