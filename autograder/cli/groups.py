"""`grade groups`: wrong work of a class that nothing explains, equal answers together."""

from __future__ import annotations

import shlex
import textwrap
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import make_console, printable
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.classroom import Group

WIDTH = 96
NAMES = 12  # of students that are printed
CODE = 30  # lines of a definition


@options.command()
@options.results
@click.option("--least", default=2, show_default=True, type=click.IntRange(min=1), help="Students in a group.")
@click.option("--show", default=10, show_default=True, type=click.IntRange(min=1), help="Groups that are printed.")
@click.option("--as-misconception", "group", metavar="GROUP", help="Print the beginning of a misconception instead.")
def command(results: Path, least: int, show: int, group: str | None) -> None:
    """Group the wrong work in RESULTS that no hint and no place explains by its answers.

    For each group it prints the first failing call, what was expected, what came, and two of its definitions side by
    side. A line GROUP,SENTENCE in RESULTS/hints.csv gives a group a hint, and `grade export RESULTS --format html`
    writes it to all their pages.
    """
    from autograder.classroom import (
        count_without_answers,
        groups_of,
        misconception_stub,
        read_gradebook,
        read_hints,
        unused_hints,
    )
    from autograder.text import plural

    entries = read_gradebook(results, with_overrides=False).entries
    hints = read_hints(results)
    groups = groups_of(entries, hints)
    if group is not None:
        chosen = next((one for one in groups if one.name == group), None)
        if chosen is None:
            raise UserError(f"There is no group {group!r}; `grade groups {shlex.quote(str(results))}` lists them.")
        click.echo(misconception_stub(chosen), nl=False)
        return
    console = make_console()
    large = [one for one in groups if len(one.students) >= least]
    for one in large[:show]:
        for line in _lines(one, min(console.width, WIDTH)):
            console.print(printable(console)(line), soft_wrap=True)
    left = len(groups) - len(large)
    console.print(
        f"{plural(len(large), 'group')} of at least {plural(least, 'student')}"
        f"{f'; {show} are shown' if len(large) > show else ''}; {plural(left, 'smaller group')}."
    )
    if count := count_without_answers(entries):
        console.print(
            f"Left out, since the code gives no answers: {plural(count, 'exercise')} with a syntax error or another "
            "name, stopped at a limit, or with a call of a stub."
        )
    if unused := unused_hints(entries, hints):
        console.print(f"hints.csv has hints for groups that nobody is in: {', '.join(unused)}.")


def _lines(group: Group, width: int) -> list[str]:
    from autograder.text import clean, one_line, plural

    names = ", ".join(one_line(key) for key in group.students[:NAMES])
    more = len(group.students) - NAMES
    lines = [
        f"{group.name}  {plural(len(group.students), 'student')}: {group.exercise}",
        f"  {clean(group.first.title)}",
        *(f"    {line}" for line in clean(group.first.feedback).splitlines()),
    ]
    if len(group.checks) > 1:
        lines.append(f"  and {plural(len(group.checks) - 1, 'more check')}")
    lines += textwrap.wrap(
        names + (f" and {more} more" if more > 0 else ""), width, initial_indent="  ", subsequent_indent="  "
    )
    if group.hint:
        lines.append(f"  hint: {one_line(group.hint)}")
    return [*lines, *_side_by_side([clean(one) for one in group.sources], width), ""]


def _side_by_side(sources: list[str], width: int) -> list[str]:
    """One or two definitions, in columns of equal width."""
    from itertools import zip_longest

    column = (width - 4) // max(1, len(sources)) - 3
    cut = [[_cut(line.expandtabs(4), column) for line in one.splitlines()] for one in sources]
    cut = [lines if len(lines) <= CODE else [*lines[:CODE], "…"] for lines in cut]
    return [f"    {' | '.join(f'{part:{column}}' for part in row)}".rstrip() for row in zip_longest(*cut, fillvalue="")]


def _cut(line: str, width: int) -> str:
    return line if len(line) <= width else f"{line[: width - 1]}…"
