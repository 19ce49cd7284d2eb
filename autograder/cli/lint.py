"""`grade lint`: what is wrong with an assignment, for its author."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.cli.console import make_console, printable, status_line
from autograder.cli.exits import BELOW
from autograder.errors import UserError

if TYPE_CHECKING:
    from autograder.course import Course
    from autograder.lint import Finding
    from autograder.model import Exam


@options.command()
@options.optional_assignment
@click.option("--seeds", type=click.IntRange(min=1), default=3, show_default=True, help="Number of exams to check.")
@options.no_training
@click.option("--mutants", is_flag=True, help="Look for wrong code that passes: edit the solution in every small way.")
@click.option("--only", multiple=True, metavar="NAME", help="With --mutants: one exercise or section; may be repeated.")
@click.option("--json", "as_json", is_flag=True, help="Print the findings as JSON, for programs.")
def command(
    assignment: str | None, seeds: int, no_training: bool, mutants: bool, only: tuple[str, ...], as_json: bool
) -> None:
    """Check ASSIGNMENT, or all assignments of the course that you are in, as its author.

    With each seed, the solution must earn everything, and the stubs must grade as not started. Each misconception must
    be refused and get its own hint, and something must fail each check. Advice does not count.

    --json prints a list of objects with assignment, kind, place, text and advice (true or false), and nothing else.

    --mutants does something else: it makes every small edit of the solution and its alternatives, and grades each with
    the cases of all seeds, which takes minutes; after Ctrl-C the next run goes on. What passes is asked many more
    questions. It survives if one of the answers is not that of the reference: then the checks have a hole. It depends
    on the seed if only some seeds refuse it. A survivor that is right may be listed in the file right_edits.txt of the
    reference. With --json: objects with assignment, exercise, form, kind, line, sentence, diff, outcome, witness,
    reason, and failed (check: number of seeds that refuse it).

    Exit status: 0 nothing to fix, 1 something to fix, 2 the assignment cannot be read.
    """
    from autograder.course import find_course, find_courses
    from autograder.exam import exam_for

    if assignment is None:
        course, names = find_courses(Path.cwd())
    else:
        course, names = find_course(Path.cwd(), assignment), [assignment]
    names = [name for name in names if course.has_reference(name)]
    if not names:
        raise UserError(f"{course.folder} has no reference, which is what lint checks.")
    if only and not mutants:
        raise UserError("--only goes with --mutants.")
    if mutants:
        from autograder.cli.lint_mutants import lint_mutants

        sys.exit(BELOW if lint_mutants(course, names, seeds, only, as_json) else 0)
    found = {}
    for name in names:
        found[name] = _lint(course, name, seeds, not no_training)
        if not as_json:
            _print_summary(exam_for(course, name, 0, whole=True), seeds)
            _print_findings(found[name])
    if as_json:
        click.echo(_to_json(found))
    serious = any(not finding.advice for findings in found.values() for finding in findings)
    sys.exit(BELOW if serious else 0)


def _lint(course: Course, assignment: str, seeds: int, training: bool) -> list[Finding]:
    """Check an assignment; what the author's code prints meanwhile goes nowhere. Advice comes last."""
    from autograder.lint import LintProgress, lint
    from autograder.prepare import open_sandbox

    with status_line() as show, open_sandbox() as sandbox, contextlib.redirect_stdout(io.StringIO()):
        for event in lint(course, assignment, sandbox, seeds=seeds, training=training):
            if isinstance(event, LintProgress):
                show(event.text)
    assert not isinstance(event, LintProgress)
    return sorted(event.findings, key=lambda one: one.advice)


def _to_json(found: Mapping[str, Sequence[Finding]]) -> str:
    import json

    from autograder.text import one_line

    objects = [
        {
            "assignment": assignment,
            "kind": finding.kind,
            "place": finding.place,
            "text": one_line(finding.text),
            "advice": finding.advice,
        }
        for assignment, findings in found.items()
        for finding in findings
    ]
    return json.dumps(objects, indent=1)


def _print_findings(findings: Sequence[Finding]) -> None:
    from autograder.text import one_line, plural

    console = make_console()
    for finding in findings:
        mark = "advice" if finding.advice else "fix"
        console.print(printable(console)(f"  {mark}: {finding.place}: {one_line(finding.text)}"), soft_wrap=True)
    serious = sum(not finding.advice for finding in findings)
    advice = len(findings) - serious
    verdict = f"{plural(serious, 'thing')} to fix" if serious else "Nothing to fix"
    click.echo(f"{verdict}{f', {advice} to consider' if advice else ''}.")


def _print_summary(exam: Exam, seeds: int) -> None:
    from autograder.text import plural, points

    exercises = exam.exercises
    total = sum(exercise.points for section in exam.sections if not section.extra for exercise in section.exercises)
    extra = sum(exercise.points for exercise in exercises) - total
    known = sum(len({wrong.name for wrong in exercise.misconceptions}) for exercise in exercises)
    more = f" and {points(extra)} extra" if extra else ""
    click.echo(
        f"{exam.assignment}: {plural(len(exercises), 'exercise')}, {points(total)} points{more}, "
        f"{plural(known, 'misconception')}, {plural(seeds, 'seed')}"
    )
