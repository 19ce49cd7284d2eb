"""`grade lint --mutants`: what small edits of right code the checks let pass."""

from __future__ import annotations

import contextlib
import io
import sys
import warnings
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from autograder.cli.console import status_line
from autograder.cli.exits import INTERRUPTED
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.lint import Mutant

HOLES = "surviving", "seed"


def lint_mutants(course: Course, assignments: Sequence[str], seeds: int, only: Sequence[str], as_json: bool) -> bool:
    """Run the mutants of these assignments and print the report; whether there is something to fix."""
    from autograder.prepare import open_sandbox

    found: dict[str, list[Mutant]] = {}
    try:
        with open_sandbox(ahead=2) as sandbox:
            for assignment in assignments:
                _refuse_unknown(course, assignment, only)
                found[assignment] = _run(course, assignment, sandbox, seeds, only)
    except KeyboardInterrupt:
        click.echo("\nInterrupted; the next run goes on where this one has stopped.", err=True)
        sys.exit(INTERRUPTED)
    if as_json:
        click.echo(_to_json(found))
    else:
        for assignment, mutants in found.items():
            _print(assignment, mutants, seeds)
    return any(mutant.outcome in HOLES for mutants in found.values() for mutant in mutants)


def _refuse_unknown(course: Course, assignment: str, only: Sequence[str]) -> None:
    from autograder.author import read_reference
    from autograder.suggest import suggestion

    sections = read_reference(course, assignment).sections
    known = [name for one in sections for name in (one.name, *(reference.name for reference in one.references))]
    for name in only:
        if name not in known:
            raise UserError(f"There is no exercise or section {name!r} in {assignment}; {suggestion(name, known)}")


def _run(course: Course, assignment: str, sandbox: Any, seeds: int, only: Sequence[str]) -> list[Mutant]:
    from autograder.lint import Mutant, run_mutants

    found = []
    with status_line() as show, warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")  # of the author's code, asked for illegal arguments
        show(f"Drawing the questions of {assignment} from {seeds} seeds")
        for event in run_mutants(course, assignment, sandbox, seeds=range(seeds), only=only):
            if isinstance(event, Mutant):
                found.append(event)
            else:
                show(f"{assignment}: {event.done} of {event.total} mutants")
    return sorted(found, key=lambda one: (one.exercise, one.form, one.line))


def _print(assignment: str, mutants: Sequence[Mutant], seeds: int) -> None:
    from autograder.text import plural

    for mutant in mutants:
        if mutant.outcome in HOLES:
            click.echo(f"\n{mutant.exercise}, {mutant.form}, line {mutant.line} ({mutant.kind}): {mutant.sentence}")
            click.echo("\n".join(f"  {line}" for line in mutant.diff.splitlines()))
            if mutant.outcome == "seed":
                click.echo(f"  passes with some seeds and not with others: {', '.join(mutant.unsure)}")
            else:
                click.echo(f"  differs from the reference: {mutant.witness}")
    unsure = Counter((mutant.exercise, check) for mutant in mutants for check in mutant.unsure)
    if unsure:
        click.echo("\nChecks whose verdict on a mutant depends on the seed:")
        for (exercise, check), count in sorted(unsure.items()):
            click.echo(f"  {exercise}: {check} ({plural(count, 'mutant')})")
    counts = Counter(mutant.outcome for mutant in mutants)
    click.echo(
        f"\n{assignment}: {plural(len(mutants), 'mutant')}, {plural(seeds, 'seed')}: {counts['refused']} refused, "
        f"{counts['surviving']} surviving, {counts['seed']} depending on the seed, "
        f"{counts['equal']} that answer as the reference does, {counts['listed']} listed as right."
    )


def _to_json(found: dict[str, list[Mutant]]) -> str:
    import json

    objects = [
        {
            "assignment": assignment,
            "exercise": mutant.exercise,
            "form": mutant.form,
            "kind": mutant.kind,
            "line": mutant.line,
            "sentence": mutant.sentence,
            "diff": mutant.diff,
            "outcome": mutant.outcome,
            "witness": mutant.witness,
            "reason": mutant.reason,
            "failed": {name: passed.count(False) for name, passed in mutant.verdicts.items() if not all(passed)},
        }
        for assignment, mutants in found.items()
        for mutant in mutants
    ]
    return json.dumps(objects, indent=1)
